//! A clean payload costs a few allocations for each list that an index needs, not some for each
//! resource: what is counted here does not depend on the machine.

#[path = "support/payload.rs"]
mod payload;

use payload::Recipe;
use seamlint::Linter;

/// How often memory is asked for, anew or to grow, by one check with every default rule.
fn allocations(linter: &Linter, bytes: usize) -> u64 {
    let text = Recipe::new(20_260_801, bytes).build();
    let mut clean = false;
    let measured = allocation_counter::measure(|| clean = linter.check(&text).is_clean());
    assert!(clean, "the generator's payloads are clean");
    measured.count_total
}

#[test]
fn a_clean_payload_takes_few_allocations() {
    let linter = Linter::new();
    // What is compiled at first use is compiled here.
    allocations(&linter, 20_000);
    let small = allocations(&linter, 100_000);
    let large = allocations(&linter, 400_000);
    assert!(small <= 120, "{small} allocations for 100 KB");
    // A list that grows by doubling is asked for twice more.
    assert!(
        large <= small + 20,
        "{large} allocations for 400 KB, {small} for 100 KB"
    );
}
