use actix_web::{post, web};
use chrono::{DateTime, Utc};
use postroom_registry::{
    GrantId, RegistryError, SignInId, TenantTx,
    connection::StateDetail,
    grant, mail, notification,
    sign_in::{self, Failure, SignInState},
};
use uuid::Uuid;

use super::{
    own,
    view::{SignIn, view},
};
use crate::{
    Api, Problem,
    doors::{Administrator, Caller},
    problem::ErrorBody,
};

mod bind;
mod connect;
mod look;
mod reauthorise;
mod trail;

use look::{Looked, look};

/// Takes a confirmed sign-in: the connections are made, or get their new sign-in in place. Only the account that
/// began can do it; doing it twice is the same as once.
#[utoipa::path(
    tag = "sign-ins",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = SignIn), (status = "default", body = ErrorBody))
)]
#[post("/sign-ins/{id}/take")]
pub(crate) async fn take_sign_in(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<SignIn>, Problem> {
    let id = SignInId(*id);
    let tx = api.registry.begin(caller.tenant).await?;
    let row = own(&tx, &caller, id).await?;
    if row.state == SignInState::Connected {
        let seen = view(&api, &tx, row).await?;
        tx.commit().await?;
        return Ok(web::Json(seen));
    }
    let grant = grant::find(&tx, confirmed(&row, api.clock().now())?).await?;
    let replaced = reauthorise::replaced(&tx, &row, &grant).await?;
    tx.commit().await?;

    let looked = look(&api, caller.tenant, &grant, replaced.as_ref()).await?;
    let tx = api.registry.begin(caller.tenant).await?;
    let row = settle(&api, &tx, &caller, &grant, (id, looked)).await?;
    let bells = wake(&tx, &row).await?;
    let seen = view(&api, &tx, row.clone()).await?;
    tx.commit().await?;
    if let Some(source) = row.source_id {
        api.ring_poll(caller.tenant, source).await;
    }
    api.ring_process(caller.tenant, &bells.0).await;
    api.ring_send(caller.tenant, &bells.1).await;
    Ok(web::Json(seen))
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
    caller: &Caller,
    grant: &grant::Model,
    (id, looked): (SignInId, Looked),
) -> Result<sign_in::Model, Problem> {
    let row = sign_in::lock(tx, id).await?;
    if row.state == SignInState::Connected {
        return Ok(row);
    }
    confirmed(&row, api.clock().now())?;
    let before = trail::Before::look(tx).await?;
    let (source, outbound) = match looked {
        Looked::Refused(detail) => return Ok(sign_in::fail(tx, row, failure(detail)).await?),
        Looked::New { inbox } => connect::new(tx, &row, grant, &inbox, api.poll_seconds).await?,
        Looked::Known { source } => reauthorise::known(tx, *source, grant).await?,
    };
    before.record(tx, caller).await?;
    Ok(sign_in::connect(tx, row, source, outbound).await?)
}

fn failure(detail: StateDetail) -> Failure {
    let words =
        |text: Option<String>, otherwise: &str| text.unwrap_or_else(|| otherwise.to_owned());
    Failure {
        code: words(detail.error_code, "refused"),
        message: words(detail.meaning, "Microsoft refused."),
        action: words(detail.way_out, "Begin the sign-in again."),
        who_acts: detail
            .who_acts
            .unwrap_or(postroom_registry::connection::WhoActs::You),
        admin_url: None,
    }
}

/// What waited for the sign-in goes on.
async fn wake(
    tx: &TenantTx,
    row: &sign_in::Model,
) -> Result<
    (
        Vec<postroom_registry::MailId>,
        Vec<postroom_registry::NotificationId>,
    ),
    RegistryError,
> {
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
