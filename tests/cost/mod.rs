//! What a check costs: allocations and bytes, which do not depend on the machine. Each test
//! counts in its own thread.

mod allocations;
mod hostile;
#[cfg(feature = "cli")]
mod large;
#[cfg(all(target_os = "linux", feature = "cli"))]
mod lines;
mod references;
mod stays;
