//! What a browser shows: the panel inside Jira, and the window of a sign-in with Microsoft. And the descriptor.

mod descriptor;
mod html;
mod microsoft;
mod panel;

use actix_web::web::ServiceConfig;

pub(crate) use html::problem_page;
pub(crate) use panel::PanelBundle;

pub(crate) fn configure(cfg: &mut ServiceConfig) {
    cfg.service(descriptor::descriptor)
        .service(panel::page::panel_page)
        .service(panel::asset::panel_asset);
    microsoft::configure(cfg);
}
