use crate::Pace;

/// Seconds to the next poll: the shortest where mail came, else half as long again up to the longest.
pub(super) fn next_interval(last: i32, mails: usize, pace: Pace) -> i32 {
    if mails > 0 {
        return pace.min_seconds;
    }
    let from = last.max(pace.min_seconds);
    let grown = (from.saturating_mul(3) / 2).max(from.saturating_add(1));
    grown.clamp(pace.min_seconds, pace.max_seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace {
        min_seconds: 15,
        max_seconds: 900,
    };

    #[test]
    fn mail_brings_the_next_poll_near_and_silence_moves_it_away() {
        assert_eq!(next_interval(900, 1, PACE), 15);
        assert_eq!(next_interval(15, 0, PACE), 22);
        assert_eq!(next_interval(900, 0, PACE), 900);
        assert_eq!(
            next_interval(
                0,
                0,
                Pace {
                    min_seconds: 1,
                    max_seconds: 3
                }
            ),
            2
        );
    }
}
