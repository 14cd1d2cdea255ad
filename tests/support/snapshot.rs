//! Snapshots in one folder, `tests/snapshots`, by names that do not depend on the module.

/// Compares a text with the snapshot of this name. `cargo insta review` shows what has changed.
pub(crate) fn assert(name: &str, text: &str) {
    insta::with_settings!({
        prepend_module_to_snapshot => false,
        snapshot_path => "../snapshots",
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, text);
    });
}
