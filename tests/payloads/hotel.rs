//! The door test: a hotel's year as an integrator pushes it is clean, and each of the slips that
//! integrators make has its one finding.

use std::fs;
use std::path::Path;

use seamlint::Linter;
use serde::Deserialize;

#[derive(Deserialize)]
struct Slip {
    /// What went wrong, in words.
    #[serde(rename = "slip")]
    what: String,
    /// Stands once in the clean payload.
    find: String,
    /// What stands there instead.
    replace: String,
    code: String,
    severity: String,
    pointer: String,
}

fn read(path: &str) -> String {
    fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests")
            .join(path),
    )
    .expect("is committed")
}

#[test]
fn a_clean_hotel_has_no_finding() {
    let hotel = read("fixtures/hotel.json");
    let report = Linter::new().check(&hotel).into_owned();
    let found: Vec<String> = report
        .iter()
        .map(|found| format!("{} {}: {}", found.code, found.pointer, found.message))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    let value: serde_json::Value = serde_json::from_str(&hotel).expect("JSON");
    assert_eq!(value["spaces"].as_array().map(Vec::len), Some(20));
    assert_eq!(value["reservations"].as_array().map(Vec::len), Some(200));
}

#[test]
fn each_mistake_has_its_one_finding() {
    let hotel = read("fixtures/hotel.json");
    let slips: Vec<Slip> = serde_json::from_str(&read("data/hotel.json")).expect("a table");
    assert!(slips.len() >= 40, "{} slips", slips.len());
    let linter = Linter::new();
    let mut wrong = Vec::new();
    for slip in &slips {
        assert_eq!(hotel.matches(&slip.find).count(), 1, "{}", slip.what);
        let spoilt = hotel.replacen(&slip.find, &slip.replace, 1);
        let report = linter.check(&spoilt);
        let found: Vec<String> = report
            .iter()
            .map(|found| format!("{} {} {}", found.severity, found.code, found.pointer))
            .collect();
        let wanted = format!("{} {} {}", slip.severity, slip.code, slip.pointer);
        if found != [wanted.as_str()] {
            wrong.push(format!(
                "{}\n  wanted {wanted}\n  found  {found:#?}",
                slip.what
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        slips.len(),
        wrong.join("\n")
    );
}
