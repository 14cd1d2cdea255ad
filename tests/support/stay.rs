//! A payload with one stay, and what is found in it.

use seamlint::{Linter, Report};
use serde_json::{Value, json};

/// The codes of a report, in its order.
pub(crate) fn codes(report: &Report<'_>) -> Vec<String> {
    report.iter().map(|found| found.code.to_string()).collect()
}

/// One reservation at one space in a zone, check-in 15:00, check-out 11:00.
pub(crate) fn stay(zone: &str, starts_at: &str, ends_at: &str) -> Value {
    json!({
        "customer_key": "hotel",
        "guests": [{ "guest_key": "g", "name": "Ada", "email_address": "ada@example.com" }],
        "spaces": [{
            "space_key": "s",
            "name": "101",
            "customer_data": {
                "time_zone": zone,
                "default_checkin_time": "15:00",
                "default_checkout_time": "11:00",
            },
        }],
        "reservations": [{
            "reservation_key": "r",
            "guest_key": "g",
            "space_keys": ["s"],
            "starts_at": starts_at,
            "ends_at": ends_at,
        }],
    })
}

/// Checks a payload with the default options.
pub(crate) fn check(payload: &Value) -> Report<'static> {
    Linter::new()
        .check_serialize(payload)
        .expect("a value serializes")
}
