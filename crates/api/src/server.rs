//! Which routes there are. The binary owns the listeners.

use actix_web::{middleware::from_fn, web};
use tracing_actix_web::TracingLogger;

use crate::{Api, body, doors, observe, pages, routes};

/// The public routes, below the path of the base URL and, for a proxy that takes it off, without it.
pub fn configure(cfg: &mut web::ServiceConfig, api: &Api) {
    cfg.app_data(web::Data::new(api.clone()));
    if !api.base_path().is_empty() {
        cfg.service(
            web::scope(api.base_path())
                .wrap(from_fn(observe::answer))
                .wrap(TracingLogger::<observe::RootSpan>::new())
                .configure(surface),
        );
    }
    cfg.service(
        web::scope("")
            .wrap(from_fn(observe::answer))
            .wrap(TracingLogger::<observe::RootSpan>::new())
            .configure(surface),
    );
}

fn surface(cfg: &mut web::ServiceConfig) {
    body::configure(cfg);
    cfg.service(
        web::scope("/api/v1")
            .wrap(from_fn(doors::panel_only))
            .configure(routes::served),
    );
    cfg.service(web::scope("/connect").configure(routes::connect));
    pages::configure(cfg);
    cfg.default_service(web::to(routes::nothing_here));
}

/// The routes for the operator's own network: `/healthz`, `/readyz`, `/metrics`.
pub fn internal(cfg: &mut web::ServiceConfig, api: &Api) {
    cfg.app_data(web::Data::new(api.clone()));
    cfg.configure(routes::internal);
}
