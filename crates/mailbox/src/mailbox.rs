use bytes::Bytes;
use chrono::{DateTime, Utc};

use crate::ews::EwsClient;
use crate::graph::{DeltaCursor, GraphClient};
use crate::{
    AccessToken, ChangeCursor, ChangePage, Folder, MailboxAddress, MailboxError, MessageHead,
    Outgoing, Sent,
};

/// One mailbox over the protocol of its connection: what both do, said once.
///
/// A token is for the protocol: Graph's is refused by EWS, and the other way round. Ids are the protocol's own.
#[derive(Clone, Debug)]
pub enum Mailbox {
    /// Over Microsoft Graph.
    Graph(Box<GraphClient>, MailboxAddress),
    /// Over Exchange Web Services.
    Ews(Box<EwsClient>, MailboxAddress),
}

impl Mailbox {
    /// A mailbox over Graph.
    pub fn graph(client: GraphClient, address: MailboxAddress) -> Self {
        Self::Graph(Box::new(client), address)
    }

    /// A mailbox over EWS, the signer's own too, by its SMTP address: it leads Exchange to the right server.
    pub fn ews(client: EwsClient, address: impl Into<String>) -> Self {
        Self::Ews(Box::new(client), MailboxAddress::Shared(address.into()))
    }

    /// One page of the changes in a folder. Keep its state only once everything of the page is durable.
    ///
    /// # Errors
    /// [`MailboxError`]; [`ErrorKind::Resync`] when the state is lost: start again with `state: None`.
    pub async fn changes(
        &self,
        token: &AccessToken,
        cursor: &ChangeCursor,
        page_size: u32,
    ) -> Result<ChangePage, MailboxError> {
        match self {
            Self::Graph(graph, address) => {
                let cursor = match &cursor.state {
                    Some(link) => DeltaCursor::Resume(link.clone()),
                    None => DeltaCursor::start(&cursor.folder, cursor.since),
                };
                graph.delta_page(token, address, &cursor, page_size).await
            }
            Self::Ews(ews, address) => ews.sync_page(token, address, cursor, page_size).await,
        }
    }

