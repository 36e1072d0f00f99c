//! Message sources.

mod change;
mod delete;
mod find;
mod list;
mod pause;
mod ping;
mod poll;
mod resume;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use view::{Source, view};

pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list::list_sources)
        .service(find::get_source)
        .service(change::change_source)
        .service(delete::delete_source)
        .service(ping::ping_source)
        .service(pause::pause_source)
        .service(resume::resume_source)
        .service(poll::poll_source);
}
