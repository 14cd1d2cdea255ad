//! Redacted reports show no value of the payload.

use seamlint::{Group, Linter, Options, RULES};
use serde_json::Value;

/// Every string in a payload that is a value, not a name.
fn values(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) if text.len() > 1 => into.push(text.clone()),
        Value::Array(elements) => elements.iter().for_each(|element| values(element, into)),
        Value::Object(members) => members.values().for_each(|member| values(member, into)),
        _ => {}
    }
}

#[test]
fn redacted_time_findings_show_no_value() {
    let mut options = Options::default();
    options.redact = true;
    options.now = Some("2026-01-01T00:00:00Z".to_owned());
    let linter = Linter::with_options(options).expect("options are valid");
    let mut seen = 0;
    for rule in RULES.iter().filter(|rule| rule.group == Group::Time) {
        for example in rule.examples().filter(|example| example.bad) {
            let payload: Value = serde_json::from_str(example.text).expect("JSON");
            let mut secrets = Vec::new();
            values(&payload, &mut secrets);
            secrets.extend(["America/", "Europe/", "00:00", "10:00", "07:00"].map(str::to_owned));
            for found in &linter.check(example.text) {
                seen += 1;
                let mut told = vec![found.message.clone(), format!("{:?}", found.data)];
                told.extend(found.help.clone());
                told.extend(found.note.clone().map(std::borrow::Cow::into_owned));
                told.extend(found.related.iter().map(|related| related.message.clone()));
                told.extend(found.fix.iter().map(|fix| fix.title.clone()));
                for text in told {
                    for secret in &secrets {
                        assert!(
                            !text.contains(secret),
                            "{}: {secret:?} in {text:?}",
                            rule.code
                        );
                    }
                }
            }
        }
    }
    assert!(seen >= 16, "{seen}");
}
