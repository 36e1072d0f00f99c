//! Message outbounds.

mod change;
mod create;
mod delete;
mod find;
mod history;
mod list;
mod move_to_graph;
mod named;
mod pause;
mod ping;
mod posting;
mod resume;
mod test_mail;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use named::{known_outbound, outbound_name};
pub(crate) use posting::Posting;
pub(crate) use view::{Outbound, Read};

/// The folder that an outbound looks into: whether a mail of unknown outcome went out.
const FOLDER: &str = "sentitems";

pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list::list_outbounds)
        .service(create::create_outbound)
        .service(find::get_outbound)
        .service(history::get_outbound_history)
        .service(change::change_outbound)
        .service(delete::delete_outbound)
        .service(ping::ping_outbound)
        .service(pause::pause_outbound)
        .service(resume::resume_outbound)
        .service(move_to_graph::move_outbound_to_graph)
        .service(test_mail::send_test);
}
