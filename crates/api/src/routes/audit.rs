//! Who changed what, for the site's administrators.

mod entry;
mod export;
mod list;
mod sentence;
mod sheet;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list::list_audit).service(export::export_audit);
}
