//! What Microsoft calls when something happens in a mailbox. A hint and no more: it rings, and the poll looks.

mod lifecycle;
mod notified;
mod validation;

use actix_web::web::ServiceConfig;

pub(crate) fn configure(cfg: &mut ServiceConfig) {
    cfg.service(notified::notified)
        .service(lifecycle::lifecycle);
}
