//! The administrator's link: names site and permissions, goes to Microsoft's admin consent, and comes back.
//!
//! Microsoft's answer proves nothing but that the browser which began here came back without an error: `tenant` in it
//! is anybody's word ("Admin consent on the Microsoft identity platform"). So an approval binds nothing. It lets those
//! who wait try again, and only a sign-in that succeeds counts.

mod page;
mod start;

use std::time::Duration;

use actix_web::{HttpRequest, cookie::Cookie};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use postroom_azure_oauth::TokenError;
use postroom_registry::{
    audit::{self, Action, Actor, Entry, SubjectKind},
    sign_in::{self, SignInState},
    source,
};
use postroom_secrets::{constant_time_eq, sha256};
use secrecy::{ExposeSecret as _, SecretString};

pub(super) use page::approval_page;
pub(super) use start::approval_begins;

use super::{
    browser,
    ending::{Ending, Stop},
    opened::Opened,
};
use crate::{Api, pages::microsoft::ending::Refusal, routes::sign_ins::Aim};

/// How long an administrator may stay at Microsoft.
const LIVES: TimeDelta = TimeDelta::hours(1);
const COOKIE: &str = "postroom_approval_";

/// An administrator's browser between our page and Microsoft's answer. The cookie has its secret and the word of the
/// link, and the state is made of both: nothing has to be kept, and no other browser has that state.
#[derive(Debug)]
pub(super) struct Approval {
    token: String,
    state: String,
}

impl Approval {
    fn new(token: &str, secret: &str) -> Self {
        let made = sha256(format!("postroom approve\0{secret}\0{token}").as_bytes());
        Self {
            token: token.to_owned(),
            state: URL_SAFE_NO_PAD.encode(made),
        }
    }

    fn cookie(&self, api: &Api, secret: &str) -> Cookie<'static> {
        let name = format!(
            "{COOKIE}{}",
            hex::encode(&sha256(self.token.as_bytes())[..6])
        );
        let value = format!("{}.{secret}", self.token);
        browser::of_our_pages(api, name, value, LIVES)
    }

    /// The approval that this browser began with this state, if it did.
    pub(super) fn of(request: &HttpRequest, state: &SecretString) -> Option<Self> {
        let cookies = request.cookies().ok()?;
        let began = cookies.iter().filter(|it| it.name().starts_with(COOKIE));
        let mut began = began.filter_map(|it| {
            let (token, secret) = it.value().split_once('.')?;
            Some(Self::new(token, secret))
        });
        began.find(|it| constant_time_eq(it.state.as_bytes(), state.expose_secret().as_bytes()))
    }

    /// The administrator approved.
    pub(super) async fn given(self, api: &Api) -> Stop {
        match self.write_down(api).await {
            Ok(()) => Ending::Approved.into(),
            Err(stop) => stop,
        }
    }

    async fn write_down(self, api: &Api) -> Result<(), Stop> {
        self.use_up(api).await?;
        let Opened { tx, row, .. } = open(api, &self.token).await?;
        if is_new_to_nobody(&row) {
            return Ok(());
        }
        let (tenant, id) = (tx.tenant(), row.id);
        let waits = Aim::of(&tx, &row).await?.mailbox;
        sign_in::approve(&tx, row.clone()).await?;
        let entry = Entry::new(Actor::Service, Action::ApprovalGiven).on(
            SubjectKind::SignIn,
            &id,
            waits.as_deref(),
        );
        audit::record(&tx, &entry).await?;
        let replaced = match row.reauthorise_id {
            Some(id) => source::find(&tx, id).await.ok(),
            None => None,
        };
        // A connection that lost its consent goes on by itself: it is looked at now.
        let source = match replaced {
            Some(source) => Some(source::poll_now(&tx, source).await?.id),
            None => None,
        };
        tx.commit().await?;
        if let Some(source) = source {
            api.ring_poll(tenant, source).await;
        }
        Ok(())
    }

    /// The administrator did not.
    pub(super) async fn refused(self, api: &Api, error: &TokenError) -> Stop {
        if let Err(ending) = self.use_up(api).await {
            return ending.into();
        }
        match open(api, &self.token).await {
            Ok(_) => Ending::NotApproved(Refusal::of(error)).into(),
            Err(stop) => stop,
        }
    }

    /// A state is good once. Without Redis the cookie's hour is the limit: what comes twice does nothing new.
    async fn use_up(&self, api: &Api) -> Result<(), Ending> {
        let key = format!("approval-{}", hex::encode(sha256(self.state.as_bytes())));
        let lives = Duration::from_secs(LIVES.num_seconds().unsigned_abs());
        match api.doorbell.once(&key, lives).await {
            Ok(false) => Err(Ending::CannotBeUsed),
            Ok(true) => Ok(()),
            Err(error) => {
                tracing::warn!(cause = %error, "a state cannot be marked as used");
                Ok(())
            }
        }
    }
}

/// Whether the sign-in was approved and nobody has tried since: once more changes nothing, however often it is said.
fn is_new_to_nobody(row: &sign_in::Model) -> bool {
    let tried = row.ticket_used_at;
    row.approved_at
        .is_some_and(|approved| tried.is_none_or(|tried| tried <= approved))
}

/// The sign-in that waits for an approval, by the word of the administrator's link.
async fn open(api: &Api, token: &str) -> Result<Opened, Stop> {
    let opened = Opened::find(api, api.registry.sign_in_by_approval(token).await?).await?;
    match opened.row.state {
        SignInState::Started | SignInState::WaitingForApproval => Ok(opened),
        SignInState::Authorized | SignInState::Confirmed | SignInState::Connected => {
            Err(Ending::ApprovedBefore.into())
        }
        SignInState::Failed => Err(Ending::CannotBeUsed.into()),
    }
}
