//! Validates a payload before it is sent: `cargo run --example validate_before_sending`.
//!
//! Builds a payload from its own structs, checks it, and "sends" it or shows what is wrong. With
//! the argument `broken` the payload has two slips.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]
#![expect(clippy::struct_field_names, reason = "the members are called so")]

use miette::{IntoDiagnostic, Result};
use serde::Serialize;

#[derive(Serialize)]
struct Payload {
    customer_key: String,
    spaces: Vec<Space>,
    guests: Vec<Guest>,
    reservations: Vec<Reservation>,
}

#[derive(Serialize)]
struct Space {
    space_key: String,
    name: String,
    customer_data: CustomerData,
}

#[derive(Serialize)]
struct CustomerData {
    time_zone: String,
    default_checkin_time: String,
    default_checkout_time: String,
}

#[derive(Serialize)]
struct Guest {
    guest_key: String,
    name: String,
    email_address: String,
}

#[derive(Serialize)]
struct Reservation {
    reservation_key: String,
    guest_key: String,
    space_keys: Vec<String>,
    starts_at: String,
    ends_at: String,
}

fn payload(broken: bool) -> Payload {
    Payload {
        customer_key: "hotel_17".into(),
        spaces: vec![Space {
            space_key: "room_101".into(),
            name: "Room 101".into(),
            customer_data: CustomerData {
                time_zone: "Europe/Paris".into(),
                default_checkin_time: if broken { "3:00 PM" } else { "15:00" }.into(),
                default_checkout_time: "10:00".into(),
            },
        }],
        guests: vec![Guest {
            guest_key: "guest_1".into(),
            name: "Ada Lovelace".into(),
            email_address: "ada@example.com".into(),
        }],
        reservations: vec![Reservation {
            reservation_key: "stay_1".into(),
            guest_key: "guest_1".into(),
            space_keys: vec!["room_101".into()],
            starts_at: if broken {
                "2026-12-01T15:00:00"
            } else {
                "2026-12-01T15:00:00+01:00"
            }
            .into(),
            ends_at: "2026-12-03T10:00:00+01:00".into(),
        }],
    }
}

fn main() -> Result<()> {
    let broken = std::env::args().any(|argument| argument == "broken");
    let payload = payload(broken);

    // `?` shows every finding in its source and ends with status 1.
    let report = seamlint::check_serialize(&payload)
        .into_diagnostic()?
        .into_result()?;
    for warning in &report {
        println!("{}: {}", warning.severity, warning.message);
    }

    println!("would send {} bytes", report.text().len());
    Ok(())
}
