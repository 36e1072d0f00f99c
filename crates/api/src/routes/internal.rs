//! What the operator's own network asks: is the process alive, is it ready, what has it counted.

use actix_web::{HttpResponse, get, web};
use serde_json::json;

use crate::Api;

/// The routes of the internal listener. They need no caller: the listener is not public.
pub(crate) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(healthz).service(readyz).service(metrics);
}

/// The process lives.
#[get("/healthz")]
async fn healthz() -> &'static str {
    "ok\n"
}

/// PostgreSQL answers and has our schema, and Redis answers.
#[get("/readyz")]
async fn readyz(api: web::Data<Api>) -> HttpResponse {
    let (database, redis) = tokio::join!(api.registry.ready(&api.migrations), api.doorbell.ping());
    let ready = database.is_ok() && redis.is_ok();
    let word = |error: Option<String>| error.unwrap_or_else(|| "ready".to_owned());
    let body = json!({
        "postgresql": word(database.err().map(|error| error.to_string())),
        "redis": word(redis.err().map(|error| error.to_string())),
    });
    match ready {
        true => HttpResponse::Ok().json(body),
        false => HttpResponse::ServiceUnavailable().json(body),
    }
}

/// Everything counted so far, in Prometheus' text format.
#[get("/metrics")]
async fn metrics(api: web::Data<Api>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(api.metrics.render())
}
