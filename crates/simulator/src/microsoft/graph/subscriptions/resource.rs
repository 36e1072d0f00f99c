//! What a subscription is about.

use super::{Caller, GraphError, invalid};
use crate::microsoft::{
    graph::caller::Right,
    mailbox::{FolderKey, Mailbox},
};

/// Name or id of the folder in a resource such as `me/mailFolders('inbox')/messages`; nothing for `me/messages`.
///
/// A user with delegated permissions subscribes to the own mailbox alone.
pub(super) fn folder(caller: &Caller, resource: &str) -> Result<Option<String>, GraphError> {
    caller.may_read_basic()?;
    let wrong = || {
        invalid(format!(
            "The resource '{resource}' cannot be subscribed to here."
        ))
    };
    let path = resource.trim_start_matches('/');
    let path = path.strip_prefix("v1.0/").unwrap_or(path);
    let mut parts = path.split('/');
    match parts.next().map(str::to_ascii_lowercase).as_deref() {
        Some("me") => {}
        Some("users") => own(caller, parts.next().ok_or_else(wrong)?)?,
        _ => return Err(wrong()),
    }
    let rest: Vec<&str> = parts.collect();
    let is = |part: &str, name: &str| part.eq_ignore_ascii_case(name);
    match rest.as_slice() {
        [messages] if is(messages, "messages") => Ok(None),
        [folders, folder, messages] if is(folders, "mailFolders") && is(messages, "messages") => {
            Ok(Some((*folder).to_owned()))
        }
        [folder, messages] if is(messages, "messages") => {
            let name = folder
                .get(..11)
                .filter(|start| is(start, "mailFolders"))
                .and_then(|_| folder[11..].strip_prefix("('")?.strip_suffix("')"));
            name.map(|name| Some(name.to_owned())).ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

fn own(caller: &Caller, name: &str) -> Result<(), GraphError> {
    let cloud = caller.world.cloud();
    let user = cloud
        .user(name)
        .ok_or_else(|| GraphError::invalid_user(name))?;
    match user.address.eq_ignore_ascii_case(&caller.user) {
        true => Ok(()),
        false => Err(GraphError::access_denied()),
    }
}

pub(super) fn key(
    mailbox: &Mailbox,
    folder: Option<&str>,
) -> Result<Option<FolderKey>, GraphError> {
    let Some(folder) = folder else {
        return Ok(None);
    };
    let key = mailbox.folder_key(folder);
    key.map(Some).ok_or_else(GraphError::item_not_found)
}

impl Caller {
    /// The least of the scopes that let somebody subscribe, or one above it; the licence too.
    fn may_read_basic(&self) -> Result<(), GraphError> {
        match self.has("Mail.ReadBasic") {
            true => self.is_licensed(),
            false => self.may(Right::Read),
        }
    }
}
