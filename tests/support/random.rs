//! Random cases that can be repeated: `SEAMLINT_SEED` sets another seed than the default.

pub(crate) use super::payload::Random;

const DEFAULT_SEED: u64 = 20_261_123;

/// The seed of this run.
pub(crate) fn seed() -> u64 {
    std::env::var("SEAMLINT_SEED").map_or(DEFAULT_SEED, |text| {
        text.parse().expect("SEAMLINT_SEED is a whole number")
    })
}

/// Returns how many random cases to run: `cargo xtask test --full` runs five times the usual number.
pub(crate) fn cases(usual: u64) -> u64 {
    if std::env::var_os("SEAMLINT_FULL").is_some() {
        usual * 5
    } else {
        usual
    }
}

impl Random {
    /// The numbers of one case, which do not depend on the cases before it.
    pub(crate) fn of(seed: u64, case: u64) -> Self {
        let mut random = Self::new(seed ^ case.wrapping_mul(0xd134_2543_de82_ef95));
        random.next();
        random
    }
}

/// Prints how to repeat a case, if the test panics while this value lives.
pub(crate) struct Case<'t> {
    pub(crate) seed: u64,
    pub(crate) number: u64,
    pub(crate) text: &'t str,
}

impl Drop for Case<'_> {
    #[expect(clippy::print_stderr, reason = "the output of a failing test")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Self { seed, number, text } = self;
            eprintln!("SEAMLINT_SEED={seed}, case {number}: {text}\n  as Rust: {text:?}");
        }
    }
}
