use actix_web::{get, web};
use postroom_registry::{SignInId, sign_in};
use uuid::Uuid;

use super::{
    own,
    view::{SignIn, view},
};
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

/// How far a sign-in is. Only for the account that began it.
#[utoipa::path(
    tag = "sign-ins",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = SignIn), (status = "default", body = ErrorBody))
)]
#[get("/sign-ins/{id}")]
pub(crate) async fn get_sign_in(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<SignIn>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = own(&caller, sign_in::find(&tx, SignInId(*id)).await?)?;
    let seen = view(&api, &tx, row).await?;
    tx.commit().await?;
    Ok(web::Json(seen))
}
