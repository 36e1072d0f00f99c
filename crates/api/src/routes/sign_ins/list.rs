use actix_web::{get, web};
use postroom_registry::sign_in;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::{SignIn, view};
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

/// Which sign-ins.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// `true`: only those that can still be gone on with.
    open: Option<bool>,
}

/// Sign-ins, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignIns {
    items: Vec<SignIn>,
}

/// The sign-ins that the caller began: windows, and links that were sent.
#[utoipa::path(
    tag = "sign-ins",
    params(Which),
    responses((status = OK, body = SignIns), (status = "default", body = ErrorBody))
)]
#[get("/sign-ins")]
pub(crate) async fn list_sign_ins(
    api: web::Data<Api>,
    caller: Administrator,
    which: web::Query<Which>,
) -> Result<web::Json<SignIns>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let open = which.open.unwrap_or(false);
    let rows = sign_in::list(&tx, &caller.account_id, open).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        items.push(view(&api, &tx, row).await?);
    }
    tx.commit().await?;
    Ok(web::Json(SignIns { items }))
}
