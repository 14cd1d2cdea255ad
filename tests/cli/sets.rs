//! The command: known keys, context, sets, closed worlds.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::program::program;

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("cli_sets-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).expect("a file");
    }

    /// Status, standard output, standard error.
    fn run(&self, arguments: &str) -> (i32, String, String) {
        let output = Command::new(program())
            .args(arguments.split(' '))
            .current_dir(&self.0)
            .output()
            .expect("the command runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (
            output.status.code().expect("a status"),
            text(output.stdout),
            text(output.stderr),
        )
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const ROOMS: &str = r#"{ "customer_key": "c", "rooms": [{ "room_key": "101", "name": "R" }] }"#;
const STAFF: &str = r#"{ "customer_key": "c", "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["101"] }] }"#;
const OTHER: &str = r#"{ "customer_key": "d", "rooms": [{ "room_key": "101", "name": "R" }] }"#;

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("rooms.json", ROOMS);
    folder.write("staff.json", STAFF);
    folder.write("other.json", OTHER);
    folder
}

fn clean() -> (i32, String, String) {
    (0, String::new(), String::new())
}

#[test]
fn keys_are_written_and_known() {
    let folder = folder("keys");
    let (status, known, errors) = folder.run("keys rooms.json other.json");
    assert_eq!((status, errors.as_str()), (0, ""));
    let compact: String = known.split_whitespace().collect();
    assert_eq!(
        compact,
        r#"{"version":1,"customers":{"c":{"rooms":["101"]},"d":{"rooms":["101"]}}}"#
    );
    folder.write("known.json", &known);
    let check = "check staff.json --format concise --fail-on info";
    let (status, found, _) = folder.run(check);
    assert_eq!(status, 1);
    assert!(found.contains("info[dangling-reference]"), "{found}");
    assert_eq!(folder.run(&format!("{check} --known known.json")), clean());
    assert_eq!(
        folder.run(&format!("{check} --context rooms.json")),
        clean()
    );

    // Another customer's keys are none, and files add up.
    let (status, _, _) = folder.run(&format!("{check} --context other.json"));
    assert_eq!(status, 1);
    let both = format!("{check} --context other.json --known known.json --context rooms.json");
    assert_eq!(folder.run(&both), clean());

    // A folder: what is no payload is passed over.
    let (status, all, _) = folder.run("keys .");
    assert_eq!(status, 0);
    assert!(all.contains("\"ana\""), "{all}");
}

#[test]
fn a_closed_world_is_complete() {
    let folder = folder("closed");
    let check = "check staff.json --format concise --closed-world";
    let (status, found, _) = folder.run(check);
    assert_eq!(status, 1);
    assert!(found.contains("error[dangling-reference]"), "{found}");
    assert_eq!(
        folder.run(&format!("{check} --context rooms.json")),
        clean()
    );
}

#[test]
fn a_set_resolves_across_files_in_their_order() {
    let folder = folder("set");
    let (status, found, errors) = folder
        .run("check staff.json rooms.json other.json --as-set --closed-world --format concise");
    assert_eq!((status, found.as_str(), errors.as_str()), (0, "", ""));

    folder.write("rooms2.json", &ROOMS.replace("\"R\"", "\"Another\""));
    let (status, found, _) =
        folder.run("check rooms2.json other.json staff.json rooms.json --as-set --format json");
    assert_eq!(status, 0);
    let report: serde_json::Value = serde_json::from_str(&found).expect("JSON");
    let files = report["files"].as_array().expect("files");
    let paths: Vec<&str> = files
        .iter()
        .filter_map(|file| file["path"].as_str())
        .collect();
    assert_eq!(
        paths,
        ["rooms2.json", "other.json", "staff.json", "rooms.json"]
    );
    let found = files[3]["diagnostics"].as_array().expect("diagnostics");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["code"], "duplicate-key");
    assert_eq!(found[0]["related"][0]["path"], "rooms2.json");
}

#[test]
fn what_cannot_be_known_is_told_in_one_line() {
    let folder = folder("errors");
    folder.write("broken.json", "{ \"version\": 1,");
    folder.write("newer.json", r#"{ "version": 9, "customers": {} }"#);
    folder.write("text.json", r#"["no", "payload"]"#);
    std::fs::write(
        folder.0.join("bytes.json"),
        b"{ \"customer_key\": \"\xff\" }",
    )
    .expect("a file");
    for (arguments, wanted) in [
        (
            "check staff.json --known none.json",
            "cannot read the known keys none.json: ",
        ),
        (
            "check staff.json --known broken.json",
            "cannot use the known keys broken.json: ",
        ),
        (
            "check staff.json --known newer.json",
            "cannot use the known keys newer.json: version 9",
        ),
        (
            "check staff.json --known rooms.json",
            "cannot use the known keys rooms.json: ",
        ),
        (
            "check staff.json --context none.json",
            "cannot read the context none.json: ",
        ),
        (
            "check staff.json --context text.json",
            "cannot use text.json as a payload: ",
        ),
        (
            "check staff.json --context bytes.json",
            "cannot use bytes.json as a payload: ",
        ),
        ("keys rooms.json none.json", "cannot read none.json: "),
        (
            "keys rooms.json text.json",
            "cannot use text.json as a payload: ",
        ),
    ] {
        let (status, out, errors) = folder.run(arguments);
        assert_eq!((status, out.as_str()), (2, ""), "{arguments}");
        assert!(
            errors.starts_with(&format!("seamlint: error: {wanted}")),
            "{arguments}: {errors}"
        );
        assert_eq!(errors.lines().count(), 1, "{arguments}: {errors}");
    }
    // Of a set, what can be read is checked all the same.
    let (status, found, errors) =
        folder.run("check rooms.json none.json staff.json --as-set --format json");
    assert_eq!(status, 2);
    assert!(errors.contains("cannot read none.json"), "{errors}");
    let report: serde_json::Value = serde_json::from_str(&found).expect("JSON");
    assert_eq!(report["summary"]["files"], 2);
}
