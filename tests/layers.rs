//! The data flows one way: no file imports one of a layer above it, and no two files import each other, directly or in a ring.

use std::path::Path;

use crate::support::imports::Imports;
use crate::support::layers::{LAYERS, forbidden};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn no_file_imports_a_layer_above_it() {
    let imports = Imports::read(&root().join("src")).expect("sources");
    let forbidden: Vec<String> = forbidden(&imports);
    assert!(forbidden.is_empty(), "\n{}", forbidden.join("\n"));
}

#[test]
fn no_files_import_each_other_in_a_ring() {
    for source in ["src", "crates/json-document/src"] {
        let imports = Imports::read(&root().join(source)).expect("sources");
        let rings = imports.rings();
        let edges: Vec<String> = imports
            .all
            .iter()
            .filter(|import| {
                rings.iter().any(|ring| {
                    ring.contains(&import.from.as_str()) && ring.contains(&import.to.as_str())
                })
            })
            .map(|import| {
                format!(
                    "src/{}:{}: {} ({})",
                    import.from, import.line, import.path, import.to
                )
            })
            .collect();
        assert!(rings.is_empty(), "\n{rings:#?}\n{}", edges.join("\n"));
    }
}

#[test]
fn every_room_has_a_layer() {
    let imports = Imports::read(&root().join("src")).expect("sources");
    for file in imports.files() {
        let room = file.split('/').next().expect("has a first part");
        let room = room.strip_suffix(".rs").unwrap_or(room);
        assert!(
            LAYERS.iter().any(|layer| layer.rooms.contains(&room)),
            "src/{file} is in no layer of tests/support/layers.rs"
        );
    }
}
