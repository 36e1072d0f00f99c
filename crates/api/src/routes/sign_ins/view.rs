use chrono::{DateTime, Utc};
use postroom_registry::{
    RegistryError, TenantTx, grant,
    sign_in::{self, SignInState},
    source,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Api, connection::WhoActs};

/// How far a sign-in is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Progress {
    /// The window is to be opened, or is at Microsoft.
    Started,
    /// Microsoft gave a grant; the person in the window has not confirmed yet.
    Authorized,
    /// Confirmed in the window; the panel may take it.
    Confirmed,
    /// Taken: the connections exist.
    Connected,
    /// Ended without a connection.
    Failed,
    /// Nobody went on in time.
    Expired,
}

/// A sign-in on its way.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignIn {
    id: Uuid,
    state: Progress,
    /// To be opened in a window of the browser.
    url: String,
    /// The mailbox, once it is known.
    #[schema(required)]
    mailbox: Option<String>,
    /// Who signed in, once it is known.
    #[schema(required)]
    signed_in_as: Option<String>,
    /// Why it failed.
    #[schema(required)]
    failure: Option<SignInFailure>,
    /// The source that came of it.
    #[schema(required)]
    source_id: Option<Uuid>,
    /// The outbound that came of it.
    #[schema(required)]
    outbound_id: Option<Uuid>,
    /// When it is too late to go on.
    expires_at: DateTime<Utc>,
}

/// Why a sign-in failed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignInFailure {
    /// `AADSTS65004`, or a word of ours.
    code: String,
    /// What happened.
    message: String,
    /// What to do.
    action: String,
    /// Who does it.
    who_acts: WhoActs,
    /// A link for the directory's administrator, where that helps.
    #[schema(required)]
    admin_url: Option<String>,
}

/// What the panel sees of a sign-in.
pub(crate) async fn view(
    api: &Api,
    tx: &TenantTx,
    row: sign_in::Model,
) -> Result<SignIn, RegistryError> {
    let signed_in_as = match row.grant_id {
        Some(id) => Some(grant::find(tx, id).await?.user_principal_name),
        None => None,
    };
    let reauthorised = match row.reauthorise_id {
        Some(id) => source::find(tx, id).await.ok().map(|source| source.mailbox),
        None => None,
    };
    Ok(SignIn {
        id: row.id.0,
        state: progress(&row, tx.clock().now()),
        url: api.url(&format!("/microsoft/sign-in/{}", row.ticket)),
        mailbox: signed_in_as
            .clone()
            .map(|signer| reauthorised.unwrap_or(signer)),
        signed_in_as,
        failure: row.failure.map(SignInFailure::from),
        source_id: row.source_id.map(|id| id.0),
        outbound_id: row.outbound_id.map(|id| id.0),
        expires_at: row.expires_at,
    })
}

fn progress(row: &sign_in::Model, now: DateTime<Utc>) -> Progress {
    match row.state {
        SignInState::Failed => Progress::Failed,
        SignInState::Connected => Progress::Connected,
        _ if row.is_expired(now) => Progress::Expired,
        SignInState::Started => Progress::Started,
        SignInState::Authorized => Progress::Authorized,
        SignInState::Confirmed => Progress::Confirmed,
    }
}

impl From<sign_in::Failure> for SignInFailure {
    fn from(failure: sign_in::Failure) -> Self {
        Self {
            code: failure.code,
            message: failure.message,
            action: failure.action,
            who_acts: failure.who_acts.into(),
            admin_url: failure.admin_url,
        }
    }
}
