//! What a number's text says, without rounding.

/// Whether a JSON number is mathematically whole: `1`, `1.0`, `1e2`, `12.5e1`, `0e-5`; not `1.5`.
///
/// Linear in the text, whatever the exponent.
pub(crate) fn is_integer(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() && integer.trim_start_matches('0').is_empty() {
        return true;
    }
    let trailing_zeros = if fraction.is_empty() {
        integer.len() - integer.trim_end_matches('0').len()
    } else {
        0
    };
    // The digits from the last one that is not zero to the point, less the exponent.
    let places = fraction.len() as i128 - trailing_zeros as i128;
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    match exponent.parse::<i64>() {
        Ok(exponent) => places <= i128::from(exponent),
        // Out of range either way: the sign decides.
        Err(_) => !exponent.starts_with('-'),
    }
}

#[cfg(test)]
mod tests {
    use super::is_integer;

    #[test]
    fn whole_is_mathematical() {
        for text in [
            "0",
            "-0",
            "1",
            "1.0",
            "1e2",
            "12.5e1",
            "-12.50e1",
            "100e-2",
            "0e-5",
            "0.0",
            "0.0e-9",
            "1e+3",
            "1e99999999999999999999",
            "1.5e99999999999999999999",
            "1E2",
            "0e-99999999999999999999",
        ] {
            assert!(is_integer(text), "{text}");
        }
        for text in [
            "1.5",
            "1e-1",
            "12.55e1",
            "100e-3",
            "0.1",
            "1e-99999999999999999999",
            "-0.5",
        ] {
            assert!(!is_integer(text), "{text}");
        }
    }
}
