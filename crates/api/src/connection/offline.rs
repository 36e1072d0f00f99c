//! For how long a mailbox has been out of reach.

use chrono::{DateTime, Utc};
use postroom_registry::connection::ConnectionState;
use serde::Serialize;
use utoipa::ToSchema;

/// A mailbox that nobody reads at the moment, though somebody wants it read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Offline {
    /// When it was last read to the end.
    since: DateTime<Utc>,
    /// For how many seconds.
    seconds: i64,
    /// Mails of the ledger that wait.
    waiting: i64,
}

impl Offline {
    /// `None` while it works, while Microsoft lets us wait, and while a person wishes it so.
    pub(crate) fn of(
        state: ConnectionState,
        last_read: DateTime<Utc>,
        waiting: i64,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        use ConnectionState as S;
        let is_offline = match state {
            S::WaitingForApproval | S::NeedsSignIn | S::Refused | S::Ours => true,
            S::Active | S::Slowed | S::Retrying | S::Paused => false,
        };
        is_offline.then(|| Self {
            since: last_read,
            seconds: (now - last_read).num_seconds().max(0),
            waiting,
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn what_needs_somebody_is_offline_since_it_was_last_read() {
        let then = DateTime::UNIX_EPOCH;
        let now = then + TimeDelta::hours(99);
        for state in ConnectionState::ALL {
            let offline = Offline::of(*state, then, 212, now);
            let expected = matches!(
                state.word(),
                "waiting_for_approval" | "needs_sign_in" | "refused" | "ours"
            );
            assert_eq!(offline.is_some(), expected, "{}", state.word());
            if let Some(offline) = offline {
                let Offline {
                    since,
                    seconds,
                    waiting,
                } = offline;
                assert_eq!((since, seconds, waiting), (then, 356_400, 212));
            }
        }
    }
}
