//! What the command, the packages for npm and Python, `xtask` and the tests of this repository need and users do not. It is no part of the public
//! API: anything here may change in any version.

#[cfg(feature = "cli")]
pub mod cli {
    //! The command.

    pub use crate::cli::{config_schema, main, write};
}

pub mod output {
    //! One module for each format.

    pub use crate::output::*;
}

pub use crate::report::refused::refusal;
#[cfg(feature = "custom-schema")]
pub use crate::schema::openapi;
pub use crate::schema::patterns as schema_patterns;
