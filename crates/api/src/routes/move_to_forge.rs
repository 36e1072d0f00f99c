//! A site moves from the Connect app to the Forge app and keeps everything: an administrator's own step, taken in the
//! panel of the Forge app.

mod accept;
mod offer;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(offer::get_move_offer)
        .service(accept::move_to_forge);
}
