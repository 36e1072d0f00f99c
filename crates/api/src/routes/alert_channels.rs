//! Where a site wants to be told that a connection is out of order.

mod change;
mod create;
mod delete;
mod list;
mod target;
mod test;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list::list_alert_channels)
        .service(create::create_alert_channel)
        .service(change::change_alert_channel)
        .service(delete::delete_alert_channel)
        .service(test::test_alert_channel);
}
