//! Everything that is published together has one version.

use std::fs;
use std::path::Path;

/// The texts that name the version, each with what is before it and after it.
const PLACES: [(&str, &str, &str); 6] = [
    ("Cargo.toml", "\nversion = \"", "\""),
    ("python/Cargo.toml", "\nversion = \"", "\""),
    ("pkg/package.json", "\n  \"version\": \"", "\""),
    ("setup.py", "version=\"", "\""),
    ("setup.py", "\"seamlint==", "\""),
    ("docs/pre-commit.md", "\n    rev: v", "\n"),
];

#[test]
fn every_package_has_the_version_of_the_crate() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (file, before, after) in PLACES {
        let text = fs::read_to_string(root.join(file)).expect(file);
        let versions: Vec<&str> = text
            .split(before)
            .skip(1)
            .filter_map(|rest| rest.split(after).next())
            .collect();
        let is_current = |version: &&str| *version == env!("CARGO_PKG_VERSION");
        assert!(!versions.is_empty(), "{file} has no {before:?}");
        assert!(versions.iter().all(is_current), "{file}: {versions:?}");
    }
}

#[test]
fn no_project_file_makes_hooks_compile() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(!root.join("pyproject.toml").exists());
    let hooks = fs::read_to_string(root.join(".pre-commit-hooks.yaml")).expect("hooks");
    assert_eq!(hooks.matches("language: python").count(), 3);
    assert_eq!(hooks.matches("language: rust").count(), 3);
}
