//! `/mailFolders` and `/mailFolders/{folder}/childFolders`.

use actix_web::{HttpResponse, http::StatusCode};
use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::{
    caller::{Caller, Right},
    error::GraphError,
    query::number,
};
use crate::microsoft::mailbox::{FolderKey, Mailbox};

/// Page size without `$top`.
const PAGE: usize = 10;

pub(super) async fn show(caller: Caller) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Read)?;
    let mut cloud = caller.world.cloud();
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let key = mailbox
        .folder_key(&caller.part("folder"))
        .ok_or_else(GraphError::item_not_found)?;
    let mut shown = folder(mailbox, key);
    let context = format!(
        "{}/v1.0/$metadata#users('{}')/mailFolders/$entity",
        caller.base, caller.mailbox
    );
    shown.insert("@odata.context".into(), json!(context));
    Ok(HttpResponse::Ok().json(shown))
}

/// The folders at the top, or those in a folder.
pub(super) async fn list(caller: Caller) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Read)?;
    let query = caller.query();
    let option = |name: &str, usual| {
        query
            .get(name)
            .map_or(Ok(usual), |value| number(name, value))
    };
    let (top, skip) = (option("$top", PAGE)?, option("$skip", 0)?);
    let name = query
        .get("$filter")
        .map(|filter| named(filter))
        .transpose()?;
    let mut cloud = caller.world.cloud();
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let parent = parent(&caller, mailbox)?;
    let all: Vec<_> = mailbox
        .children(parent)
        .filter(|(_, folder)| {
            name.as_ref()
                .is_none_or(|name| folder.name.eq_ignore_ascii_case(name))
        })
        .map(|(key, _)| Value::Object(folder(mailbox, key)))
        .collect();
    let total = all.len();
    let mut body = json!({
        "@odata.context": format!("{}/v1.0/$metadata#users('{}')/mailFolders", caller.base, caller.mailbox),
        "value": all.into_iter().skip(skip).take(top).collect::<Vec<_>>(),
    });
    if total > skip + top {
        body["@odata.nextLink"] =
            json!(format!("{}?$top={top}&$skip={}", caller.here(), skip + top));
    }
    Ok(HttpResponse::Ok().json(body))
}

pub(super) async fn create(caller: Caller, body: Bytes) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Write)?;
    let given: Value = serde_json::from_slice(&body)
        .map_err(|_| GraphError::bad_request("Unable to read JSON request payload."))?;
    let name = given
        .get("displayName")
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let name =
        name.ok_or_else(|| GraphError::bad_request("The property 'displayName' is required."))?;
    let mut cloud = caller.world.cloud();
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let parent = parent(&caller, mailbox)?;
    let exists = || {
        let text = "A folder with the specified name already exists.";
        GraphError::new(StatusCode::CONFLICT, "ErrorFolderExists", text)
    };
    let key = mailbox.add_folder(parent, name).ok_or_else(exists)?;
    Ok(HttpResponse::Created().json(folder(mailbox, key)))
}

fn parent(caller: &Caller, mailbox: &Mailbox) -> Result<FolderKey, GraphError> {
    match caller.part("folder") {
        name if name.is_empty() => Ok(mailbox.root()),
        name => mailbox
            .folder_key(&name)
            .ok_or_else(GraphError::item_not_found),
    }
}

/// The name in `displayName eq '…'`.
fn named(filter: &str) -> Result<String, GraphError> {
    let value = filter.trim().strip_prefix("displayName eq ").map(str::trim);
    let value = value
        .and_then(|value| value.strip_prefix('\''))
        .and_then(|value| value.strip_suffix('\''));
    let wrong = || GraphError::bad_request(format!("Invalid filter clause: '{filter}'."));
    value
        .map(|value| value.replace("''", "'"))
        .ok_or_else(wrong)
}

/// Resource type mailFolder.
fn folder(mailbox: &Mailbox, key: FolderKey) -> Map<String, Value> {
    let folder = mailbox.folder(key);
    let mails = mailbox.mails(Some(key));
    let parent = folder.parent.map_or_else(
        || folder.id.clone(),
        |parent| mailbox.folder(parent).id.clone(),
    );
    let mut shown = Map::new();
    shown.insert("id".into(), json!(folder.id));
    shown.insert("displayName".into(), json!(folder.name));
    shown.insert("parentFolderId".into(), json!(parent));
    shown.insert(
        "childFolderCount".into(),
        json!(mailbox.children(key).count()),
    );
    shown.insert(
        "unreadItemCount".into(),
        json!(mails.iter().filter(|mail| !mail.is_read).count()),
    );
    shown.insert("totalItemCount".into(), json!(mails.len()));
    shown.insert("isHidden".into(), json!(false));
    shown
}
