//! The command: known keys, context, sets, closed worlds.

use crate::support::command::Folder;

const ROOMS: &str = r#"{ "customer_key": "c", "rooms": [{ "room_key": "101", "name": "R" }] }"#;
const STAFF: &str = r#"{ "customer_key": "c", "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["101"] }] }"#;
const OTHER: &str = r#"{ "customer_key": "d", "rooms": [{ "room_key": "101", "name": "R" }] }"#;

fn folder() -> Folder {
    Folder::new(&[
        ("rooms.json", ROOMS),
        ("staff.json", STAFF),
        ("other.json", OTHER),
    ])
}

/// Status, standard output and standard error of a command without quotes.
fn run(folder: &Folder, arguments: &str) -> (i32, String, String) {
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let ran = folder.run(&arguments);
    (ran.status, ran.stdout().to_owned(), ran.stderr)
}

fn clean() -> (i32, String, String) {
    (0, String::new(), String::new())
}

#[test]
fn keys_and_known() {
    let folder = folder();
    let (status, known, errors) = run(&folder, "keys rooms.json other.json");
    assert_eq!((status, errors.as_str()), (0, ""));
    let compact: String = known.split_whitespace().collect();
    assert_eq!(
        compact,
        r#"{"version":1,"customers":{"c":{"rooms":["101"]},"d":{"rooms":["101"]}}}"#
    );
    folder.write("known.json", &known);
    let check = "check staff.json --format concise --fail-on info";
    let (status, found, _) = run(&folder, check);
    assert_eq!(status, 1);
    assert!(found.contains("info[dangling-reference]"), "{found}");
    assert_eq!(
        run(&folder, &format!("{check} --known known.json")),
        clean()
    );
    assert_eq!(
        run(&folder, &format!("{check} --context rooms.json")),
        clean()
    );

    // Another customer's keys are none, and files add up.
    let (status, _, _) = run(&folder, &format!("{check} --context other.json"));
    assert_eq!(status, 1);
    let both = format!("{check} --context other.json --known known.json --context rooms.json");
    assert_eq!(run(&folder, &both), clean());

    // A folder: what is no payload is passed over.
    let (status, all, _) = run(&folder, "keys .");
    assert_eq!(status, 0);
    assert!(all.contains("\"ana\""), "{all}");
}

#[test]
fn closed_world_makes_dangling_references_errors() {
    let folder = folder();
    let check = "check staff.json --format concise --closed-world";
    let (status, found, _) = run(&folder, check);
    assert_eq!(status, 1);
    assert!(found.contains("error[dangling-reference]"), "{found}");
    assert_eq!(
        run(&folder, &format!("{check} --context rooms.json")),
        clean()
    );
}

#[test]
fn a_set_resolves_across_files_in_their_order() {
    let folder = folder();
    let (status, found, errors) = run(
        &folder,
        "check staff.json rooms.json other.json --as-set --closed-world --format concise",
    );
    // Keys are unique in the workspace, not in a customer.
    let other = "other.json:1:48: warning[key-of-another-customer] room_key \"101\" is also that of a room of the customer \"c\" in rooms.json\n";
    assert_eq!((status, found.as_str(), errors.as_str()), (1, other, ""));

    folder.write("rooms2.json", ROOMS.replace("\"R\"", "\"Another\""));
    let (status, found, _) = run(
        &folder,
        "check rooms2.json other.json staff.json rooms.json --as-set --format json",
    );
    assert_eq!(status, 1);
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
fn known_and_context_failures_are_one_line() {
    let folder = folder();
    folder.write("broken.json", "{ \"version\": 1,");
    folder.write("newer.json", r#"{ "version": 9, "customers": {} }"#);
    folder.write("text.json", r#"["no", "payload"]"#);
    folder.write("bytes.json", b"{ \"customer_key\": \"\xff\" }");
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
        let (status, out, errors) = run(&folder, arguments);
        assert_eq!((status, out.as_str()), (2, ""), "{arguments}");
        assert!(
            errors.starts_with(&format!("seamlint: error: {wanted}")),
            "{arguments}: {errors}"
        );
        assert_eq!(errors.lines().count(), 1, "{arguments}: {errors}");
    }
    // Of a set, what can be read is checked all the same.
    let (status, found, errors) = run(
        &folder,
        "check rooms.json none.json staff.json --as-set --format json",
    );
    assert_eq!(status, 2);
    assert!(errors.contains("cannot read none.json"), "{errors}");
    let report: serde_json::Value = serde_json::from_str(&found).expect("JSON");
    assert_eq!(report["summary"]["files"], 2);
}
