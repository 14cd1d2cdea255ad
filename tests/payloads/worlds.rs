//! Three more businesses as integrators push them: a gym with classes, a manager of short-term rentals, a residential portfolio. Each is
//! clean at `warning`, and each mistake adds its one finding.

use seamlint::{Linter, Severity};
use serde::Deserialize;
use serde_json::Value;

/// A mistake: the value that is written at a place.
#[derive(Deserialize)]
struct Slip {
    #[serde(rename = "slip")]
    what: String,
    /// The place, which may be new.
    at: String,
    value: Value,
    code: String,
    severity: String,
    pointer: String,
}

const WORLDS: [&str; 3] = ["gym", "rental", "residential"];

fn read(path: &str) -> String {
    std::fs::read_to_string(format!("tests/{path}")).expect("is committed")
}

fn world(name: &str) -> Value {
    serde_json::from_str(&read(&format!("fixtures/worlds/{name}.json"))).expect("JSON")
}

fn found(payload: &Value) -> Vec<String> {
    let report = Linter::new().check_serialize(payload).expect("serializes");
    report
        .iter()
        .map(|found| format!("{} {} {}", found.severity, found.code, found.pointer))
        .collect()
}

/// Writes the value of a slip into a payload.
fn spoil(payload: &mut Value, slip: &Slip) {
    let (holder, name) = slip.at.rsplit_once('/').expect("a pointer");
    let holder = payload.pointer_mut(holder).expect("the place is there");
    if let Some(elements) = holder.as_array_mut() {
        let index: usize = name.parse().expect("an index");
        elements[index] = slip.value.clone();
    } else {
        let members = holder.as_object_mut().expect("an array or an object");
        members.insert(name.to_owned(), slip.value.clone());
    }
}

#[test]
fn worlds_are_clean_at_warning() {
    for name in WORLDS {
        let text = read(&format!("fixtures/worlds/{name}.json"));
        let report = Linter::new().check(&text);
        let counts = report.counts();
        assert_eq!(
            counts.at_least(Severity::Warning),
            0,
            "{name}: {:#?}",
            report.diagnostics()
        );
        assert!(counts.infos <= 3, "{name}: {} infos", counts.infos);
    }
}

#[test]
fn each_slip_adds_its_one_finding() {
    let mut wrong = Vec::new();
    for name in WORLDS {
        let payload = world(name);
        let before = found(&payload);
        let slips: Vec<Slip> =
            serde_json::from_str(&read(&format!("data/{name}.json"))).expect("a table");
        assert!(slips.len() >= 15, "{name}: {} slips", slips.len());
        for slip in &slips {
            let mut spoilt = payload.clone();
            spoil(&mut spoilt, slip);
            let mut added = found(&spoilt);
            for known in &before {
                if let Some(at) = added.iter().position(|one| one == known) {
                    added.remove(at);
                }
            }
            let wanted = format!("{} {} {}", slip.severity, slip.code, slip.pointer);
            if added != [wanted.as_str()] {
                wrong.push(format!(
                    "{name}: {}: wanted {wanted}, added {added:?}",
                    slip.what
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
