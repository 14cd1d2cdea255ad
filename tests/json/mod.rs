//! JSON as text: what is valid, and what is said of what is not.

mod syntax_errors;
