//! A chat tool that takes messages by webhook: Slack's, Teams' or anybody's.

use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use crate::world::World;

/// Messages beyond this many are forgotten, oldest first.
const KEPT: usize = 10_000;

/// A message that came.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Message {
    name: String,
    at: DateTime<Utc>,
    body: Value,
}

pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route("/chat/{name}", web::post().to(take));
}

/// Slack says `ok`, Teams accepts, and neither takes what it cannot show ("Sending messages using incoming webhooks",
/// Slack; "Create incoming webhooks with Workflows for Microsoft Teams").
async fn take(
    world: web::Data<World>,
    request: HttpRequest,
    name: web::Path<String>,
    body: Bytes,
) -> HttpResponse {
    let is_json = request
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/json"));
    let body: Value = match serde_json::from_slice(&body) {
        Ok(Value::Object(body)) if is_json => Value::Object(body),
        _ => return HttpResponse::BadRequest().body("invalid_payload"),
    };
    let card = body.pointer("/attachments/0/contentType");
    let answer = match (body.get("text"), card) {
        (_, Some(kind)) if kind == "application/vnd.microsoft.card.adaptive" => {
            let shown = body.pointer("/attachments/0/content/type");
            if shown.is_none_or(|shown| shown != "AdaptiveCard") {
                return HttpResponse::BadRequest().body("the card is no adaptive card");
            }
            HttpResponse::Accepted().finish()
        }
        (Some(Value::String(text)), _) if text.trim().is_empty() => {
            return HttpResponse::BadRequest().body("no_text");
        }
        _ => HttpResponse::Ok().body("ok"),
    };
    let mut cloud = world.cloud();
    cloud.chat.push(Message {
        name: name.into_inner(),
        at: world.clock.now(),
        body,
    });
    if cloud.chat.len() > KEPT {
        cloud.chat.remove(0);
    }
    answer
}
