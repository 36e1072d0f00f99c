//! What it means for a person that a mailbox did not do what was asked.

use postroom_connections::{Failure, Opened};
use postroom_mailbox::Folder;
use postroom_registry::{
    connection::{ConnectionState, Protocol, Verdict},
    grant, outbound, source,
};

use crate::{Api, Problem};

/// A sign-in at work on a mailbox.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AtWork<'a> {
    /// The sign-in.
    pub(crate) grant: &'a grant::Model,
    /// The wire.
    pub(crate) protocol: Protocol,
    /// The mailbox's address.
    pub(crate) mailbox: &'a str,
}

impl<'a> AtWork<'a> {
    /// A source's.
    pub(crate) fn source(grant: &'a grant::Model, row: &'a source::Model) -> Self {
        Self {
            grant,
            protocol: row.protocol,
            mailbox: &row.mailbox,
        }
    }

    /// An outbound's.
    pub(crate) fn outbound(grant: &'a grant::Model, row: &'a outbound::Model) -> Self {
        Self {
            grant,
            protocol: row.protocol,
            mailbox: &row.mailbox,
        }
    }
}

impl Api {
    /// The mailbox, ready to be asked.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn prepared(&self, at: AtWork<'_>) -> Result<Opened, Problem> {
        let (tenant, id) = (at.grant.tenant_id, at.grant.id);
        let prepared = self
            .connections
            .prepared(tenant, id, at.protocol, at.mailbox);
        prepared.await.map_err(|failure| match failure {
            Failure::Registry(error) => error.into(),
            failure => Problem::microsoft_unavailable("a mailbox cannot be asked").because(failure),
        })
    }

    /// A folder of the mailbox, opened.
    ///
    /// # Errors
    /// As [`problem_of`].
    pub(crate) async fn open_folder(
        &self,
        at: AtWork<'_>,
        folder: &str,
    ) -> Result<Folder, Problem> {
        let opened = self.prepared(at).await?;
        let found = opened.folder(folder).await;
        found.map_err(|failure| problem_of(&opened, failure))
    }
}

/// What a failure says, as an answer: `needs_sign_in`, another conflict with its way out, or that Microsoft does not
/// answer.
pub(crate) fn problem_of(opened: &Opened, failure: Failure) -> Problem {
    match (opened.verdict(&failure), failure) {
        (_, Failure::Registry(error)) => error.into(),
        (_, failure) if failure.is_transient() => {
            Problem::microsoft_unavailable("a mailbox did not answer").because(failure)
        }
        (Some(verdict), failure) => in_words(verdict).because(failure),
        (None, failure) => Problem::conflict("Microsoft refused.").because(failure),
    }
}

fn in_words(verdict: Verdict) -> Problem {
    let words = verdict.detail.meaning;
    let meaning = words.unwrap_or_else(|| "Microsoft refused.".to_owned());
    let problem = match verdict.state {
        ConnectionState::NeedsSignIn => Problem::needs_sign_in(meaning),
        _ => Problem::conflict(meaning),
    };
    match verdict.detail.way_out {
        Some(way_out) => problem.act(way_out),
        None => problem,
    }
}
