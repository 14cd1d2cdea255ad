//! JSON as text: what is valid, and what is reported of what is not.

mod conformance;
mod slips;
mod syntax_errors;
mod wrapped_payloads;
