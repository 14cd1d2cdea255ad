//! The command line: arguments in, reports out. It holds no rule and no message about payloads.

mod arguments;
mod baseline;
mod batches;
mod check;
mod command;
mod config;
mod diff;
mod discover;
mod failure;
mod format;
mod input;
mod keys;
mod outputs;
mod paths;
mod progress;
mod save;
mod settings;
mod status;
mod stderr;
mod stdout;
mod system;

pub use command::{config_schema, main};
pub use format::write;
