//! Which entries of `custom_metadata` there is something to say of.

use super::Payload;
use crate::json::{Document, Kind, NodeId};
use crate::values::metadata::{MAX_ENTRIES, MAX_VALUE, is_filterable, is_refused_name};

impl Payload {
    /// Notes what is uncommon in a `custom_metadata` object, while its nodes are at hand: rules about
    /// metadata read nothing else.
    pub(super) fn read_metadata(&mut self, document: &Document<'_>, metadata: NodeId) {
        if self.common_names.is_empty() {
            // A name is looked at once, however often it stands in the text.
            let symbols = 0..document.symbols.len() as u32;
            self.common_names.extend(symbols.map(|symbol| {
                let name = document.symbol_name(symbol);
                is_filterable(&name) && !is_refused_name(&name)
            }));
        }
        let mut entries = 0;
        for (entry, node) in document.member_nodes(metadata) {
            entries += 1;
            if !self.common_names[node.symbol() as usize] || !is_common_value(document, entry) {
                self.uncommon_entries.push(entry);
            }
        }
        if entries > MAX_ENTRIES {
            self.large_metadata.push(metadata);
        }
    }
}

/// Whether a value is neither too long nor one that removes its entry.
fn is_common_value(document: &Document<'_>, entry: NodeId) -> bool {
    let is_common = |length| (1..=MAX_VALUE).contains(&(length as usize));
    document.kind(entry) != Kind::Null && document.raw_length(entry).is_none_or(is_common)
}
