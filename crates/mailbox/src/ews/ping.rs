//! Proves, right by right, that a connection can do its work on the mailbox it is meant for.

use super::call::{Call, On};
use super::client::EwsClient;
use super::codes::Target;
use super::error::EwsError;
use super::message::the_item;
use super::names::folder_id;
use super::send::create_item;
use crate::{AccessToken, MailboxAddress, PingRequest, Right, RightName};

/// A person who finds it in a folder must understand where it comes from.
const DRAFT: &[u8] = b"Subject: Postroom connection test (can be deleted)\r\n\
    MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";

/// The one scope of EWS with a person's sign-in: reading, changing and sending.
const SCOPE: &str = "EWS.AccessAsUser.All";

impl EwsClient {
    /// Tries what the connection will do. Returns all five rights in order; what is not needed, or cannot be
    /// tried because an earlier right is missing, is marked as skipped. What each one proves:
    ///
    /// - token: Exchange answers, whatever it says of the mailbox.
    /// - mailbox: the folder of the target mailbox can be opened.
    /// - read: one message of it (if there is any) can be listed.
    /// - write: a draft can be created in the target mailbox and deleted again. Nothing else is touched.
    /// - send: the grant carries the scope, and a draft can be created. No mail is sent, so a missing "Send as" right
    ///   of Exchange on a shared mailbox shows only with a test mail.
    pub async fn ping(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        wanted: &PingRequest<'_>,
    ) -> Vec<Right> {
        let mut rights = self.ping_mailbox(token, mailbox, wanted).await;
        if !rights.iter().all(|right| right.ok) {
            rights.extend([RightName::Read, RightName::Write, RightName::Send].map(blocked));
            return rights;
        }
        let on = On { token, mailbox };
        rights.push(match wanted.read {
            true => self.ping_read(on, wanted.folder).await,
            false => Right::skipped(RightName::Read, "This connection does not read mail."),
        });
        let draft = match wanted.write || wanted.send && may_send(wanted.granted) {
            true => Some(self.ping_draft(on).await),
            false => None,
        };
        rights.push(write_right(wanted, draft.as_ref()));
        rights.push(send_right(wanted, draft.as_ref()));
        rights
    }

    /// Token and mailbox, by one call: an answer about the mailbox is one to an accepted token.
    async fn ping_mailbox(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        wanted: &PingRequest<'_>,
    ) -> Vec<Right> {
        let accepted = Right::proven(RightName::Token, "Exchange accepts the sign-in.");
        match self.mailbox_folder(token, mailbox, wanted.folder).await {
            Ok(folder) => {
                let detail = format!(
                    "The folder \u{201c}{}\u{201d} opens; it holds {} messages.",
                    folder.name, folder.total
                );
                vec![accepted, Right::proven(RightName::Mailbox, detail)]
            }
            Err(
                error @ (EwsError::Unauthorized { .. }
                | EwsError::Claims { .. }
                | EwsError::Unreachable { .. }
                | EwsError::Server { .. }
                | EwsError::Garbled { .. }
                | EwsError::Throttled { .. }),
            ) => vec![
                missing(RightName::Token, &error),
                blocked(RightName::Mailbox),
            ],
            Err(error) => vec![accepted, missing(RightName::Mailbox, &error)],
        }
    }

    async fn ping_read(&self, on: On<'_>, folder: &str) -> Right {
        match self.find(on, folder, None, 1).await {
            Ok(_) => Right::proven(RightName::Read, "Mail of the folder can be read."),
            Err(error) => missing(RightName::Read, &error),
        }
    }

    async fn ping_draft(&self, on: On<'_>) -> Result<(), EwsError> {
        let body = create_item("SaveOnly", folder_id(on.mailbox, "drafts"), DRAFT);
        let call = Call::change("create_draft", on, Target::Mailbox, body)?;
        let id = self
            .once(&call, |message| {
                super::answer::id(the_item(message)?, "ItemId")
            })
            .await?;
        self.remove(on, &id, "HardDelete").await
    }
}

fn write_right(wanted: &PingRequest<'_>, draft: Option<&Result<(), EwsError>>) -> Right {
    match draft {
        Some(Ok(())) if wanted.write => Right::proven(
            RightName::Write,
            "A test draft could be created and deleted.",
        ),
        Some(Err(error)) if wanted.write => missing(RightName::Write, error),
        _ => Right::skipped(RightName::Write, "This connection does not change mail."),
    }
}

fn send_right(wanted: &PingRequest<'_>, draft: Option<&Result<(), EwsError>>) -> Right {
    if !wanted.send {
        return Right::skipped(RightName::Send, "This connection does not send mail.");
    }
    match draft {
        Some(Ok(())) if may_send(wanted.granted) => Right::proven(
            RightName::Send,
            "The sign-in includes sending, and a test draft could be created. No mail was sent.",
        ),
        Some(Err(error)) if may_send(wanted.granted) => missing(RightName::Send, error),
        _ => Right::missing(
            RightName::Send,
            format!("The sign-in does not include the permission {SCOPE}."),
            Some("Sign in again and accept the permission to use the mailbox.".to_owned()),
        ),
    }
}

/// Scopes come back with or without the resource in front, in any case.
fn may_send(granted: &[String]) -> bool {
    granted
        .iter()
        .map(|scope| scope.rsplit('/').next().unwrap_or(scope))
        .any(|scope| scope.eq_ignore_ascii_case(SCOPE))
}

/// Support's numbers stand at the end of the sentence.
fn missing(right: RightName, error: &EwsError) -> Right {
    let sentence = error.sentence();
    let detail = match (error.code(), error.request_id()) {
        (None, None) => sentence.to_owned(),
        (Some(code), None) => format!("{sentence} ({code})"),
        (None, Some(id)) => format!("{sentence} (request {id})"),
        (Some(code), Some(id)) => format!("{sentence} ({code}, request {id})"),
    };
    Right::missing(right, detail, error.way_out().map(str::to_owned))
}

fn blocked(right: RightName) -> Right {
    Right::skipped(right, "Not tried, because an earlier check failed.")
}

#[cfg(test)]
mod tests;
