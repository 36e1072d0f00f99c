use chrono::{DateTime, Utc};
use postroom_mailbox::{ChangeCursor, ChangePage, Folder, MessageHead, Outgoing, Sent};

use crate::{Failure, Opened};

/// Methods of [`Mailbox`](postroom_mailbox::Mailbox) without their token.
macro_rules! calls {
    ($($(#[$doc:meta])+ $name:ident($($argument:ident: $kind:ty),*) -> $result:ty;)+) => {
        impl Opened {
            $(
                $(#[$doc])+
                ///
                /// # Errors
                /// [`Failure`]; ask [`Opened::verdict`] what it says about the connection.
                pub async fn $name(&self, $($argument: $kind),*) -> Result<$result, Failure> {
                    self.attempt(|token| async move { self.mailbox.$name(&token, $($argument),*).await })
                        .await
                }
            )+
        }
    };
}

calls! {
    /// One page of the changes in a folder. Keep its state only once everything of the page is durable.
    changes(cursor: &ChangeCursor, page_size: u32) -> ChangePage;
    /// All messages of a folder, for the reconcile that finds what the changes lost.
    list_messages(folder: &str, since: Option<DateTime<Utc>>) -> Vec<MessageHead>;
    /// The message as it is, RFC 5322 with MIME, read no further than `max_bytes`.
    raw(id: &str, max_bytes: u64) -> bytes::Bytes;
    /// One message. Over EWS only where it lay when the id was given: moving gives it a new one.
    message(id: &str) -> MessageHead;
    /// The message of a folder that has this `Message-ID`.
    find_by_message_id(folder: &str, message_id: &str) -> Option<MessageHead>;
    /// One folder, by a well-known name (`inbox`, `sentitems`, …) or by id.
    folder(folder: &str) -> Folder;
    /// The folders at the top of the mailbox, or inside `parent`.
    folders(parent: Option<&str>) -> Vec<Folder>;
    /// Marks a message read.
    mark_read(id: &str) -> ();
    /// Adds a category to those that a message has.
    categorise(id: &str, category: &str) -> ();
    /// Moves a message to a folder and returns the id that it has there. When [`Failure::maybe_done`], look for its
    /// `Message-ID` in the folder.
    move_to(id: &str, folder: &str) -> String;
    /// Deletes a message as a person's delete key does.
    delete(id: &str) -> ();
    /// Sends a message and keeps a copy in the Sent Items of the mailbox that it goes out from. When
    /// [`Failure::maybe_done`], ask [`Opened::find_sent`] before trying again.
    send(outgoing: &Outgoing<'_>) -> Sent;
    /// The message in Sent Items that has this `Message-ID`. It can appear some seconds after it was accepted.
    find_sent(message_id: &str) -> Option<MessageHead>;
    /// The `Message-ID` that a sent mail really has: Exchange may have given it another than ours.
    sent_message_id(sent: &Sent, message_id: &str) -> Option<String>;
}
