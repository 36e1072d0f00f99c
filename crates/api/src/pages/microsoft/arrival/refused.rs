//! Microsoft gave an error. Where an administrator must approve, that is no end.

use actix_web::HttpResponse;
use postroom_azure_oauth::{self as oauth, Diagnosis, OAuthError, TokenError, diagnose};
use postroom_registry::{
    audit::{self, Action, Actor, Entry, SubjectKind},
    connection::WhoActs,
    sign_in::{self, Asked, Failure, SignInState},
};

use super::{Arrival, Opened};
use crate::{
    Api,
    pages::microsoft::{
        browser,
        ending::{Again, Ending, Stop},
        waiting,
    },
    routes::sign_ins::links,
};

impl Arrival {
    /// Microsoft sent the browser back with an error.
    pub(in super::super) async fn refused(
        self,
        api: &Api,
        error: &TokenError,
    ) -> Result<HttpResponse, Stop> {
        // Whoever tried unseen sees no page of Microsoft, so nothing was answered but that.
        let unseen = self.exchange.silent && self.state == SignInState::WaitingForApproval;
        if unseen && asks_for_a_person(error) {
            return Ok(waiting::redirect(api, &self.ticket));
        }
        let diagnosis = diagnose(&error.clone().at(self.whose));
        self.end(api, diagnosis).await
    }

    /// Microsoft did not take the code.
    pub(super) async fn not_redeemed(
        self,
        api: &Api,
        error: &OAuthError,
    ) -> Result<HttpResponse, Stop> {
        tracing::warn!(cause = %error, "a code was not redeemed");
        self.end(api, error.diagnosis()).await
    }

    async fn end(self, api: &Api, diagnosis: Diagnosis) -> Result<HttpResponse, Stop> {
        let opened = self.reopen(api).await?;
        if diagnosis.needs_admin_consent {
            return self.wait(api, opened).await;
        }
        let failure = Failure {
            code: diagnosis.code,
            message: diagnosis.meaning,
            action: diagnosis.way_out,
            who_acts: who_acts(diagnosis.who_acts),
            admin_url: None,
        };
        let row = sign_in::fail(&opened.tx, opened.row, failure.clone()).await?;
        opened.tx.commit().await?;
        Err(self.failed(api, failure, row.asked))
    }

    /// Waits for an administrator, with a link to send.
    async fn wait(self, api: &Api, opened: Opened) -> Result<HttpResponse, Stop> {
        let Opened { tx, row, .. } = opened;
        let asked_before = row.approval_asked_at.is_some();
        let token = links::approval_token(&self.ticket);
        let row = sign_in::ask_approval(&tx, row, &token).await?;
        if !asked_before {
            let entry = Entry::new(Actor::Service, Action::ApprovalAsked);
            let entry = entry.on(SubjectKind::SignIn, &row.id, row.mailbox.as_deref());
            audit::record(&tx, &entry).await?;
        }
        tx.commit().await?;
        let mut response = waiting::redirect(api, &self.ticket);
        let cookie = browser::cookie(api, &row, &self.browser);
        if let Err(error) = response.add_cookie(&cookie) {
            tracing::error!(cause = %error, "a cookie cannot be written");
        }
        Ok(response)
    }

    /// The page of a failure. An owner has nothing but their link, so the page lets them begin anew.
    pub(super) fn failed(&self, api: &Api, failure: Failure, asked: Asked) -> Stop {
        let again =
            (asked == Asked::Owner).then(|| Box::new(Again::of(api, &self.browser, &self.ticket)));
        let failure = Box::new(failure);
        Ending::Failed { failure, again }.into()
    }
}

/// The sign-in crate and the registry have the same words and do not know each other's.
fn who_acts(who: oauth::WhoActs) -> WhoActs {
    match who {
        oauth::WhoActs::You => WhoActs::You,
        oauth::WhoActs::MailboxOwner => WhoActs::MailboxOwner,
        oauth::WhoActs::MicrosoftAdministrator => WhoActs::MicrosoftAdministrator,
        oauth::WhoActs::Nobody => WhoActs::Nobody,
        oauth::WhoActs::Us => WhoActs::Us,
    }
}

/// The words of *OpenID Connect Core* 3.1.2.6 for a `prompt=none` that cannot be answered without a person.
fn asks_for_a_person(error: &TokenError) -> bool {
    let words = [
        "login_required",
        "interaction_required",
        "consent_required",
        "account_selection_required",
    ];
    words.contains(&error.error.as_str())
}
