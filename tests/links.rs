//! Links and paths in the pages for people.

use std::fs;
use std::path::Path;

const PAGES: [&str; 11] = [
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    "benches/README.md",
    "docs/ci.md",
    "docs/configuration.md",
    "docs/editors.md",
    "docs/pre-commit.md",
    "docs/python.md",
];

/// A code span that starts with one of these is a path from the root, such as `src/main.rs`.
const FOLDERS: [&str; 10] = [
    "benches/",
    "crates/",
    "docs/",
    "examples/",
    "pkg/",
    "python/",
    "schema/",
    "src/",
    "tests/",
    "xtask/",
];

/// The text without fenced code blocks, whose paths belong to the reader.
fn prose(page: &str) -> String {
    page.split("```").step_by(2).collect()
}

/// Targets of links within the repository, relative to the page.
fn links(prose: &str) -> impl Iterator<Item = &str> {
    prose
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#']).next())
        .filter(|target| !target.is_empty() && !target.contains(':'))
}

/// Paths in code spans, relative to the root. One with a placeholder or a pattern is none.
fn paths(prose: &str) -> impl Iterator<Item = &str> {
    prose
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|span| FOLDERS.iter().any(|folder| span.starts_with(folder)))
        .filter(|span| !span.contains(['<', '*', ' ']))
}

#[test]
fn every_link_and_path_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut missing = Vec::new();
    let mut count = 0;
    for page in PAGES {
        let path = root.join(page);
        let text = fs::read_to_string(&path).expect(page);
        let prose = prose(&text);
        let folder = path.parent().expect("a page is in a folder");
        let targets = links(&prose).map(|target| (folder, target));
        for (base, target) in targets.chain(paths(&prose).map(|target| (root, target))) {
            count += 1;
            if !base.join(target).exists() {
                missing.push(format!("{page}: {target}"));
            }
        }
    }
    assert!(count > 100, "only {count} links and paths found");
    assert!(missing.is_empty(), "missing:\n{}", missing.join("\n"));
}

#[test]
fn a_missing_target_is_found() {
    let page =
        prose("[a](gone.rs#x), `src/gone.rs`, `src/<rule>.rs`\n```\n[b](c)\n```\n[d](https://e)");
    assert_eq!(links(&page).collect::<Vec<_>>(), ["gone.rs"]);
    assert_eq!(paths(&page).collect::<Vec<_>>(), ["src/gone.rs"]);
}
