//! What was out of order, and whom Postroom told of it.

mod list;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use view::view;

pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list::list_incidents);
}
