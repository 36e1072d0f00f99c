//! Grants: what sign-ins left, for who wants to use one for another connection.

mod list;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list::list_grants);
}
