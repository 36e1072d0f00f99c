//! `PATCH /subscriptions/{id}` ("Update subscription"): a later end, another URL.

use actix_web::HttpResponse;
use bytes::Bytes;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Caller, GraphError, expiration, held, invalid, validate};
use crate::microsoft::{cloud::Cloud, subscriptions::Lifecycle};

pub(super) async fn subscription(caller: Caller, body: Bytes) -> Result<HttpResponse, GraphError> {
    let given: Map<String, Value> = serde_json::from_slice(&body)
        .map_err(|_| GraphError::bad_request("Unable to read JSON request payload."))?;
    let known = |name: &&String| ["expirationDateTime", "notificationUrl"].contains(&name.as_str());
    if let Some(name) = given.keys().find(|name| !known(name)) {
        return Err(invalid(format!("The property '{name}' cannot be changed.")));
    }
    let id = held(&caller, &caller.world.cloud().subscriptions)?.id;
    let url = given.get("notificationUrl").and_then(Value::as_str);
    if let Some(url) = url {
        validate::url(&caller.world, "notificationUrl", url).await?;
    }
    let now = caller.world.clock.now();
    let later = given.get("expirationDateTime");
    let later = later
        .map(|later| expiration(Some(later), now))
        .transpose()?;
    let mut cloud = caller.world.cloud();
    authorize(&mut cloud, &caller, id);
    let missing = || invalid("The subscription has ended.");
    let subscription = cloud.subscriptions.all.get_mut(&id).ok_or_else(missing)?;
    subscription.expires = later.unwrap_or(subscription.expires);
    if let Some(url) = url {
        url.clone_into(&mut subscription.notification_url);
    }
    let mut shown = subscription.json();
    let context = format!("{}/v1.0/$metadata#subscriptions/$entity", caller.base);
    shown["@odata.context"] = json!(context);
    Ok(HttpResponse::Ok().json(shown))
}

/// The caller's access stands for the subscription; what was not told meanwhile is `missed`.
pub(super) fn authorize(cloud: &mut Cloud, caller: &Caller, id: Uuid) {
    let Some(subscription) = cloud.subscriptions.all.get_mut(&id) else {
        return;
    };
    subscription.authorize(caller.expires);
    if std::mem::take(&mut subscription.has_missed) {
        cloud.tell_lifecycle(Lifecycle::Missed, id, caller.world.clock.now());
    }
}
