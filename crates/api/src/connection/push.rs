//! Whether Microsoft tells of new mail, in words.

use chrono::{DateTime, Utc};
use postroom_registry::{
    connection::Protocol,
    source,
    subscription::{self, SubscriptionState},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::routes::vocabulary::words;

words! {
    /// Whether Microsoft tells of new mail.
    PushState of subscription::SubscriptionState {
        /// Microsoft was asked to.
        Starting,
        /// It does.
        Live,
        /// It does not at the moment.
        Down,
        /// Nobody asked it to.
        Off,
        /// It cannot for this mailbox.
        NotAvailable,
    }
}

/// Whether Microsoft tells of new mail. Where it does not, Postroom looks by itself; nothing depends on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Push {
    /// For programs.
    state: PushState,
    /// Since when.
    since: DateTime<Utc>,
    /// For people.
    sentence: String,
    /// Until when Microsoft promised.
    #[schema(required)]
    expires_at: Option<DateTime<Utc>>,
}

impl Push {
    /// What is known of a source's.
    pub(crate) fn of(source: &source::Model, row: Option<&subscription::Model>) -> Self {
        let (state, since, detail) = match row {
            Some(row) => (row.state, row.state_since, row.detail.as_deref()),
            None if source.protocol == Protocol::Ews => {
                (SubscriptionState::NotAvailable, source.created_at, None)
            }
            None => (SubscriptionState::Off, source.created_at, None),
        };
        let expires_at = row
            .filter(|row| row.state == SubscriptionState::Live)
            .and_then(|row| row.expires_at);
        Self {
            state: state.into(),
            since,
            sentence: sentence(state, detail, source),
            expires_at,
        }
    }

    /// Until when Microsoft promised.
    pub(crate) fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.expires_at
    }
}

fn sentence(state: SubscriptionState, detail: Option<&str>, source: &source::Model) -> String {
    use SubscriptionState as S;
    let looks = format!(
        "Postroom looks by itself every {}.",
        pace(source.poll_interval_seconds)
    );
    let what = match state {
        S::Live => return "Microsoft tells Postroom of new mail at once.".to_owned(),
        S::Starting => "Microsoft was asked to tell of new mail.",
        S::Down => "Microsoft does not tell of new mail at the moment.",
        S::Off => "Microsoft is not asked to tell of new mail.",
        S::NotAvailable if source.protocol == Protocol::Ews => {
            "Microsoft tells of new mail by Graph only."
        }
        S::NotAvailable => "Microsoft does not tell of new mail in this mailbox.",
    };
    match detail.map(str::trim).filter(|detail| !detail.is_empty()) {
        Some(detail) => format!("{what} {} {looks}", full_stop(detail)),
        None => format!("{what} {looks}"),
    }
}

fn full_stop(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}

/// `15 s`, `15 min`.
fn pace(seconds: i32) -> String {
    match seconds {
        ..120 => format!("{seconds} s"),
        _ => format!("{} min", seconds / 60),
    }
}
