//! Message outbounds.

mod change;
mod delete;
mod find;
mod list;
mod pause;
mod ping;
mod resume;
mod test_mail;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use view::{Outbound, view};

/// The folder that an outbound looks into: whether a mail of unknown outcome went out.
const FOLDER: &str = "sentitems";

pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list::list_outbounds)
        .service(find::get_outbound)
        .service(change::change_outbound)
        .service(delete::delete_outbound)
        .service(ping::ping_outbound)
        .service(pause::pause_outbound)
        .service(resume::resume_outbound)
        .service(test_mail::send_test);
}
