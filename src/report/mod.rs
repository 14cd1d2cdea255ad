//! Findings as their readers see them: diagnostics with places, in one order.

pub(crate) mod builder;
pub(crate) mod data;
pub(crate) mod diagnostic;
pub(crate) mod fix;
mod listing;
pub(crate) mod location;
pub(crate) mod origin;
pub(crate) mod refused;
#[expect(clippy::module_inception, reason = "the report of the room of reports")]
pub(crate) mod report;
pub(crate) mod resolve;
pub(crate) mod severity;
#[cfg(feature = "miette")]
pub(crate) mod snippet;

pub use data::{Data, DataField, DataType, DataValue};
pub use diagnostic::{Diagnostic, Related};
pub use fix::{Applicability, Edit, Fix};
pub use listing::Omitted;
pub use refused::Refused;
pub use report::Report;
pub use severity::{Counts, Severity};

pub(crate) use builder::DiagnosticBuilder;
pub(crate) use diagnostic::BaselineKey;
#[cfg(feature = "fingerprints")]
pub(crate) use diagnostic::ResourceName;
pub(crate) use listing::Listing;
pub(crate) use location::Location;
pub(crate) use origin::{Coding, Layer, Origin};
pub(crate) use resolve::{LocationResolver, Resolved, SourceFile, url};
