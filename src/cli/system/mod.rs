//! What the command asks of the system: files, streams, the terminal. A process asks its operating
//! system; on WebAssembly, Node.js is asked, through `pkg/src/command/system.ts`.

mod files;
#[cfg(target_arch = "wasm32")]
mod javascript;
#[cfg(not(target_arch = "wasm32"))]
mod native;
mod types;
#[cfg(any(target_arch = "wasm32", test))]
mod walk;

#[cfg(target_arch = "wasm32")]
use javascript as host;
#[cfg(not(target_arch = "wasm32"))]
use native as host;

pub(super) use files::{absolute, is_folder, read_to_string, replace};
#[cfg(not(target_arch = "wasm32"))]
pub(super) use host::all_below;
pub(super) use host::{
    create, current_folder, entries, finish_before_interrupts, fitted, has_unread_input, is_there,
    metadata, open, open_input, progress_target, read, read_input, real, write_into,
};
pub(super) use types::{Below, Kind, Stream};
#[cfg(target_arch = "wasm32")]
pub(super) use walk::all_below;
