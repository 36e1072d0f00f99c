use actix_web::{post, web};
use chrono::{DateTime, Utc};
use postroom_registry::{
    GrantId, MailId, NotificationId, RegistryError, SignInId, TenantId, TenantTx,
    audit::Actor,
    connection::{StateDetail, WhoActs},
    grant, mail, notification,
    sign_in::{self, Failure, SignInState},
};
use uuid::Uuid;

use super::{
    Aim, own,
    view::{SignIn, view},
};
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

mod bind;
mod connect;
mod import;
mod look;
mod reauthorise;
mod trail;

pub(crate) use import::Import;
pub(crate) use reauthorise::is_owners_own;

use import::TakeSignIn;
use look::{Looked, look};

/// Takes a confirmed sign-in: the connections are made, or get their new sign-in in place. Only the account that
/// began can do it; doing it twice is the same as once.
#[utoipa::path(
    tag = "sign-ins",
    params(("id" = Uuid, Path)),
    request_body(content = Option<TakeSignIn>),
    responses((status = OK, body = SignIn), (status = "default", body = ErrorBody))
)]
#[post("/sign-ins/{id}/take")]
pub(crate) async fn take_sign_in(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
    body: web::Bytes,
) -> Result<web::Json<SignIn>, Problem> {
    let id = SignInId(*id);
    let tx = api.registry.begin(caller.tenant).await?;
    let row = own(&caller, sign_in::find(&tx, id).await?)?;
    let import = Import::asked(&TakeSignIn::read(&body)?, &row, api.clock().now())?;
    tx.commit().await?;
    let by = Actor::Account(caller.account_id.clone());
    let row = take_over(&api, caller.tenant, &by, id, import).await?;
    let tx = api.registry.begin(caller.tenant).await?;
    let seen = view(&api, &tx, row).await?;
    tx.commit().await?;
    Ok(web::Json(seen))
}

/// Makes the connections of a confirmed sign-in, or gives them the new grant. What waited goes on.
///
/// # Errors
/// `conflict` when it is not confirmed, or not any more.
pub(crate) async fn take_over(
    api: &Api,
    tenant: TenantId,
    by: &Actor,
    id: SignInId,
    import: Import,
) -> Result<sign_in::Model, Problem> {
    let tx = api.registry.begin(tenant).await?;
    let row = sign_in::find(&tx, id).await?;
    if row.state == SignInState::Connected {
        return Ok(row);
    }
    let grant = grant::find(&tx, confirmed(&row, api.clock().now())?).await?;
    let aim = Aim::of(&tx, &row).await.map_err(deleted)?;
    tx.commit().await?;

    let looked = look(api, &row, &grant, &aim).await?;
    let tx = api.registry.begin(tenant).await?;
    let row = settle(api, &tx, by, &grant, (id, looked, import)).await?;
    let (mails, notifications) = wake(&tx, &row).await?;
    tx.commit().await?;
    if let Some(source) = row.source_id {
        api.ring_poll(tenant, source).await;
    }
    api.ring_process(tenant, &mails).await;
    api.ring_send(tenant, &notifications).await;
    Ok(row)
}

/// The connection that the sign-in was for.
fn deleted(error: RegistryError) -> Problem {
    match error {
        RegistryError::Missing => Problem::conflict("The connection was deleted meanwhile."),
        other => other.into(),
    }
}

/// The grant of a sign-in that the person in the window confirmed.
fn confirmed(row: &sign_in::Model, now: DateTime<Utc>) -> Result<GrantId, Problem> {
    match (row.state, row.grant_id) {
        _ if row.is_expired(now) => {
            Err(Problem::conflict("This sign-in took too long.").act("Begin it again."))
        }
        (SignInState::Confirmed, Some(grant)) => Ok(grant),
        (SignInState::Failed, _) => {
            Err(Problem::conflict("This sign-in failed.").act("Begin it again."))
        }
        _ => Err(Problem::conflict("This sign-in is not confirmed yet.")
            .act("Finish it in the window with Microsoft's sign-in.")),
    }
}

/// Writes down what came of it, unless the same was done meanwhile.
async fn settle(
    api: &Api,
    tx: &TenantTx,
    by: &Actor,
    grant: &grant::Model,
    (id, looked, import): (SignInId, Looked, Import),
) -> Result<sign_in::Model, Problem> {
    let row = sign_in::lock(tx, id).await?;
    if row.state == SignInState::Connected {
        return Ok(row);
    }
    confirmed(&row, api.clock().now())?;
    let before = trail::Before::look(tx).await?;
    let (source, outbound) = match looked {
        Looked::Refused(detail) => return Ok(sign_in::fail(tx, row, failure(detail)).await?),
        Looked::New { mailbox, inbox } => {
            connect::new(tx, &row, grant, (&mailbox, &inbox), api.poll_seconds).await?
        }
        Looked::Known(replaced) => {
            let made = reauthorise::known(tx, &row, &replaced, grant).await?;
            import.apply(tx, made.0).await?;
            made
        }
    };
    before.record(tx, by).await?;
    Ok(sign_in::connect(tx, row, source, outbound).await?)
}

fn failure(detail: StateDetail) -> Failure {
    let words =
        |text: Option<String>, otherwise: &str| text.unwrap_or_else(|| otherwise.to_owned());
    Failure {
        code: words(detail.error_code, "refused"),
        message: words(detail.meaning, "Microsoft refused."),
        action: words(detail.way_out, "Begin the sign-in again."),
        who_acts: detail.who_acts.unwrap_or(WhoActs::You),
        admin_url: None,
    }
}

/// What waited for the sign-in goes on.
async fn wake(
    tx: &TenantTx,
    row: &sign_in::Model,
) -> Result<(Vec<MailId>, Vec<NotificationId>), RegistryError> {
    let mails = match row.source_id {
        Some(source) => mail::wake(tx, source).await?,
        None => Vec::new(),
    };
    let notifications = match row.outbound_id {
        Some(outbound) => notification::wake(tx, outbound).await?,
        None => Vec::new(),
    };
    Ok((mails, notifications))
}
