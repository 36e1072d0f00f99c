//! Sign-ins with Microsoft: begun here, carried through a window of the browser, taken here.

mod find;
mod start;
mod take;
mod view;

use postroom_registry::{RegistryError, SignInId, TenantTx, sign_in};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::doors::Administrator;

pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(start::begin_sign_in)
        .service(find::get_sign_in)
        .service(take::take_sign_in);
}

/// A sign-in, for the account that began it. For everybody else there is none.
async fn own(
    tx: &TenantTx,
    caller: &Administrator,
    id: SignInId,
) -> Result<sign_in::Model, RegistryError> {
    let row = sign_in::find(tx, id).await?;
    match row.account_id == caller.account_id {
        true => Ok(row),
        false => Err(RegistryError::Missing),
    }
}
