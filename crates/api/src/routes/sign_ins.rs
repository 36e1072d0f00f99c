//! Sign-ins with Microsoft: begun here, carried through a browser (the panel user's, or that of the mailbox's owner,
//! who gets a link), taken here.

mod ask_approval;
mod asked;
mod find;
mod gap;
pub(crate) mod links;
mod list;
mod replaced;
mod revoke;
mod rights;
mod start;
mod take;
mod view;
mod work;

use postroom_azure_oauth::{Microsoft, RegistrationError};
use postroom_registry::{RegistrationId, RegistryError, TenantTx, sign_in};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{Api, Problem, doors::Administrator};

pub(crate) use asked::Consent;
pub(crate) use gap::measure as measure_gap;
pub(crate) use replaced::Replaced;
pub(crate) use rights::{in_words, missing_words, words_of};
pub(crate) use take::{Import, is_owners_own, take_over};
pub(crate) use work::{Aim, same_address};

pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(start::begin_sign_in)
        .service(list::list_sign_ins)
        .service(find::get_sign_in)
        .service(revoke::revoke_sign_in)
        .service(ask_approval::ask_for_approval)
        .service(take::take_sign_in);
}

/// A sign-in, for the account that began it. For everybody else there is none.
fn own(caller: &Administrator, row: sign_in::Model) -> Result<sign_in::Model, RegistryError> {
    match row.account_id == caller.account_id {
        true => Ok(row),
        false => Err(RegistryError::Missing),
    }
}

/// Entra ID, through the app registration of a sign-in.
///
/// # Errors
/// When the tenant has no such registration (any more), or the database does not answer.
pub(crate) async fn microsoft_of(
    api: &Api,
    tx: &TenantTx,
    id: Option<RegistrationId>,
) -> Result<Microsoft, Problem> {
    api.registrations
        .of(tx, id)
        .await
        .map_err(|error| match error {
            RegistrationError::Registry(RegistryError::Missing) => {
                Problem::conflict("The app registration of this sign-in was deleted.")
                    .act("Begin the sign-in again.")
            }
            RegistrationError::Registry(error) => error.into(),
            error => Problem::conflict("The app registration of this sign-in cannot be used.")
                .act("Give it a new credential.")
                .because(error),
        })
}
