//! Which routes there are, and what the public listener puts up with. The binary owns the listeners.

use std::{io, net::TcpListener, num::NonZero, thread, time::Duration};

use actix_web::{App, HttpServer, dev::Server, middleware::from_fn, web};
use tracing_actix_web::TracingLogger;

use crate::{Api, body, doors, limits, observe, pages, routes};

/// How the public listener runs.
#[derive(Clone, Debug)]
pub struct Listening {
    /// Threads that answer.
    pub workers: usize,
    /// How long a sender may take for the head of a request; a connection that sends nothing ends as soon.
    pub slowest_head: Duration,
    /// How long a connection may rest between two requests.
    pub keep_alive: Duration,
    /// Connections of one thread at once; more of them wait.
    pub most_connections: usize,
    /// How long requests in hand may take once the server stops, in whole seconds.
    pub farewell: Duration,
}

impl Default for Listening {
    fn default() -> Self {
        Self {
            // As many as there are cores for us; two on one core would only take turns.
            workers: thread::available_parallelism().map_or(1, NonZero::get),
            slowest_head: Duration::from_secs(10),
            // Longer than proxies keep theirs (60 seconds): the side that closes first is the one that may lose a request.
            keep_alive: Duration::from_secs(75),
            most_connections: 10_000,
            farewell: Duration::from_secs(20),
        }
    }
}

/// The public listener. A head that is too large is 431, one that does not come is 408, one that is no HTTP is 400;
/// bodies are bounded by [`configure`].
///
/// # Errors
/// When the listener cannot be used.
pub fn listen(api: &Api, listener: TcpListener, how: &Listening) -> io::Result<Server> {
    let api = api.clone();
    let app = move || App::new().configure(|cfg| configure(cfg, &api));
    let server = HttpServer::new(app)
        .workers(how.workers)
        .client_request_timeout(how.slowest_head)
        .keep_alive(how.keep_alive)
        .max_connections(how.most_connections)
        // A sender that is gone ends its work.
        .h1_allow_half_closed(false)
        .shutdown_timeout(how.farewell.as_secs())
        .disable_signals()
        .listen(listener)?
        .run();
    Ok(server)
}

/// The public routes, below the path of the base URL and, for a proxy that takes it off, without it.
pub fn configure(cfg: &mut web::ServiceConfig, api: &Api) {
    cfg.app_data(web::Data::new(api.clone()));
    if !api.base_path().is_empty() {
        cfg.service(
            web::scope(api.base_path())
                .wrap(from_fn(body::declared))
                .wrap(from_fn(limits::by_address))
                .wrap(from_fn(observe::answer))
                .wrap(TracingLogger::<observe::RootSpan>::new())
                .wrap(from_fn(body::bounded))
                .configure(surface),
        );
    }
    cfg.service(
        web::scope("")
            .wrap(from_fn(body::declared))
            .wrap(from_fn(limits::by_address))
            .wrap(from_fn(observe::answer))
            .wrap(TracingLogger::<observe::RootSpan>::new())
            .wrap(from_fn(body::bounded))
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
    routes::forge(cfg);
    routes::push(cfg);
    pages::configure(cfg);
    cfg.default_service(web::to(routes::nothing_here));
}

/// The routes for the operator's own network: `/healthz`, `/readyz`, `/metrics`.
pub fn internal(cfg: &mut web::ServiceConfig, api: &Api) {
    cfg.app_data(web::Data::new(api.clone()));
    cfg.configure(routes::internal);
}
