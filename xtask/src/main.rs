//! The project's own tasks.

mod zones;

use std::path::Path;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["zones", tzdata, cldr_core, cldr_bcp47] => {
            let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/time");
            zones::run(
                Path::new(tzdata),
                Path::new(cldr_core),
                Path::new(cldr_bcp47),
                &out,
            )
        }
        _ => anyhow::bail!("cargo xtask zones TZDATA CLDR_CORE CLDR_BCP47"),
    }
}
