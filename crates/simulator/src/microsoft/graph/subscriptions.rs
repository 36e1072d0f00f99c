//! `/subscriptions` ("subscription resource type").

mod create;
mod delete;
mod reauthorize;
mod renew;
mod resource;
mod show;
mod validate;

use actix_web::{http::StatusCode, web};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::{caller::Caller, error::GraphError};
use crate::microsoft::subscriptions::{LIFE, Subscription, Subscriptions};

/// Shorter lives are made as long as this.
const SHORTEST: TimeDelta = TimeDelta::minutes(45);

pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route("/subscriptions", web::post().to(create::subscription))
        .route("/subscriptions", web::get().to(show::list))
        .route("/subscriptions/{subscription}", web::get().to(show::one))
        .route(
            "/subscriptions/{subscription}",
            web::patch().to(renew::subscription),
        )
        .route(
            "/subscriptions/{subscription}",
            web::delete().to(delete::subscription),
        )
        .route(
            "/subscriptions/{subscription}/reauthorize",
            web::post().to(reauthorize::subscription),
        );
}

fn invalid(message: impl Into<String>) -> GraphError {
    GraphError::new(StatusCode::BAD_REQUEST, "ValidationError", message)
}

/// The subscription in the path, when it is this user's and this application's.
fn held<'a>(caller: &Caller, all: &'a Subscriptions) -> Result<&'a Subscription, GraphError> {
    let missing = || {
        let text = "The object was not found.";
        GraphError::new(StatusCode::NOT_FOUND, "ResourceNotFound", text)
    };
    let id = Uuid::parse_str(&caller.part("subscription")).map_err(|_| missing())?;
    all.all
        .get(&id)
        .filter(|held| is_of(caller, held))
        .ok_or_else(missing)
}

fn is_of(caller: &Caller, subscription: &Subscription) -> bool {
    subscription.client_id == caller.client_id
        && subscription.mailbox.eq_ignore_ascii_case(&caller.user)
}

/// `expirationDateTime`: in the future, not too far.
fn expiration(given: Option<&Value>, now: DateTime<Utc>) -> Result<DateTime<Utc>, GraphError> {
    let text = given.and_then(Value::as_str);
    let at = text.and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    let at = at
        .ok_or_else(|| invalid("expirationDateTime is missing or is no date and time."))?
        .to_utc();
    if at <= now {
        return Err(invalid("Subscription expiration must be in the future."));
    }
    if at > now + LIFE {
        let text = format!(
            "Subscription expiration can only be {} minutes in the future.",
            LIFE.num_minutes()
        );
        return Err(invalid(text));
    }
    Ok(at.max(now + SHORTEST))
}
