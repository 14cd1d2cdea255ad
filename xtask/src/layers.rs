//! `cargo xtask layers`: the layers of the library, what each imports, and the largest ring of files.

use std::collections::BTreeMap;

use anyhow::{Error, Result};

use crate::cargo::root;
use crate::imports::Imports;
use crate::layer_table::{LAYERS, forbidden, room};

/// Prints a line for each room with the rooms that it imports, then what no layer allows, then the largest ring.
///
/// # Errors
///
/// A source cannot be read.
pub(crate) fn run() -> Result<()> {
    let imports = Imports::read(&root().join("src")).map_err(Error::msg)?;
    let files = imports.files();
    let mut used: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for import in &imports.all {
        let (from, to) = (room(&import.from), room(&import.to));
        if from != to {
            *used.entry(from).or_default().entry(to).or_default() += 1;
        }
    }
    println!("{:>5}  {:<8} {:>5}  imports", "layer", "room", "files");
    for (number, layer) in (1..).zip(LAYERS) {
        for of in layer.rooms {
            let count = files.iter().filter(|file| room(file) == *of).count();
            let imported = used.get(of).into_iter().flatten();
            let imported: Vec<String> = imported
                .map(|(to, count)| format!("{to} {count}"))
                .collect();
            println!("{number:>5}  {of:<8} {count:>5}  {}", imported.join(", "));
        }
    }
    for line in forbidden(&imports) {
        println!("{line}");
    }
    for source in ["src", "crates/json-document/src"] {
        if !root().join(source).exists() {
            continue;
        }
        let imports = Imports::read(&root().join(source)).map_err(Error::msg)?;
        let rings = imports.rings();
        println!(
            "largest circle in {source}: {} of {} files",
            rings.first().map_or(1, Vec::len),
            imports.files().len()
        );
        for ring in rings {
            println!("  {}", ring.join(" "));
        }
    }
    Ok(())
}
