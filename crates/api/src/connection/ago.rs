//! Times and numbers as a person says them.

use chrono::{DateTime, Utc};

/// `20 s ago`, `3 min ago`, `5 h ago`, then the day.
pub(crate) fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = (now - at).num_seconds().max(0);
    match seconds {
        0..60 => format!("{seconds} s ago"),
        60..3_600 => format!("{} min ago", seconds / 60),
        3_600..86_400 => format!("{} h ago", seconds / 3_600),
        _ => format!("on {}", day(at)),
    }
}

/// `13 March`.
pub(crate) fn day(at: DateTime<Utc>) -> String {
    at.format("%-d %B").to_string()
}

/// `1,204`.
pub(crate) fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut shown = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    if number < 0 {
        format!("-{shown}")
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone as _};

    use super::*;

    #[test]
    fn the_nearer_the_finer() {
        let now = Utc.with_ymd_and_hms(2026, 5, 3, 12, 0, 0).unwrap();
        for (seconds, words) in [
            (-5, "0 s ago"),
            (20, "20 s ago"),
            (60, "1 min ago"),
            (3_599, "59 min ago"),
            (7_200, "2 h ago"),
            (86_400, "on 2 May"),
        ] {
            assert_eq!(ago(now - TimeDelta::seconds(seconds), now), words);
        }
    }

    #[test]
    fn digits_stand_in_threes() {
        for (number, words) in [
            (0, "0"),
            (999, "999"),
            (1_204, "1,204"),
            (12_345_678, "12,345,678"),
            (-1_000, "-1,000"),
        ] {
            assert_eq!(thousands(number), words);
        }
    }
}