    /// All messages of a folder, for the reconcile that finds what the changes lost.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn list_messages(
        &self,
        token: &AccessToken,
        folder: &str,
        since: Option<DateTime<Utc>>,
    ) -> Result<Vec<MessageHead>, MailboxError> {
        match self {
            Self::Graph(graph, at) => graph.list_messages(token, at, folder, since).await,
            Self::Ews(ews, at) => ews.list_messages(token, at, folder, since).await,
        }
    }

    /// The message as it is, RFC 5322 with MIME.
    ///
    /// # Errors
    /// [`MailboxError`]; [`ErrorKind::TooLarge`] beyond `max_bytes`, read no further than that.
    pub async fn raw(
        &self,
        token: &AccessToken,
        id: &str,
        max_bytes: u64,
    ) -> Result<Bytes, MailboxError> {
        match self {
            Self::Graph(graph, at) => graph.raw(token, at, id, max_bytes).await,
            Self::Ews(ews, at) => ews.raw(token, at, id, max_bytes).await,
        }
    }

    /// One message. Over EWS only where it lay when the id was given: moving gives it a new one.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn message(
        &self,
        token: &AccessToken,
        id: &str,
    ) -> Result<MessageHead, MailboxError> {
        match self {
            Self::Graph(graph, at) => graph.message(token, at, id).await,
            Self::Ews(ews, at) => ews.message(token, at, id).await,
        }
    }

    /// The message of a folder that has this `Message-ID`.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn find_by_message_id(
        &self,
        token: &AccessToken,
        folder: &str,
        message_id: &str,
    ) -> Result<Option<MessageHead>, MailboxError> {
        match self {
            Self::Graph(graph, at) => {
                graph
                    .find_by_message_id(token, at, folder, message_id)
                    .await
            }
            Self::Ews(ews, at) => ews.find_by_message_id(token, at, folder, message_id).await,
        }
    }

    /// One folder, by a well-known name (`inbox`, `sentitems`, …) or by id.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn folder(&self, token: &AccessToken, folder: &str) -> Result<Folder, MailboxError> {
        match self {
            Self::Graph(graph, at) => graph.mailbox_folder(token, at, folder).await,
            Self::Ews(ews, at) => ews.mailbox_folder(token, at, folder).await,
        }
    }

    /// The folders at the top of the mailbox, or inside `parent`.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn folders(
        &self,
        token: &AccessToken,
        parent: Option<&str>,
    ) -> Result<Vec<Folder>, MailboxError> {
        match self {
            Self::Graph(graph, at) => graph.folders(token, at, parent).await,
            Self::Ews(ews, at) => ews.folders(token, at, parent).await,
        }
    }

    /// Marks a message read.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn mark_read(&self, token: &AccessToken, id: &str) -> Result<(), MailboxError> {
        match self {
            Self::Graph(graph, at) => graph.mark_read(token, at, id).await,
            Self::Ews(ews, at) => ews.mark_read(token, at, id).await,
        }
    }

    /// Adds a category to those that a message has.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn categorise(
        &self,
        token: &AccessToken,
        id: &str,
        category: &str,
    ) -> Result<(), MailboxError> {
        match self {
            Self::Graph(graph, at) => graph.categorise(token, at, id, category).await,
            Self::Ews(ews, at) => ews.categorise(token, at, id, category).await,
        }
    }

    /// Moves a message to a folder and returns the id that it has there: Graph's stays, that of EWS does not.
    ///
    /// # Errors
    /// [`MailboxError`]. When [`MailboxError::maybe_done`], look for its `Message-ID` in the folder.
    pub async fn move_to(
        &self,
        token: &AccessToken,
        id: &str,
        folder: &str,
    ) -> Result<String, MailboxError> {
        match self {
            Self::Graph(graph, at) => graph.move_to(token, at, id, folder).await,
            Self::Ews(ews, at) => ews.move_to(token, at, id, folder).await,
        }
    }

    /// Deletes a message as a person's delete key does.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn delete(&self, token: &AccessToken, id: &str) -> Result<(), MailboxError> {
        match self {
            Self::Graph(graph, at) => graph.delete(token, at, id).await,
            Self::Ews(ews, at) => ews.delete(token, at, id).await,
        }
    }

    /// Sends a message and keeps a copy in the Sent Items of the mailbox that it goes out from.
    ///
    /// # Errors
    /// [`MailboxError`]. When [`MailboxError::maybe_done`], ask [`Mailbox::find_sent`] before trying again.
    pub async fn send(
        &self,
        token: &AccessToken,
        outgoing: &Outgoing<'_>,
    ) -> Result<Sent, MailboxError> {
        match self {
            Self::Graph(graph, at) => graph.send(token, at, outgoing).await,
            Self::Ews(ews, at) => ews.send(token, at, outgoing).await,
        }
    }

    /// The message in Sent Items that has this `Message-ID`. It can appear some seconds after it was accepted.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn find_sent(
        &self,
        token: &AccessToken,
        message_id: &str,
    ) -> Result<Option<MessageHead>, MailboxError> {
        match self {
            Self::Graph(graph, at) => graph.find_sent(token, at, message_id).await,
            Self::Ews(ews, at) => ews.find_sent(token, at, message_id).await,
        }
    }

    /// The `Message-ID` that a sent mail really has: Exchange may have given it another than ours. `None` as long as the
    /// copy is not in Sent Items, or where two could be it.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn sent_message_id(
        &self,
        token: &AccessToken,
        sent: &Sent,
        message_id: &str,
    ) -> Result<Option<String>, MailboxError> {
        if let Some(id) = &sent.sent_id {
            return Ok(self.message(token, id).await?.internet_message_id);
        }
        if let Some(found) = self.find_sent(token, message_id).await? {
            return Ok(found.internet_message_id);
        }
        let recent = self
            .list_messages(token, "sentitems", Some(sent.at))
            .await?;
        let mut same = recent.into_iter().filter(|head| sent.looks_like(head));
        Ok(match (same.next(), same.next()) {
            (Some(only), None) => only.internet_message_id,
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests;
