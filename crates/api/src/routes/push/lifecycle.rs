use actix_web::{HttpResponse, post, web};
use postroom_registry::subscription::{self, Lifecycle};
use serde::Deserialize;

use super::validation;
use crate::{
    Api, Problem,
    doors::{Notice, Said, Subscriber, in_time},
};

/// What Microsoft tells of a subscription (*Reduce missing subscriptions and change notifications*, Microsoft Graph).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Event {
    client_state: Option<String>,
    lifecycle_event: Option<String>,
}

impl Notice for Event {
    fn client_state(&self) -> Option<&str> {
        self.client_state.as_deref()
    }
}

/// Something happened to a subscription itself: it is looked after now, and so is the folder.
#[post("/microsoft/lifecycle/{key}")]
pub(crate) async fn lifecycle(
    api: web::Data<Api>,
    call: Subscriber<Event>,
) -> Result<HttpResponse, Problem> {
    let told = match &call.said {
        Said::Validate(token) => return Ok(validation::answer(token)),
        Said::Told(events) => each_once(events.iter().filter_map(read)),
    };
    in_time(async {
        for event in told {
            let tx = api.registry.begin(call.tenant).await?;
            subscription::look_after(&tx, call.subscription, event).await?;
            tx.commit().await?;
            match event {
                Lifecycle::Missed => api.ring_poll(call.tenant, call.source).await,
                Lifecycle::ReauthorizationRequired | Lifecycle::Removed => {
                    api.ring_subscribe(call.tenant, call.subscription).await;
                }
            }
        }
        Ok(HttpResponse::Accepted().finish())
    })
    .await
}

fn each_once(events: impl Iterator<Item = Lifecycle>) -> Vec<Lifecycle> {
    let mut once = Vec::new();
    for event in events {
        if !once.contains(&event) {
            once.push(event);
        }
    }
    once
}

/// What we do not know asks for nothing.
fn read(event: &Event) -> Option<Lifecycle> {
    match event.lifecycle_event.as_deref()? {
        "reauthorizationRequired" => Some(Lifecycle::ReauthorizationRequired),
        "subscriptionRemoved" => Some(Lifecycle::Removed),
        "missed" => Some(Lifecycle::Missed),
        _ => None,
    }
}
