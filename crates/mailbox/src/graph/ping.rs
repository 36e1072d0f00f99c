//! Proves, right by right, that a connection can do its work on the mailbox it is meant for.

use reqwest::Method;
use serde_json::json;

use super::call::Call;
use super::classify::Target;
use super::client::GraphClient;
use super::error::GraphError;
use super::path::query;
use crate::{AccessToken, MailboxAddress, PingRequest, Right, RightName};

mod words;

use words::{action, detail};

/// A person who finds it in a folder must understand where it comes from.
const DRAFT_SUBJECT: &str = "Postroom connection test (can be deleted)";

impl GraphClient {
    /// Tries what the connection will do. Returns all five rights in order; what is not needed, or cannot be
    /// tried because an earlier right is missing, is marked as skipped. What each one proves:
    ///
    /// - token: Graph answers `/me`.
    /// - mailbox: the folder of the target mailbox can be opened.
    /// - read: one message of it (if there is any) can be listed.
    /// - write: a draft can be created in the target mailbox and deleted again. Nothing else is touched.
    /// - send: the grant carries the scope for sending from this mailbox, and a draft can be created in it. No
    ///   mail is sent, so a missing "Send as" right of Exchange on a shared mailbox shows only with a test mail.
    pub async fn ping(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        wanted: &PingRequest<'_>,
    ) -> Vec<Right> {
        let mut rights = vec![self.ping_token(token).await];
        rights.push(match rights[0].ok {
            true => self.ping_mailbox(token, mailbox, wanted).await,
            false => blocked(RightName::Mailbox),
        });
        if !rights[1].ok {
            rights.extend([RightName::Read, RightName::Write, RightName::Send].map(blocked));
            return rights;
        }
        rights.push(match wanted.read {
            true => self.ping_read(token, mailbox, wanted.folder).await,
            false => Right::skipped(RightName::Read, "This connection does not read mail."),
        });
        let draft = match wanted.write || wanted.send && may_send(mailbox, wanted.granted) {
            true => Some(self.ping_draft(token, mailbox).await),
            false => None,
        };
        rights.push(write_right(wanted, draft.as_ref()));
        rights.push(send_right(mailbox, wanted, draft.as_ref()));
        rights
    }

    async fn ping_token(&self, token: &AccessToken) -> Right {
        match self.me(token).await {
            Ok(_) => Right::proven(RightName::Token, "Microsoft accepts the sign-in."),
            Err(error) => missing(RightName::Token, &error),
        }
    }

    async fn ping_mailbox(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        wanted: &PingRequest<'_>,
    ) -> Right {
        match self.mailbox_folder(token, mailbox, wanted.folder).await {
            Ok(folder) => Right::proven(
                RightName::Mailbox,
                format!(
                    "The folder \u{201c}{}\u{201d} opens; it holds {} messages.",
                    folder.name, folder.total
                ),
            ),
            Err(error) => missing(RightName::Mailbox, &error),
        }
    }

    async fn ping_read(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        folder: &str,
    ) -> Right {
        let listed = async {
            let url = self.url(mailbox, &["mailFolders", folder, "messages"])?;
            self.list_page(token, query(url, &[("$select", "id"), ("$top", "1")]))
                .await
        };
        match listed.await {
            Ok(_) => Right::proven(RightName::Read, "Mail of the folder can be read."),
            Err(error) => missing(RightName::Read, &error),
        }
    }

    async fn ping_draft(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
    ) -> Result<(), GraphError> {
        let url = self.url(mailbox, &["messages"])?;
        let call = Call::new("create_draft", Method::POST, token, url, Target::Mailbox);
        let answer = self
            .once(&call.json(json!({ "subject": DRAFT_SUBJECT })))
            .await?;
        let id = answer.json()?.required("id")?;
        self.delete(token, mailbox, &id).await
    }
}

fn write_right(wanted: &PingRequest<'_>, draft: Option<&Result<(), GraphError>>) -> Right {
    match draft {
        Some(Ok(())) if wanted.write => Right::proven(
            RightName::Write,
            "A test draft could be created and deleted.",
        ),
        Some(Err(error)) if wanted.write => missing(RightName::Write, error),
        _ => Right::skipped(RightName::Write, "This connection does not change mail."),
    }
}

fn send_right(
    mailbox: &MailboxAddress,
    wanted: &PingRequest<'_>,
    draft: Option<&Result<(), GraphError>>,
) -> Right {
    if !wanted.send {
        return Right::skipped(RightName::Send, "This connection does not send mail.");
    }
    match draft {
        Some(_) if !may_send(mailbox, wanted.granted) => no_send_scope(mailbox),
        Some(Ok(())) => Right::proven(
            RightName::Send,
            "The sign-in includes sending, and a test draft could be created. No mail was sent.",
        ),
        Some(Err(error)) => missing(RightName::Send, error),
        None => no_send_scope(mailbox),
    }
}

fn no_send_scope(mailbox: &MailboxAddress) -> Right {
    Right::missing(
        RightName::Send,
        format!(
            "The sign-in does not include the permission {}.",
            send_scope(mailbox)
        ),
        Some("Sign in again and accept the permission to send mail.".to_owned()),
    )
}

fn send_scope(mailbox: &MailboxAddress) -> &'static str {
    match mailbox {
        MailboxAddress::Me => "Mail.Send",
        MailboxAddress::Shared(_) => "Mail.Send.Shared",
    }
}

/// Scopes come back with or without the resource in front, in any case.
fn may_send(mailbox: &MailboxAddress, granted: &[String]) -> bool {
    granted
        .iter()
        .map(|scope| scope.rsplit('/').next().unwrap_or(scope))
        .any(|scope| scope.eq_ignore_ascii_case(send_scope(mailbox)))
}

fn missing(right: RightName, error: &GraphError) -> Right {
    Right::missing(right, detail(error), action(error).map(str::to_owned))
}

fn blocked(right: RightName) -> Right {
    Right::skipped(right, "Not tried, because an earlier check failed.")
}

#[cfg(test)]
mod tests;
