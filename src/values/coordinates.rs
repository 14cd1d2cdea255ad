//! Latitudes and longitudes, as the text of JSON numbers.

use std::cmp::Ordering;

use crate::text::number::{compare_magnitude, is_zero};

/// The largest latitude, in degrees north or south.
pub(crate) const MAX_LATITUDE: &str = "90";
/// The largest longitude, in degrees east or west.
pub(crate) const MAX_LONGITUDE: &str = "180";

/// Whether a number is larger than a limit, regardless of its sign.
pub(crate) fn is_beyond(degrees: &str, limit: &str) -> bool {
    compare_magnitude(degrees, limit) == Ordering::Greater
}

/// Whether a place is 0, 0, which is more often a default value than the Gulf of Guinea.
pub(crate) fn is_null_island(latitude: &str, longitude: &str) -> bool {
    is_zero(latitude) && is_zero(longitude)
}

/// Whether a place is on the Earth and not [null island](is_null_island).
pub(crate) fn are_plausible(latitude: &str, longitude: &str) -> bool {
    !is_beyond(latitude, MAX_LATITUDE)
        && !is_beyond(longitude, MAX_LONGITUDE)
        && !is_null_island(latitude, longitude)
}

#[cfg(test)]
mod tests {
    use super::are_plausible;

    #[test]
    fn places_on_the_earth() {
        let places = [
            ("37.7749", "-122.4194"),
            ("0", "9.4536"),
            ("-0.0", "1E-9"),
            ("90", "180"),
            ("-90.000", "-1.8e2"),
            ("8.9e1", "0.0"),
        ];
        for (latitude, longitude) in places {
            assert!(are_plausible(latitude, longitude), "{latitude} {longitude}");
        }
        let others = [
            ("0", "-0.0"),
            ("0e5", "0"),
            ("90.000000000000000001", "1"),
            ("-122.4194", "37.7749"),
            ("1", "180.5"),
            ("1e400", "1"),
            ("1", "4294967386"),
        ];
        for (latitude, longitude) in others {
            assert!(
                !are_plausible(latitude, longitude),
                "{latitude} {longitude}"
            );
        }
    }
}
