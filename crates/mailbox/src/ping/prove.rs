//! Proves, right by right, that a connection can do its work on the mailbox it is meant for.

use super::{PingRequest, Pinged, Right, RightName};
use crate::{
    AccessToken, ErrorKind, Folder, Mailbox, MailboxAddress, MailboxError, Names, Support,
};

impl Mailbox {
    /// Tries what the connection will do. Gives all five rights in order; what is not needed, or cannot be tried because
    /// an earlier right is missing, is marked as skipped. What each one proves:
    ///
    /// - token: Microsoft answers to it, whatever it says of the mailbox.
    /// - mailbox: the mailbox exists, is licensed, and its folder opens.
    /// - read: one message of the folder (if there is any) can be listed.
    /// - write: a draft can be created in the target mailbox and deleted again. Nothing else is touched.
    /// - send: Exchange looks at a message from this mailbox that has no recipient and complains of nothing else. No mail
    ///   is sent, and no copy is kept.
    pub async fn ping(
        &self,
        token: &AccessToken,
        wanted: &PingRequest<'_>,
        names: &Names<'_>,
    ) -> Pinged {
        let mut proof = Proof {
            mailbox: self,
            token,
            wanted,
            names,
            rights: Vec::with_capacity(5),
            failure: None,
        };
        if !proof.open().await {
            let rest = [RightName::Read, RightName::Write, RightName::Send];
            proof.rights.extend(rest.map(Right::blocked));
        } else {
            proof.read().await;
            proof.write().await;
            proof.send().await;
        }
        Pinged {
            rights: proof.rights,
            failure: proof.failure,
        }
    }

    async fn draft(&self, token: &AccessToken) -> Result<(), MailboxError> {
        match self {
            Self::Graph(graph, at) => graph.test_draft(token, at).await,
            Self::Ews(ews, at) => ews.test_draft(token, at).await,
        }
    }

    async fn list_one(&self, token: &AccessToken, folder: &str) -> Result<(), MailboxError> {
        match self {
            Self::Graph(graph, at) => graph.list_one(token, at, folder).await,
            Self::Ews(ews, at) => ews.list_one(token, at, folder).await,
        }
    }

    async fn send_nothing(&self, token: &AccessToken, from: &str) -> Result<(), MailboxError> {
        match self {
            Self::Graph(graph, at) => graph.send_nothing(token, at, from).await,
            Self::Ews(ews, at) => ews.send_nothing(token, at, from).await,
        }
    }

    /// The scopes of which one has to be granted, best known first.
    fn scopes(&self, right: RightName) -> &'static [&'static str] {
        match (self, right) {
            (Self::Ews(..), _) => &["EWS.AccessAsUser.All"],
            (Self::Graph(_, MailboxAddress::Me), RightName::Send) => &["Mail.Send"],
            (Self::Graph(_, MailboxAddress::Shared(_)), RightName::Send) => &["Mail.Send.Shared"],
            (Self::Graph(_, MailboxAddress::Me), RightName::Write) => &["Mail.ReadWrite"],
            (Self::Graph(_, MailboxAddress::Shared(_)), RightName::Write) => {
                &["Mail.ReadWrite.Shared"]
            }
            (Self::Graph(_, MailboxAddress::Me), _) => &["Mail.Read", "Mail.ReadWrite"],
            (Self::Graph(_, MailboxAddress::Shared(_)), _) => {
                &["Mail.Read.Shared", "Mail.ReadWrite.Shared"]
            }
        }
    }
}

struct Proof<'a> {
    mailbox: &'a Mailbox,
    token: &'a AccessToken,
    wanted: &'a PingRequest<'a>,
    names: &'a Names<'a>,
    rights: Vec<Right>,
    failure: Option<MailboxError>,
}

