//! `POST /subscriptions` ("Create subscription").

use actix_web::{HttpResponse, http::StatusCode};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::{Caller, GraphError, expiration, invalid, resource, validate};
use crate::microsoft::subscriptions::{Kinds, Subscription};

/// Longest clientState.
const CLIENT_STATE: usize = 128;
/// Most subscriptions of a mailbox.
const MOST: usize = 1000;

const KNOWN: [&str; 9] = [
    "changeType",
    "notificationUrl",
    "lifecycleNotificationUrl",
    "resource",
    "expirationDateTime",
    "clientState",
    "latestSupportedTlsVersion",
    "includeResourceData",
    "@odata.type",
];

/// What was asked for, looked at but not yet validated with the URLs.
struct Asked {
    resource: String,
    folder: Option<String>,
    kinds: Kinds,
    notification_url: String,
    lifecycle_url: Option<String>,
    client_state: Option<String>,
    expires: DateTime<Utc>,
}

pub(super) async fn subscription(caller: Caller, body: Bytes) -> Result<HttpResponse, GraphError> {
    let asked = read(&caller, &body)?;
    validate::url(&caller.world, "notificationUrl", &asked.notification_url).await?;
    if let Some(url) = &asked.lifecycle_url {
        validate::url(&caller.world, "lifecycleNotificationUrl", url).await?;
    }
    let subscription = keep(&caller, asked)?;
    let mut shown = subscription.json();
    let context = format!("{}/v1.0/$metadata#subscriptions/$entity", caller.base);
    shown["@odata.context"] = json!(context);
    Ok(HttpResponse::Created().json(shown))
}

fn read(caller: &Caller, body: &[u8]) -> Result<Asked, GraphError> {
    let given: Map<String, Value> = serde_json::from_slice(body)
        .map_err(|_| GraphError::bad_request("Unable to read JSON request payload."))?;
    if let Some(name) = given.keys().find(|name| !KNOWN.contains(&name.as_str())) {
        return Err(invalid(format!(
            "The property '{name}' is not supported here."
        )));
    }
    if given.get("includeResourceData") == Some(&json!(true)) {
        return Err(invalid(
            "Notifications with resource data are not supported here.",
        ));
    }
    let text = |name: &str| given.get(name).and_then(Value::as_str).map(str::to_owned);
    let needed = |name: &str| text(name).ok_or_else(|| invalid(format!("{name} is required.")));
    let resource = needed("resource")?;
    let kinds = Kinds::parse(&needed("changeType")?)
        .ok_or_else(|| invalid("changeType must be of created, updated and deleted."))?;
    let client_state = text("clientState");
    if client_state
        .as_ref()
        .is_some_and(|state| state.len() > CLIENT_STATE)
    {
        return Err(invalid(format!(
            "clientState is longer than {CLIENT_STATE} characters."
        )));
    }
    Ok(Asked {
        folder: resource::folder(caller, &resource)?,
        resource,
        kinds,
        notification_url: needed("notificationUrl")?,
        lifecycle_url: text("lifecycleNotificationUrl"),
        client_state,
        expires: expiration(given.get("expirationDateTime"), caller.world.clock.now())?,
    })
}

fn keep(caller: &Caller, asked: Asked) -> Result<Subscription, GraphError> {
    let mut cloud = caller.world.cloud();
    let user = cloud
        .user(&caller.user)
        .ok_or_else(|| GraphError::invalid_user(&caller.user))?
        .clone();
    let mailbox = cloud
        .mailbox_mut(&caller.user)
        .ok_or_else(GraphError::no_mailbox)?;
    let subscription = Subscription {
        id: caller.world.clock.new_id(),
        client_id: caller.client_id.clone(),
        tid: user.tid,
        oid: user.oid,
        mailbox: mailbox.address.clone(),
        revocations: user.revocations,
        folder: resource::key(mailbox, asked.folder.as_deref())?,
        resource: asked.resource,
        kinds: asked.kinds,
        notification_url: asked.notification_url,
        lifecycle_url: asked.lifecycle_url,
        client_state: asked.client_state,
        expires: asked.expires,
        access_expires: caller.expires,
        immutable: caller.prefer.immutable,
        seen: mailbox.now_at(),
        asked_to_reauthorize: false,
        has_missed: false,
    };
    let all = &mut cloud.subscriptions.all;
    let of_mailbox = all
        .values()
        .filter(|held| held.mailbox == subscription.mailbox);
    if of_mailbox.count() >= MOST {
        let text = "The mailbox has the most subscriptions that it may have.";
        return Err(GraphError::new(
            StatusCode::FORBIDDEN,
            "ExtensionError",
            text,
        ));
    }
    all.insert(subscription.id, subscription.clone());
    Ok(subscription)
}
