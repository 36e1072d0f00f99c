//! `PATCH /messages/{id}`: the read flag and the categories.

use actix_web::{HttpResponse, http::StatusCode};
use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::{
    caller::{Caller, Right},
    error::GraphError,
    message::View,
    select::Select,
};

/// Writable on the real message, without effect here.
const TOLERATED: [&str; 3] = ["flag", "importance", "inferenceClassification"];

pub(super) async fn message(caller: Caller, body: Bytes) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Write)?;
    let edit = Edit::read(&body)?;
    let now = caller.world.clock.now();
    let mut cloud = caller.world.cloud();
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let key = mailbox.find(&caller.part("message"))?.key();
    mailbox.edit(key, now, |mail| {
        if let Some(is_read) = edit.is_read {
            mail.is_read = is_read;
        }
        if let Some(categories) = edit.categories {
            mail.categories = categories;
        }
    });
    let mail = mailbox.mail(key).ok_or_else(GraphError::item_not_found)?;
    let mut shown = View::new(&caller, mailbox).message(mail, &Select::default());
    let context = format!(
        "{}/v1.0/$metadata#users('{}')/messages/$entity",
        caller.base, caller.mailbox
    );
    shown.insert("@odata.context".into(), json!(context));
    Ok(HttpResponse::Ok().json(shown))
}

#[derive(Debug, Default)]
struct Edit {
    is_read: Option<bool>,
    categories: Option<Vec<String>>,
}

impl Edit {
    fn read(body: &[u8]) -> Result<Self, GraphError> {
        let unreadable = |_| GraphError::bad_request("Unable to read JSON request payload.");
        let given: Map<String, Value> = serde_json::from_slice(body).map_err(unreadable)?;
        let mut edit = Self::default();
        for (name, value) in given {
            let wrong = |_| {
                let text = format!("Cannot convert the value of property '{name}'.");
                GraphError::new(StatusCode::BAD_REQUEST, "RequestBodyRead", text)
            };
            match name.as_str() {
                "isRead" => edit.is_read = Some(serde_json::from_value(value).map_err(wrong)?),
                "categories" => {
                    edit.categories = Some(serde_json::from_value(value).map_err(wrong)?);
                }
                other if TOLERATED.contains(&other) || other.starts_with('@') => {}
                other => {
                    let text = format!(
                        "The property '{other}' does not exist on type 'microsoft.graph.message', or cannot be changed."
                    );
                    return Err(GraphError::new(
                        StatusCode::BAD_REQUEST,
                        "RequestBodyRead",
                        text,
                    ));
                }
            }
        }
        Ok(edit)
    }
}
