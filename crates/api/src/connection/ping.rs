//! A ping: what the connection will do is tried, right by right.

use chrono::{DateTime, Utc};
use postroom_mailbox::{self as mailbox, PingRequest, RightName};
use postroom_registry::connection::{Event, life};
use serde::Serialize;
use utoipa::ToSchema;

use super::{AtWork, Fix, WhoActs, problem_of};
use crate::{Api, Problem, routes::vocabulary::words};

words! {
    /// A right that a ping proves.
    RightWord of RightName {
        /// Microsoft accepts the sign-in.
        Token,
        /// The mailbox and its folder open.
        Mailbox,
        /// Mail can be read.
        Read,
        /// Mail can be changed.
        Write,
        /// Mail can be sent.
        Send,
    }
}

/// What a ping found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Ping {
    /// Whether every right that the connection needs is there.
    pub(crate) ok: bool,
    /// When.
    pub(crate) checked_at: DateTime<Utc>,
    /// Right by right.
    pub(crate) rights: Vec<Right>,
}

/// What a ping found about one right.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Right {
    /// Which.
    pub(crate) right: RightWord,
    /// Its name for a person.
    pub(crate) label: String,
    /// Proven. False also when it was skipped.
    pub(crate) ok: bool,
    /// What was proven, or what went wrong.
    pub(crate) detail: String,
    /// What to do about it.
    #[schema(required)]
    pub(crate) action: Option<String>,
    /// Who has to act, where it is missing.
    #[schema(required)]
    pub(crate) who_acts: Option<WhoActs>,
    /// What to copy, to open or to do, for who must act.
    pub(crate) fix: Vec<Fix>,
    /// Not tried, because it is not needed or because an earlier right is missing.
    pub(crate) skipped: bool,
}

/// A ping and what it proves about the connection's state, if anything.
#[derive(Debug)]
pub(crate) struct Pinged {
    pub(crate) ping: Ping,
    pub(crate) event: Option<Event>,
}

impl Api {
    /// Tries what a connection will do.
    ///
    /// # Errors
    /// When our own book does not answer. What Microsoft answers is the result.
    pub(crate) async fn ping(
        &self,
        at: AtWork<'_>,
        wanted: &PingRequest<'_>,
    ) -> Result<Pinged, Problem> {
        let opened = self.prepared(at).await?;
        let pinged = match opened.ping(wanted).await {
            Ok(pinged) => pinged,
            Err(failure) => return Err(problem_of(&opened, failure)),
        };
        let ok = pinged.is_ok();
        let event = match (ok, pinged.verdict) {
            (true, _) => Some(Event::Worked),
            (false, Some(verdict)) if life::alarms(verdict.state) => Some(Event::Failed(verdict)),
            // What is nobody's ends by itself, and the work that waits for it says so.
            (false, _) => None,
        };
        let ping = Ping {
            ok,
            checked_at: self.clock().now(),
            rights: pinged.rights.into_iter().map(Right::from).collect(),
        };
        Ok(Pinged { ping, event })
    }
}

impl From<mailbox::Right> for Right {
    fn from(right: mailbox::Right) -> Self {
        Self {
            right: right.right.into(),
            label: right.label,
            ok: right.ok,
            detail: right.detail,
            action: right.action,
            who_acts: right.who_acts.map(WhoActs::from),
            fix: right.fix.into_iter().map(Fix::from).collect(),
            skipped: right.skipped,
        }
    }
}
