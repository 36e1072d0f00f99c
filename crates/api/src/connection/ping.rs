//! A ping: what the connection will do is tried, right by right.

use chrono::{DateTime, Utc};
use postroom_azure_oauth::GrantError;
use postroom_mailbox::{self as mailbox, AccessToken, PingRequest, RightName, graph::GraphError};
use postroom_registry::{
    TenantId,
    connection::{ConnectionState, StateDetail},
    grant,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Verdict, address, of_grant_error, of_graph_error};
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
    /// Not tried, because it is not needed or because an earlier right is missing.
    pub(crate) skipped: bool,
}

/// What to try, and on what.
#[derive(Debug)]
pub(crate) struct Probe<'a> {
    pub(crate) tenant: TenantId,
    pub(crate) grant: &'a grant::Model,
    pub(crate) mailbox: &'a str,
    pub(crate) folder: &'a str,
    /// It receives: reading and changing are tried.
    pub(crate) receives: bool,
    /// It sends.
    pub(crate) sends: bool,
}

/// A ping and what it proves about the connection's state, if anything.
#[derive(Debug)]
pub(crate) struct Pinged {
    pub(crate) ping: Ping,
    pub(crate) verdict: Option<Verdict>,
}

impl Api {
    /// Tries what a connection will do.
    ///
    /// # Errors
    /// When our own book does not answer. What Microsoft answers is the result.
    pub(crate) async fn ping(&self, probe: &Probe<'_>) -> Result<Pinged, Problem> {
        match self.ping_once(probe).await? {
            // Microsoft ended the kept access token before its time. Only a fresh one tells whether the sign-in
            // is over too.
            (_, Some(GraphError::Unauthorized(_))) => {
                let forgotten = self
                    .grants
                    .forget_access_token(probe.tenant, probe.grant.id);
                forgotten.await.map_err(|error| {
                    Problem::unavailable("a token cannot be forgotten").because(error)
                })?;
                Ok(self.ping_once(probe).await?.0)
            }
            (pinged, _) => Ok(pinged),
        }
    }

    /// A ping, and with which error Graph refused the mailbox, if it did.
    async fn ping_once(&self, probe: &Probe<'_>) -> Result<(Pinged, Option<GraphError>), Problem> {
        let token = match self.grants.access_token(probe.tenant, probe.grant.id).await {
            Ok(token) => AccessToken::from(token),
            Err(GrantError::Registry(error)) => return Err(error.into()),
            Err(error) => return Ok((self.without_token(&error), None)),
        };
        let at = address(probe.mailbox, probe.grant);
        let wanted = PingRequest {
            granted: &probe.grant.scopes,
            folder: probe.folder,
            read: probe.receives,
            write: probe.receives,
            send: probe.sends,
        };
        let rights = self.graph.ping(&token, &at, &wanted).await;
        if mailbox::all_proven(&rights) {
            let active = (ConnectionState::Active, StateDetail::default());
            return Ok((self.pinged(rights, Some(active)), None));
        }
        // The rights are words; the state wants the reason, so the first door is tried once more.
        let looked = self.graph.mailbox_folder(&token, &at, probe.folder).await;
        let refusal = looked.err();
        let verdict = refusal.as_ref().and_then(of_graph_error);
        Ok((self.pinged(rights, verdict), refusal))
    }

    fn without_token(&self, error: &GrantError) -> Pinged {
        let (detail, action) = match error {
            GrantError::Microsoft(error) => {
                let diagnosis = error.diagnosis();
                (
                    format!("{} ({})", diagnosis.meaning, diagnosis.code),
                    Some(diagnosis.way_out),
                )
            }
            _ => ("The sign-in could not be used.".to_owned(), None),
        };
        let mut rights = vec![mailbox::Right::missing(RightName::Token, detail, action)];
        rights.extend(
            [
                RightName::Mailbox,
                RightName::Read,
                RightName::Write,
                RightName::Send,
            ]
            .map(|right| {
                mailbox::Right::skipped(right, "Not tried, because an earlier check failed.")
            }),
        );
        self.pinged(rights, of_grant_error(error))
    }

    fn pinged(&self, rights: Vec<mailbox::Right>, verdict: Option<Verdict>) -> Pinged {
        let ping = Ping {
            ok: mailbox::all_proven(&rights),
            checked_at: self.clock().now(),
            rights: rights.into_iter().map(Right::from).collect(),
        };
        Pinged { ping, verdict }
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
            skipped: right.skipped,
        }
    }
}
