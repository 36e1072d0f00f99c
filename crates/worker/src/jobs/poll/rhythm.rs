use crate::Pace;

/// Seconds to the next poll: the shortest where mail came, else half as long again up to the longest. Where Microsoft
/// tells of new mail (`push`), the longest at once: the poll only finds what was not told.
pub(super) fn next_interval(last: i32, mails: usize, push: bool, pace: Pace) -> i32 {
    if push {
        return pace.max_seconds;
    }
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
        assert_eq!(next_interval(900, 1, false, PACE), 15);
        assert_eq!(next_interval(15, 0, false, PACE), 22);
        assert_eq!(next_interval(900, 0, false, PACE), 900);
        assert_eq!(
            next_interval(
                0,
                0,
                false,
                Pace {
                    min_seconds: 1,
                    max_seconds: 3
                }
            ),
            2
        );
    }

    #[test]
    fn push_makes_polls_rare_and_without_it_they_find_their_own_pace() {
        assert_eq!(next_interval(15, 7, true, PACE), 900);
        assert_eq!(next_interval(900, 7, false, PACE), 15);
    }
}
