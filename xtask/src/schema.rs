//! `cargo xtask schema`: the JSON Schema of the request from the published OpenAPI document.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use seamlint::schema::openapi;

use crate::cargo::root;

const VENDORED: &str = "schema/push_data.openapi.yaml";
const DERIVED: &str = "schema/push_data.schema.json";

/// Writes the derived schema; with `from`, takes that document and vendors it once it has been understood.
pub(crate) fn derive(from: Option<&Path>) -> Result<()> {
    let vendored = root().join(VENDORED);
    let source = from.unwrap_or(&vendored);
    let text =
        fs::read_to_string(source).with_context(|| format!("cannot read {}", source.display()))?;
    let document = openapi::parse(&text).with_context(|| source.display().to_string())?;
    let schema =
        openapi::to_json_schema(&document).with_context(|| source.display().to_string())?;
    let mut derived = serde_json::to_string_pretty(&schema)?;
    derived.push('\n');
    // The embedded schema is compiled at its first use, in front of a user.
    seamlint::schema::embeddable(derived.clone().leak())
        .with_context(|| source.display().to_string())?;

    write(DERIVED, &derived)?;
    if from.is_some() {
        write(VENDORED, &text)?;
        println!("the SHA-256 and the date in schema/PROVENANCE.md are yours to renew");
    }
    Ok(())
}

fn write(path: &str, text: &str) -> Result<()> {
    let target = root().join(path);
    let unchanged = fs::read_to_string(&target).is_ok_and(|old| old == text);
    if !unchanged {
        fs::write(&target, text).with_context(|| format!("cannot write {path}"))?;
    }
    println!(
        "{path}: {}",
        if unchanged { "unchanged" } else { "written" }
    );
    Ok(())
}
