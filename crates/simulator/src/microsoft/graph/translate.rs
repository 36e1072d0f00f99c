//! `POST /translateExchangeIds` ("user: translateExchangeIds").

use actix_web::HttpResponse;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    caller::{Caller, Right},
    error::GraphError,
};
use crate::microsoft::mailbox::{Mailbox, Spelling};

/// Most ids in one request.
const MOST: usize = 1000;

/// What any of these scopes lets an application do, it may do by this.
const SCOPES: [&str; 6] = [
    "User.ReadBasic.All",
    "User.Read",
    "User.Read.All",
    "Mail.Read",
    "Mail.ReadWrite",
    "Mail.ReadBasic",
];

/// Action parameters: clients write them as the documentation or as the metadata does.
#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(rename = "inputIds", alias = "InputIds")]
    input_ids: Vec<String>,
    #[serde(rename = "sourceIdType", alias = "SourceIdType")]
    source: Spelling,
    #[serde(rename = "targetIdType", alias = "TargetIdType")]
    target: Spelling,
}

pub(super) async fn ids(caller: Caller, body: Bytes) -> Result<HttpResponse, GraphError> {
    let allowed = match caller.is_own() {
        true => SCOPES.iter().any(|name| caller.has(name)),
        false => caller.may(Right::Read).is_ok(),
    };
    if !allowed {
        return Err(GraphError::access_denied());
    }
    let asked: Asked = serde_json::from_slice(&body).map_err(|error| {
        GraphError::bad_request(format!("Unable to read JSON request payload: {error}"))
    })?;
    if asked.input_ids.len() > MOST {
        let text = format!("The number of ids is over the limit of {MOST}.");
        return Err(GraphError::bad_request(text));
    }
    let mut cloud = caller.world.cloud();
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let results: Vec<_> = asked
        .input_ids
        .iter()
        .map(|id| one(mailbox, id, asked.source, asked.target))
        .collect();
    Ok(HttpResponse::Ok().json(json!({
        "@odata.context": format!("{}/v1.0/$metadata#Collection(microsoft.graph.convertIdResult)", caller.base),
        "value": results,
    })))
}

/// An id that leads nowhere has its error instead of a target.
fn one(mailbox: &Mailbox, id: &str, source: Spelling, target: Spelling) -> Value {
    match mailbox.translate(id, source, target) {
        Some(target) => json!({ "sourceId": id, "targetId": target, "errorDetails": null }),
        None => {
            let text =
                "The id could not be converted: it is malformed, or of no item in this mailbox.";
            json!({
                "sourceId": id,
                "targetId": null,
                "errorDetails": { "code": "ErrorInvalidIdMalformed", "message": text },
            })
        }
    }
}
