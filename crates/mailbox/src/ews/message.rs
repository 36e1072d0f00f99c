use roxmltree::Node;

use super::answer::child;
use super::call::{Call, On, Target};
use super::client::EwsClient;
use super::element::{Element, element};
use super::names::{head_shape, item_id};
use crate::{AccessToken, MailboxAddress, MailboxError, MessageHead};

impl EwsClient {
    /// One message, where it lay when the id was given: moving gives it a new id (Exchange web services: "GetItem").
    ///
    /// # Errors
    /// [`MailboxError`]; `ItemMissing` when it is gone.
    pub async fn message(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
    ) -> Result<MessageHead, MailboxError> {
        let body = get_item(head_shape(), id);
        let call = Call::read("get_message", On { token, mailbox }, Target::Item, body)?;
        self.read(&call, |message| MessageHead::of_item(the_item(message)?))
            .await
    }
}

pub(super) fn get_item<'a>(shape: Element<'a>, id: &'a str) -> Element<'a> {
    element("m:GetItem")
        .child(shape)
        .child(element("m:ItemIds").child(item_id(id)))
}

/// The one item of a response message. Its element's name says its kind: `Message`, `MeetingRequest`, …
pub(super) fn the_item<'a, 'input>(message: Node<'a, 'input>) -> Option<Node<'a, 'input>> {
    child(message, "Items")?.first_element_child()
}
