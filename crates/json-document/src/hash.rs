//! How names are hashed in tables.

/// A fast hash with a random seed, so that nobody can write names that collide.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use foldhash::fast::RandomState;

/// A fast hash. It has no seed: WebAssembly has no source of one, and tables compare the texts of equal hashes.
#[cfg(target_arch = "wasm32")]
pub(crate) use foldhash::fast::FixedState as RandomState;
