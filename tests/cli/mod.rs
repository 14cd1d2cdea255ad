//! The command as a process. `cargo xtask test --only npm` runs these a second time, over the
//! command of the npm package.

mod baseline;
mod check;
mod config;
mod fix;
mod folders;
mod formats;
mod hostile_text;
mod json_lines;
#[cfg(unix)]
mod long_work;
mod sets;
#[cfg(unix)]
mod written_files;
