//! What a number's text says, without rounding.

use std::cmp::Ordering;

/// The least number that a double has no room for: it is read as infinity. The standard library's reader of doubles is 13 KB of a page's
/// module.
const INFINITY: &str = "\
    179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587\
    207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711\
    531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093\
    042880177904174497792";

/// Whether a JSON number is an integer to the API: mathematically whole (`1`, `1.0`, `1e2`, `12.5e1`, `0e-5`; not
/// `1.5`), and not beyond 1.8e308, from where on JavaScript reads infinity.
///
/// Linear in the text, whatever the exponent.
pub(crate) fn is_integer(text: &str) -> bool {
    is_whole(text) && !is_infinite(text)
}

/// Whether JavaScript reads infinity.
pub(crate) fn is_infinite(text: &str) -> bool {
    compare_magnitude(text, INFINITY).is_ge()
}

fn is_whole(text: &str) -> bool {
    let (integer, fraction, exponent) = parts(text);
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
    match exponent.parse::<i64>() {
        Ok(exponent) => places <= i128::from(exponent),
        // Out of range either way: the sign decides.
        Err(_) => !exponent.starts_with('-'),
    }
}

/// Whether a text is an integer that can be written in one way only: no leading zero, no exponent.
pub(crate) fn is_plain_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty()
        && digits.len() <= 15
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (text == "0" || !digits.starts_with('0'))
}

/// Compares two JSON numbers exactly, whatever their length and exponent.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    match (sign(a), sign(b)) {
        (0, 0) => Ordering::Equal,
        (1, 1) => compare_magnitude(a, b),
        (-1, -1) => compare_magnitude(b, a),
        (a, b) => a.cmp(&b),
    }
}

/// Compares two JSON numbers as if neither had a sign.
pub(crate) fn compare_magnitude(a: &str, b: &str) -> Ordering {
    match (is_zero(a), is_zero(b)) {
        (false, false) => {}
        (a_is_zero, b_is_zero) => return b_is_zero.cmp(&a_is_zero),
    }
    leading_place(a)
        .cmp(&leading_place(b))
        .then_with(|| compare_digits(digits(a), digits(b)))
}

/// Compares digits from the first on; what is shorter goes on with zeros.
fn compare_digits(mut a: impl Iterator<Item = u8>, mut b: impl Iterator<Item = u8>) -> Ordering {
    loop {
        let (a, b) = (a.next(), b.next());
        if a.is_none() && b.is_none() {
            return Ordering::Equal;
        }
        let order = a.unwrap_or(b'0').cmp(&b.unwrap_or(b'0'));
        if order.is_ne() {
            return order;
        }
    }
}

/// Whether a JSON number is zero.
pub(crate) fn is_zero(text: &str) -> bool {
    digits(text).next().is_none()
}

fn sign(text: &str) -> i8 {
    match (is_zero(text), text.starts_with('-')) {
        (true, _) => 0,
        (false, true) => -1,
        (false, false) => 1,
    }
}

/// The digits from the first that is not zero, without point and exponent.
fn digits(text: &str) -> impl Iterator<Item = u8> {
    text.bytes()
        .take_while(|byte| !matches!(byte, b'e' | b'E'))
        .filter(u8::is_ascii_digit)
        .skip_while(|digit| *digit == b'0')
}

/// What stands before the point, behind it, and in the exponent; without the signs that say nothing
/// of the size.
fn parts(text: &str) -> (&str, &str, &str) {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.bytes().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, "0"),
    };
    let (integer, fraction) = match mantissa.bytes().position(|byte| byte == b'.') {
        Some(at) => (&mantissa[..at], &mantissa[at + 1..]),
        None => (mantissa, ""),
    };
    (
        integer,
        fraction,
        exponent.strip_prefix('+').unwrap_or(exponent),
    )
}

/// The power of ten of the first digit that is not zero.
fn leading_place(text: &str) -> i128 {
    let (integer, fraction, exponent) = parts(text);
    let integer = integer.trim_start_matches('0');
    let place = if integer.is_empty() {
        fraction.trim_start_matches('0').len() as i128 - fraction.len() as i128
    } else {
        integer.len() as i128
    };
    let exponent = exponent.parse::<i64>().map_or_else(
        |_| {
            i128::from(if exponent.starts_with('-') {
                i64::MIN
            } else {
                i64::MAX
            })
        },
        i128::from,
    );
    place + exponent
}

/// A hundredth of a positive JSON number below a million, with five decimals at most.
pub(crate) fn hundredth(text: &str) -> String {
    let mut digits = digits(text).map(|digit| u32::from(digit - b'0'));
    let mut thousandths =
        (0..leading_place(text) + 3).fold(0, |sum, _| sum * 10 + digits.next().unwrap_or(0));
    thousandths += u32::from(digits.next() >= Some(5));
    let hundredth = format!("{}.{:05}", thousandths / 100_000, thousandths % 100_000);
    hundredth
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_they_are_written() {
        // In rising order; those of a line are equal.
        let lines: &[&[&str]] = &[
            &["-1e99999999999999999999"],
            &["-1e400", "-10E399"],
            &["-90.5"],
            &["-90", "-90.0", "-9e1", "-0.9E+2"],
            &["-1e-400"],
            &["0", "-0", "0.0", "0e5", "-0.00E-7"],
            &["1e-99999999999999999999"],
            &["1e-400", "0.1e-399"],
            &["0.1", "1e-1", "100e-3"],
            &["0.10000000000000000000000000001"],
            &["1"],
            &["89.999999999999999999999999999999"],
            &["90", "9e1", "90.000"],
            &["90.00000000000000000000000000001"],
            &["180"],
            &["1e400"],
        ];
        for (at, line) in lines.iter().enumerate() {
            for (other_at, other) in lines.iter().enumerate() {
                for a in *line {
                    for b in *other {
                        assert_eq!(compare(a, b), at.cmp(&other_at), "{a} and {b}");
                    }
                }
            }
        }
        assert_eq!(compare_magnitude("-90.5", "90"), Ordering::Greater);
        assert!(is_zero("-0.0e7") && !is_zero("1e-400"));
    }

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
            "1.7976931348623157e308",
            "1E2",
            "0e-99999999999999999999",
        ] {
            assert!(is_integer(text), "{text}");
        }
        for text in [
            "1.8e308",
            "-1e400",
            "1e99999999999999999999",
            "1.5e99999999999999999999",
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

    #[test]
    fn what_is_infinite_is_so_for_the_standard_library() {
        let before = format!("{}1{}", &INFINITY[..INFINITY.len() - 3], "99.99e0");
        let texts = [
            INFINITY,
            &before,
            &format!("-{INFINITY}.0"),
            &format!("0.{INFINITY}e309"),
            &format!("0.0{INFINITY}e309"),
            &format!("{INFINITY}e-5"),
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e309",
            "-1e309",
            "9e307",
            "0e999",
            "1e99999999999999999999",
            "1e-99999999999999999999",
            "20",
        ];
        for text in texts {
            let read: f64 = text.parse().expect("a number");
            assert_eq!(is_infinite(text), read.is_infinite(), "{text}");
        }
    }

    #[test]
    fn a_hundredth_has_five_decimals() {
        for (text, hundredth_of_it) in [
            ("20", "0.2"),
            ("1", "0.01"),
            ("100", "1"),
            ("1e2", "1"),
            ("0.5e1", "0.05"),
            ("33.3333", "0.33333"),
            ("33.3335", "0.33334"),
            ("99.99999", "1"),
            ("12.50", "0.125"),
        ] {
            assert_eq!(hundredth(text), hundredth_of_it, "{text}");
        }
    }
}
