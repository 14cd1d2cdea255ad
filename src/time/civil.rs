//! The proleptic Gregorian calendar, as RFC 3339 uses it: dates and days since 1970-01-01.

/// Seconds in a day without leap seconds, as Unix time counts.
pub(crate) const DAY: i64 = 86_400;

/// Whether a year has 29 February.
pub(crate) const fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days in a month; 0 for a month that does not exist.
pub(crate) const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

/// English name of a month, `""` for one that does not exist.
pub(crate) const fn month_name(month: u8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        12 => "December",
        _ => "",
    }
}

/// Days since 1970-01-01 (negative before), for years from -400 on. Years are counted from March, so
/// that the leap day comes last, and from 400 years before, so that none is negative.
#[expect(
    clippy::cast_sign_loss,
    reason = "readings have years from 0000 on, and their neighbours"
)]
pub(crate) const fn days_from_civil(year: i32, month: u8, day: u8) -> i64 {
    let is_before_march = month <= 2;
    let year = (year + 400) as u32 - is_before_march as u32;
    let month = month as u32 + 12 * is_before_march as u32;
    let century = year / 100;
    let to_year = 1461 * year / 4 - century + century / 4;
    // 31, 61, 92...: the days of the months from March on, summed up.
    let to_month = (979 * month - 2919) / 32;
    to_year as i64 + to_month as i64 + day as i64 - 865_566
}

/// Year, month and day, `days` after 1970-01-01; `None` outside the years 0000 to 9999.
#[expect(clippy::cast_sign_loss, reason = "days and months count up from 1")]
pub(crate) fn civil_from_days(days: i64) -> Option<(i32, u8, u8)> {
    if !(days_from_civil(0, 1, 1)..=days_from_civil(9999, 12, 31)).contains(&days) {
        return None;
    }
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    } as u8;
    let year = (era * 400 + year_of_era + i64::from(month <= 2)) as i32;
    Some((year, month, day))
}

/// Day of the week of a day counted from 1970-01-01: 0 is Sunday.
pub(crate) const fn weekday(days: i64) -> u8 {
    // 1970-01-01 was a Thursday.
    (days + 4).rem_euclid(7) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_survives_the_round_trip() {
        assert_eq!(days_from_civil(0, 1, 1), -719_528);
        // The calendar repeats after 400 years.
        every_day(0..=801);
        let end = every_day(9598..=9999);
        assert_eq!(civil_from_days(end), None);
        assert_eq!(civil_from_days(-719_529), None);
        assert_eq!(civil_from_days(i64::MAX), None);
        assert_eq!(civil_from_days(i64::MIN), None);
    }

    /// Compares both functions over some years. Returns the day after.
    fn every_day(years: std::ops::RangeInclusive<i32>) -> i64 {
        let mut expected = days_from_civil(*years.start(), 1, 1);
        for year in years {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    assert_eq!(days_from_civil(year, month, day), expected);
                    assert_eq!(civil_from_days(expected), Some((year, month, day)));
                    expected += 1;
                }
            }
        }
        expected
    }

    #[test]
    fn weekdays() {
        assert_eq!(weekday(0), 4);
        assert_eq!(weekday(days_from_civil(2026, 11, 23)), 1);
        assert_eq!(weekday(days_from_civil(1969, 12, 28)), 0);
    }
}
