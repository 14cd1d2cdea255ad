//! A clean payload costs a few allocations for each list that an index needs, not some for each
//! resource: what is counted here does not depend on the machine.

use seamlint::Linter;

use crate::support::payload::Recipe;

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
    assert!(small <= 140, "{small} allocations for 100 KB");
    // A list that grows by doubling is asked for twice more.
    assert!(
        large <= small + 20,
        "{large} allocations for 400 KB, {small} for 100 KB"
    );
}

#[test]
fn buffers_of_a_large_payload_are_kept_until_a_small_one() {
    let linter = Linter::new();
    let small = r#"{ "customer_key": "hotel-1", "sites": [] }"#;
    let large = format!(
        r#"{{ "customer_key": "hotel-1", "sites": [], "numbers": [{}1] }}"#,
        "0,".repeat(2_000_000)
    );
    let held = |text: &str| {
        let measured = allocation_counter::measure(|| drop(linter.check(text)));
        (measured.bytes_total, measured.bytes_current)
    };
    held(small);
    let (first, kept) = held(&large);
    assert!(kept > 24_000_000, "{kept} bytes for 2,000,000 values");
    let (second, more) = held(&large);
    // The list of values is not grown again; what is made for the finding in it is.
    assert!(
        first - second > 40_000_000,
        "{second} bytes, and {first} at first"
    );
    assert_eq!(more, 0);
    let (_, given_back) = held(small);
    assert!(
        given_back.unsigned_abs() > kept.unsigned_abs() / 10 * 9 && given_back < 0,
        "{given_back} of {kept} bytes"
    );
}
