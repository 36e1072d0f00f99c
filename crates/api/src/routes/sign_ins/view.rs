use chrono::{DateTime, Utc};
use postroom_registry::{
    RegistryError, TenantTx, grant,
    sign_in::{self, SignInState},
    tenant,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Aim, asked::Asked, in_words, links};
use crate::{Api, connection::WhoActs, doors::Site, routes::connections::Protocol};

/// How far a sign-in is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Progress {
    /// The window or the link is to be opened, or is at Microsoft.
    Started,
    /// An administrator of the directory must approve; it goes on by itself.
    WaitingForApproval,
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
    /// Who shall sign in.
    asked: Asked,
    /// To be opened in a window of the browser, or to be sent to the owner of the mailbox.
    url: String,
    /// The mailbox that was asked for; else the signer's own, once it is known.
    #[schema(required)]
    mailbox: Option<String>,
    /// Who signed in, once it is known.
    #[schema(required)]
    signed_in_as: Option<String>,
    /// Whether the mailbox is the signer's own, once it is known.
    #[schema(required)]
    signer_is_mailbox: Option<bool>,
    /// The wire.
    protocol: Protocol,
    /// The Jira site.
    site: String,
    /// What Postroom asks for, in words; once somebody signed in, what it was given.
    rights: Vec<String>,
    /// Permissions that the connection needs and that were not given.
    missing_scopes: Vec<String>,
    /// The link for an administrator of the directory, once an approval was asked for.
    #[schema(required)]
    approval_url: Option<String>,
    /// When an administrator came back from Microsoft without an error. Only a sign-in that goes through proves it.
    #[schema(required)]
    approved_at: Option<DateTime<Utc>>,
    /// What came into the mailbox while the connection was offline. Choose before you take the sign-in.
    #[schema(required)]
    gap: Option<Gap>,
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

/// Mail of a time in which nobody read the mailbox.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Gap {
    /// When it was last read to the end.
    since: DateTime<Utc>,
    /// For how many seconds nobody read it.
    offline_seconds: i64,
    /// Mails of that time which the ledger lacks.
    mails: i64,
    /// There are more; they were not counted to the end.
    more: bool,
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
    let grant = match row.grant_id {
        Some(id) => Some(grant::find(tx, id).await?),
        None => None,
    };
    let signed_in_as = grant.as_ref().map(|it| it.user_principal_name.clone());
    let aim = match Aim::of(tx, &row).await {
        Ok(aim) => Some(aim),
        // The connection that it was for was deleted.
        Err(RegistryError::Missing) => None,
        Err(error) => return Err(error),
    };
    let mailbox = aim.as_ref().and_then(|it| it.mailbox.clone());
    let (rights, missing) = scopes(aim.as_ref(), grant.as_ref());
    Ok(SignIn {
        id: row.id.0,
        state: progress(&row, tx.clock().now()),
        asked: row.asked.into(),
        url: links::opening(api, &row),
        mailbox: mailbox
            .or_else(|| row.mailbox.clone())
            .or_else(|| signed_in_as.clone()),
        signer_is_mailbox: aim
            .as_ref()
            .zip(signed_in_as.as_deref())
            .map(|(aim, signer)| !aim.is_shared_for(signer)),
        signed_in_as,
        protocol: row.protocol.into(),
        site: Site::of(&tenant::this(tx).await?).name(),
        rights,
        missing_scopes: missing.into_iter().map(str::to_owned).collect(),
        approval_url: links::approval(api, &row),
        approved_at: row.approved_at,
        gap: row.gap.map(Gap::from),
        failure: row.failure.map(SignInFailure::from),
        source_id: row.source_id.map(|id| id.0),
        outbound_id: row.outbound_id.map(|id| id.0),
        expires_at: row.expires_at,
    })
}

/// What was given, and what of the needed was not; before anybody signed in, what is asked for.
fn scopes(aim: Option<&Aim>, grant: Option<&grant::Model>) -> (Vec<String>, Vec<&'static str>) {
    match (aim, grant) {
        (Some(aim), Some(grant)) => (
            in_words(&grant.scopes),
            aim.lacks(&grant.scopes, &grant.user_principal_name),
        ),
        (None, Some(grant)) => (in_words(&grant.scopes), Vec::new()),
        (Some(aim), None) => (in_words(&aim.permissions(aim.is_shared())), Vec::new()),
        (None, None) => (Vec::new(), Vec::new()),
    }
}

fn progress(row: &sign_in::Model, now: DateTime<Utc>) -> Progress {
    match row.state {
        SignInState::Failed => Progress::Failed,
        SignInState::Connected => Progress::Connected,
        _ if row.is_expired(now) => Progress::Expired,
        SignInState::Started => Progress::Started,
        SignInState::WaitingForApproval => Progress::WaitingForApproval,
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

impl From<sign_in::Gap> for Gap {
    fn from(gap: sign_in::Gap) -> Self {
        Self {
            since: gap.since,
            offline_seconds: gap.offline_seconds,
            mails: gap.mails,
            more: gap.more,
        }
    }
}
