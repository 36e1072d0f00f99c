//! What a site has agreed with Microsoft: consent, directories, app registrations, and what of it ends when.

mod expiries;
mod get;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(get::get_microsoft);
}
