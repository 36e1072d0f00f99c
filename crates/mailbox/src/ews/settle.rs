//! The only calls that change a received message: what a source does once its mail is delivered.

use roxmltree::Node;

use super::answer::{child, id as id_of};
use super::call::{Call, On, Target};
use super::client::EwsClient;
use super::element::{Element, element};
use super::message::{get_item, the_item};
use super::names::{field_uri, folder_id, item_id, only_ids, with_fields};
use crate::{AccessToken, MailboxAddress, MailboxError};

impl EwsClient {
    /// Marks a message read, without the receipt that its sender may have asked for. Doing it twice does no harm.
    ///
    /// # Errors
    /// [`MailboxError`]; `ItemMissing` when it is gone.
    pub async fn mark_read(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
    ) -> Result<(), MailboxError> {
        let read = element("t:IsRead").text("true");
        self.update(
            "mark_read",
            On { token, mailbox },
            id,
            set("message:IsRead", read),
        )
        .await
    }

    /// Adds a category to those that a message has. Doing it twice does no harm.
    ///
    /// # Errors
    /// [`MailboxError`]; `ItemMissing` when it is gone.
    pub async fn categorise(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
        category: &str,
    ) -> Result<(), MailboxError> {
        let on = On { token, mailbox };
        let body = get_item(with_fields("m:ItemShape", ["item:Categories"]), id);
        let call = Call::read("get_categories", on, Target::Item, body)?;
        let mut all = self.read(&call, categories).await?;
        if all.iter().any(|has| has == category) {
            return Ok(());
        }
        all.push(category.to_owned());
        let all = all.into_iter().map(|name| element("t:String").text(name));
        let categories = element("t:Categories").children(all);
        self.update("categorise", on, id, set("item:Categories", categories))
            .await
    }

    /// Moves a message to a folder (well-known name or id) and returns the id that it has there (Exchange web services:
    /// "MoveItem").
    ///
    /// # Errors
    /// [`MailboxError`]; `ItemMissing` when it is gone. When [`MailboxError::maybe_done`], look for its `Message-ID` in the
    /// folder with [`EwsClient::find_by_message_id`]: moving gives a new id.
    pub async fn move_to(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
        folder: &str,
    ) -> Result<String, MailboxError> {
        let body = element("m:MoveItem")
            .child(element("m:ToFolderId").child(folder_id(mailbox, folder)))
            .child(element("m:ItemIds").child(item_id(id)))
            .child(element("m:ReturnNewItemIds").text("true"));
        let call = Call::change("move_message", On { token, mailbox }, Target::Item, body)?;
        self.once(&call, |message| id_of(the_item(message)?, "ItemId"))
            .await
    }

    /// Moves a message to Deleted Items, as a person's delete key does.
    ///
    /// # Errors
    /// [`MailboxError`]; `ItemMissing` when it is gone already.
    pub async fn delete(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
    ) -> Result<(), MailboxError> {
        self.remove(On { token, mailbox }, id, "MoveToDeletedItems")
            .await
    }

    pub(super) async fn remove(
        &self,
        on: On<'_>,
        id: &str,
        how: &'static str,
    ) -> Result<(), MailboxError> {
        let body = element("m:DeleteItem")
            .attribute("DeleteType", how)
            .attribute("SuppressReadReceipts", "true")
            .child(element("m:ItemIds").child(item_id(id)));
        let call = Call::change("delete_message", on, Target::Item, body)?;
        self.once(&call, |_| Some(())).await
    }

    /// Overwrites one field. Some writes need the newest change key; it is fetched only then.
    async fn update(
        &self,
        operation: &'static str,
        on: On<'_>,
        id: &str,
        change: Element<'_>,
    ) -> Result<(), MailboxError> {
        let first = update_item(item_id(id), change.clone());
        let call = Call::change(operation, on, Target::Item, first)?;
        match self.once(&call, |_| Some(())).await {
            Err(MailboxError::Conflict(_)) => {}
            other => return other,
        }
        let call = get_item(only_ids("m:ItemShape"), id);
        let call = Call::read("get_change_key", on, Target::Item, call)?;
        let key = self.read(&call, change_key).await?;
        let again = update_item(item_id(id).attribute("ChangeKey", key), change);
        let call = Call::change(operation, on, Target::Item, again)?;
        self.once(&call, |_| Some(())).await
    }
}

fn set<'a>(field: &'static str, value: Element<'a>) -> Element<'a> {
    element("t:SetItemField")
        .child(field_uri(field))
        .child(element("t:Message").child(value))
}

fn update_item<'a>(item: Element<'a>, change: Element<'a>) -> Element<'a> {
    let change = element("t:ItemChange")
        .child(item)
        .child(element("t:Updates").child(change));
    element("m:UpdateItem")
        .attribute("ConflictResolution", "AlwaysOverwrite")
        .attribute("MessageDisposition", "SaveOnly")
        .attribute("SendMeetingInvitationsOrCancellations", "SendToNone")
        .attribute("SuppressReadReceipts", "true")
        .child(element("m:ItemChanges").child(change))
}

fn categories(message: Node<'_, '_>) -> Option<Vec<String>> {
    let categories = child(the_item(message)?, "Categories");
    let names = categories.into_iter().flat_map(|all| all.children());
    let names = names
        .filter(Node::is_element)
        .filter_map(|name| name.text());
    Some(names.map(str::to_owned).collect())
}

fn change_key(message: Node<'_, '_>) -> Option<String> {
    let key = child(the_item(message)?, "ItemId")?.attribute("ChangeKey")?;
    Some(key.to_owned())
}

#[cfg(test)]
mod tests;
