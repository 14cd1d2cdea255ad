//! Numbers for tests that draw their payloads. Included by path where they are needed.

/// A small generator: the same numbers on every run.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    /// The next, below a limit.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}
