//! A text is taken as a schema, or refused with words; a payload is checked with it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seamlint::{CustomSchema, Linter, Options};

const PAYLOAD: &str =
    r#"{"customer_key":"c","rooms":[{"room_key":"1","name":"One"}],"x":[1,2.5,null,{"a":"b"}]}"#;

fuzz_target!(|text: &str| {
    match CustomSchema::parse(text) {
        Ok(schema) => {
            let mut options = Options::default();
            options.schema = Some(schema.into());
            let linter = Linter::with_options(options).expect("options");
            let _ = linter.check(PAYLOAD);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