impl Proof<'_> {
    /// Token and mailbox, by one call: an answer about the mailbox is one to an accepted token.
    async fn open(&mut self) -> bool {
        let accepted = Right::proven(RightName::Token, "Microsoft accepts the sign-in.");
        match self.mailbox.folder(self.token, self.wanted.folder).await {
            Ok(folder) => {
                let opens = Right::proven(RightName::Mailbox, opened(&folder));
                self.rights.extend([accepted, opens]);
                true
            }
            Err(error) if says_nothing_of_the_mailbox(error.kind()) => {
                self.fail(RightName::Token, error);
                self.rights.push(Right::blocked(RightName::Mailbox));
                false
            }
            Err(error) => {
                self.rights.push(accepted);
                self.fail(RightName::Mailbox, error);
                false
            }
        }
    }

    async fn read(&mut self) {
        if !self.wanted.read {
            return self.skip(RightName::Read, "This connection does not read mail.");
        }
        let listed = self.mailbox.list_one(self.token, self.wanted.folder).await;
        self.note(RightName::Read, listed, "Mail of the folder can be read.");
    }

    async fn write(&mut self) {
        if !self.wanted.write {
            return self.skip(RightName::Write, "This connection does not change mail.");
        }
        let drafted = self.mailbox.draft(self.token).await;
        let proven = "A test draft could be created and deleted.";
        self.note(RightName::Write, drafted, proven);
    }

    async fn send(&mut self) {
        if !self.wanted.send {
            return self.skip(RightName::Send, "This connection does not send mail.");
        }
        if !self.is_granted(RightName::Send) {
            return self.fail(
                RightName::Send,
                MailboxError::ScopeMissing(Support::default()),
            );
        }
        let mailbox = self.names.mailbox;
        let said = match self.mailbox.send_nothing(self.token, mailbox).await {
            // Exchange looks at the sender before it misses a recipient.
            Err(error) if error.kind() == ErrorKind::Refused => Ok(()),
            other => other,
        };
        let proven = format!(
            "Exchange lets this sign-in send as {mailbox}: it looked at a message without a recipient. No mail was sent."
        );
        self.note(RightName::Send, said, &proven);
    }

    fn note(&mut self, right: RightName, result: Result<(), MailboxError>, proven: &str) {
        match result {
            Ok(()) => self.rights.push(Right::proven(right, proven)),
            Err(error) => self.fail(right, error),
        }
    }

    fn skip(&mut self, right: RightName, why: &str) {
        self.rights.push(Right::skipped(right, why));
    }

    /// A denial whose scope was never granted is about the sign-in, not about Exchange's rights.
    fn fail(&mut self, right: RightName, error: MailboxError) {
        let error = match error {
            MailboxError::AccessDenied(support) if !self.is_granted(right) => {
                MailboxError::ScopeMissing(support)
            }
            other => other,
        };
        let mut missing = Right::failed(right, &error, self.names);
        if error.kind() == ErrorKind::ScopeMissing {
            let scope = self.mailbox.scopes(right)[0];
            missing.detail = format!("{} It is {scope}.", missing.detail);
        }
        self.rights.push(missing);
        self.failure.get_or_insert(error);
    }

    /// Scopes come back with or without the resource in front, in any case.
    fn is_granted(&self, right: RightName) -> bool {
        let bare = |scope: &str| {
            scope
                .rsplit('/')
                .next()
                .map(str::to_owned)
                .unwrap_or_default()
        };
        let needed = self.mailbox.scopes(right);
        let has = |scope: &String| {
            needed
                .iter()
                .any(|needed| needed.eq_ignore_ascii_case(&bare(scope)))
        };
        self.wanted.granted.iter().any(has)
    }
}

fn opened(folder: &Folder) -> String {
    format!(
        "The folder \u{201c}{}\u{201d} opens; it holds {} messages.",
        folder.name, folder.total
    )
}

fn says_nothing_of_the_mailbox(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Unauthorized
            | ErrorKind::WrongResource
            | ErrorKind::ScopeMissing
            | ErrorKind::Claims
    ) || kind.is_transient()
}

#[cfg(test)]
mod tests;
