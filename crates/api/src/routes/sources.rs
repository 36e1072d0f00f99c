//! Message sources.

mod change;
mod create;
mod delete;
mod find;
mod folders;
mod history;
mod list;
mod move_to_graph;
mod pause;
mod ping;
mod poll;
mod reconcile;
mod resume;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use view::{Read, Source};

pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list::list_sources)
        .service(create::create_source)
        .service(find::get_source)
        .service(folders::list_folders)
        .service(history::get_source_history)
        .service(change::change_source)
        .service(delete::delete_source)
        .service(ping::ping_source)
        .service(pause::pause_source)
        .service(resume::resume_source)
        .service(poll::poll_source)
        .service(reconcile::reconcile_source)
        .service(move_to_graph::move_source_to_graph);
}
