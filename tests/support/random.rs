//! What the agreement tests share: reproducible chance.

/// Where a run starts, if `SEAMLINT_SEED` does not say otherwise.
const DEFAULT_SEED: u64 = 20_261_123;

/// The seed of this run.
pub(crate) fn seed() -> u64 {
    std::env::var("SEAMLINT_SEED").map_or(DEFAULT_SEED, |text| {
        text.parse().expect("SEAMLINT_SEED is a whole number")
    })
}

/// `SplitMix64`: small, and the same on every machine.
pub(crate) struct Random(u64);

impl Random {
    /// The chance of one case, which needs no case before it.
    pub(crate) fn of(seed: u64, case: u64) -> Self {
        let mut random = Self(seed ^ case.wrapping_mul(0xd134_2543_de82_ef95));
        random.next();
        random
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// Says how to run a case again, if it fails in any way.
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
