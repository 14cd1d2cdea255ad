//! Excerpts
