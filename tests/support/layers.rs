//! The layers of the library, from the bottom up: `ARCHITECTURE.md` says what each is for.

use super::imports::Imports;

/// Rooms of one height.
#[derive(Debug)]
pub(crate) struct Layer {
    /// Folders or files of `src`, without `.rs`.
    pub(crate) rooms: &'static [&'static str],
    /// The rooms that its files may import, beside its own. The crate `json-document` is below all of them.
    pub(crate) may_import: &'static [&'static str],
}

/// Every room of `src`.
pub(crate) const LAYERS: &[Layer] = &[
    Layer {
        rooms: &["platform"],
        may_import: &[],
    },
    Layer {
        rooms: &["text"],
        may_import: &["platform"],
    },
    Layer {
        rooms: &["time"],
        may_import: &["platform", "text"],
    },
    Layer {
        rooms: &["schema"],
        may_import: &["platform", "text", "time"],
    },
    Layer {
        rooms: &["values"],
        may_import: &["platform", "text", "time"],
    },
    Layer {
        rooms: &["model"],
        may_import: &["platform", "text", "time", "schema", "values"],
    },
    Layer {
        rooms: &["report"],
        may_import: &["platform", "text"],
    },
    Layer {
        rooms: &["rules"],
        may_import: &[
            "platform", "text", "time", "schema", "values", "model", "report",
        ],
    },
    Layer {
        rooms: &["engine"],
        may_import: &[
            "platform", "text", "time", "schema", "values", "model", "report", "rules",
        ],
    },
    Layer {
        rooms: &["output"],
        may_import: &[
            "platform", "text", "time", "schema", "values", "model", "report", "rules", "engine",
        ],
    },
    Layer {
        rooms: &["cli"],
        may_import: &[
            "platform", "text", "time", "schema", "values", "model", "report", "rules", "engine",
            "output",
        ],
    },
    Layer {
        rooms: &["faces"],
        may_import: &["schema", "report", "output", "cli"],
    },
    Layer {
        rooms: &["lib"],
        may_import: &[
            "platform", "text", "time", "schema", "values", "model", "report", "rules", "engine",
            "output", "cli", "faces",
        ],
    },
];

/// The room of a file.
pub(crate) fn room(file: &str) -> &str {
    let room = file.split('/').next().unwrap_or(file);
    room.strip_suffix(".rs").unwrap_or(room)
}

/// The imports that no layer allows, a line each: where, what, and the edge.
pub(crate) fn forbidden(imports: &Imports) -> Vec<String> {
    let mut found = Vec::new();
    for import in &imports.all {
        let (from, to) = (room(&import.from), room(&import.to));
        let layer = LAYERS.iter().find(|layer| layer.rooms.contains(&from));
        if from != to && !layer.is_some_and(|layer| layer.may_import.contains(&to)) {
            found.push(format!(
                "src/{}:{}: {} (layer {from} may not import {to})",
                import.from, import.line, import.path
            ));
        }
    }
    found
}
