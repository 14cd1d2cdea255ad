//! `cargo xtask schema`: the JSON Schema of the request from the published OpenAPI document.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::cargo::{cargo, root, run};

const VENDORED: &str = "schema/push_data.openapi.yaml";

/// Renews the derived schema; with `from`, derives it from that document and vendors the document.
///
/// The test that holds the schema current writes it, so this program needs no library of ours and
/// is compiled in seconds.
///
/// # Errors
///
/// The document cannot be read, or uses something that the library does not know.
pub(crate) fn derive(from: Option<&Path>) -> Result<()> {
    let vendored = root().join(VENDORED);
    let source = from.unwrap_or(&vendored);
    // cargo runs tests in the folder of the package.
    let source =
        fs::canonicalize(source).with_context(|| format!("cannot read {}", source.display()))?;
    run(cargo()
        .args(["test", "--quiet", "--all-features", "--test=integration"])
        .args(["--", "generated::pages::the_schema_of_the_request"])
        .env("SEAMLINT_WRITE", "1")
        .env("SEAMLINT_OPENAPI", &source))
    .with_context(|| source.display().to_string())?;
    if from.is_some() {
        fs::copy(&source, &vendored).with_context(|| format!("cannot write {VENDORED}"))?;
        println!("renew the SHA-256 and the date in schema/PROVENANCE.md");
    }
    Ok(())
}

/// Prints what another document adds, removes and changes, and which fixtures it would break.
///
/// # Errors
///
/// The document cannot be read, or uses something that the library does not know.
pub(crate) fn diff(other: &Path) -> Result<()> {
    let other =
        fs::canonicalize(other).with_context(|| format!("cannot read {}", other.display()))?;
    let out = root().join("target/schema-difference.txt");
    run(cargo()
        .args(["test", "--quiet", "--all-features", "--test=integration"])
        .args(["--", "schema::difference::to_the_document_that_is_named"])
        .env("SEAMLINT_OPENAPI", &other)
        .env("SEAMLINT_DIFFERENCE", &out))
    .with_context(|| other.display().to_string())?;
    let lines =
        fs::read_to_string(&out).with_context(|| format!("cannot read {}", out.display()))?;
    println!(
        "+ added, - removed, ~ changed, = no addition needed, ! a fixture with other findings"
    );
    print!(
        "{}",
        if lines.is_empty() {
            "no difference\n"
        } else {
            &lines
        }
    );
    Ok(())
}
