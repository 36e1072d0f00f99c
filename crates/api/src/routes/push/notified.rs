use actix_web::{HttpResponse, post, web};
use postroom_registry::subscription;
use serde::Deserialize;

use super::validation;
use crate::{
    Api, Problem,
    doors::{Notice, Said, Subscriber, in_time},
};

/// What Microsoft tells of a change. Which message it was is not looked at: the poll sees for itself.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Change {
    client_state: Option<String>,
}

impl Notice for Change {
    fn client_state(&self) -> Option<&str> {
        self.client_state.as_deref()
    }
}

/// Something changed in a folder: it is looked into now.
#[post("/microsoft/notifications/{key}")]
pub(crate) async fn notified(
    api: web::Data<Api>,
    call: Subscriber<Change>,
) -> Result<HttpResponse, Problem> {
    if let Said::Validate(token) = &call.said {
        return Ok(validation::answer(token));
    }
    in_time(async {
        api.ring_poll(call.tenant, call.source).await;
        let tx = api.registry.begin(call.tenant).await?;
        subscription::notified(&tx, call.subscription).await?;
        tx.commit().await?;
        Ok(HttpResponse::Accepted().finish())
    })
    .await
}
