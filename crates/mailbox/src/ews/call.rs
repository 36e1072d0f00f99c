use bytes::Bytes;

use super::element::Element;
use crate::{AccessToken, MailboxAddress, MailboxError};

/// Answers are pages of small objects; more than this is not one of them.
const ANSWER_LIMIT: u64 = 16 << 20;

/// What a call is about: the same code means another thing for a folder than for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Mailbox,
    Folder,
    Item,
}

/// Whom a call is for: the token, and the mailbox that it is about.
#[derive(Clone, Copy)]
pub(crate) struct On<'a> {
    pub(crate) token: &'a AccessToken,
    pub(crate) mailbox: &'a MailboxAddress,
}

/// One request, written. Can be sent more than once.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'static str,
    pub(crate) on: On<'a>,
    pub(crate) target: Target,
    pub(crate) changes: bool,
    pub(crate) limit: u64,
    pub(crate) body: Bytes,
}

impl<'a> Call<'a> {
    /// A call that changes nothing, so that it can be made again.
    pub(crate) fn read(
        operation: &'static str,
        on: On<'a>,
        target: Target,
        body: Element<'_>,
    ) -> Result<Self, MailboxError> {
        Ok(Self {
            operation,
            on,
            target,
            changes: false,
            limit: ANSWER_LIMIT,
            body: body.into_request()?,
        })
    }

    /// A call that changes the mailbox.
    pub(crate) fn change(
        operation: &'static str,
        on: On<'a>,
        target: Target,
        body: Element<'_>,
    ) -> Result<Self, MailboxError> {
        let call = Self::read(operation, on, target, body)?;
        Ok(Self {
            changes: true,
            ..call
        })
    }

    pub(crate) fn at_most(mut self, bytes: u64) -> Self {
        self.limit = bytes;
        self
    }
}
