use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use postroom_registry::{
    mail::MailState,
    statistics::{HourCount, StateCount},
};
use serde::Serialize;
use utoipa::ToSchema;

/// Mails of a week, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Week {
    /// All of them.
    pub(crate) received: i64,
    pub(crate) delivered: i64,
    pub(crate) ignored: i64,
    pub(crate) held: i64,
    pub(crate) rejected: i64,
    pub(crate) dead: i64,
    pub(crate) waiting: i64,
}

/// Mails of an hour, by what became of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Hour {
    /// The hour's beginning.
    hour: DateTime<Utc>,
    delivered: i64,
    /// Rejected ones among them.
    ignored: i64,
    held: i64,
    dead: i64,
    waiting: i64,
}

pub(super) fn week(counts: &[StateCount]) -> Week {
    let of = |state| {
        counts
            .iter()
            .filter(|it| it.state == state)
            .map(|it| it.amount)
            .sum()
    };
    Week {
        received: counts.iter().map(|it| it.amount).sum(),
        delivered: of(MailState::Delivered),
        ignored: of(MailState::Ignored),
        held: of(MailState::Held),
        rejected: of(MailState::Rejected),
        dead: of(MailState::Dead),
        waiting: of(MailState::Waiting),
    }
}

/// Twenty-four hours up to now, also those without a mail.
pub(super) fn hours(counts: &[HourCount], now: DateTime<Utc>) -> Vec<Hour> {
    let this = now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now);
    (0..24)
        .rev()
        .map(|back| hour(counts, this - TimeDelta::hours(back)))
        .collect()
}

fn hour(counts: &[HourCount], hour: DateTime<Utc>) -> Hour {
    let of = |states: &[MailState]| {
        let here = counts
            .iter()
            .filter(|it| it.hour == hour && states.contains(&it.state));
        here.map(|it| it.amount).sum()
    };
    Hour {
        hour,
        delivered: of(&[MailState::Delivered]),
        ignored: of(&[MailState::Ignored, MailState::Rejected]),
        held: of(&[MailState::Held]),
        dead: of(&[MailState::Dead]),
        waiting: of(&[MailState::Waiting]),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    #[test]
    fn a_week_adds_up() {
        let counts: Vec<_> = MailState::ALL
            .iter()
            .map(|state| StateCount {
                state: *state,
                amount: 2,
            })
            .collect();
        let week = week(&counts);
        let parts =
            week.delivered + week.ignored + week.held + week.rejected + week.dead + week.waiting;
        assert_eq!((week.received, parts), (12, 12));
    }

    #[test]
    fn a_day_has_every_hour_once() {
        let now = Utc.with_ymd_and_hms(2026, 5, 3, 14, 30, 0).unwrap();
        let this = Utc.with_ymd_and_hms(2026, 5, 3, 14, 0, 0).unwrap();
        let counts = [
            HourCount {
                hour: this,
                state: MailState::Rejected,
                amount: 3,
            },
            HourCount {
                hour: this,
                state: MailState::Ignored,
                amount: 1,
            },
        ];
        let day = hours(&counts, now);
        assert_eq!(day.len(), 24);
        assert_eq!(day[23].hour, this);
        assert_eq!(day[23].ignored, 4);
        assert_eq!(day[0].hour, this - TimeDelta::hours(23));
        assert_eq!(day[0].ignored, 0);
    }
}
