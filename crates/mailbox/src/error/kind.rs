/// What a failure is, sorted by what has to happen next. The variants of [`MailboxError`](crate::MailboxError) say more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The token is not accepted: get a fresh one once, then sign in anew.
    Unauthorized,
    /// The token is for another service: our own mistake.
    WrongResource,
    /// The sign-in does not include the permission.
    ScopeMissing,
    /// Microsoft wants a new sign-in with more claims.
    Claims,
    /// The protocol is switched off for the organisation, the mailbox or this application.
    Blocked,
    /// The signer may not do this in the mailbox.
    AccessDenied,
    /// The signer may not send as this mailbox.
    SendAsDenied,
    /// No licensed mailbox stands behind the address.
    MailboxMissing,
    /// The message is gone.
    ItemMissing,
    /// The folder is gone.
    FolderMissing,
    /// The state of the changes is lost: start again without one.
    Resync,
    /// Too many requests; nothing was done.
    Throttled,
    /// Microsoft failed, answered something unreadable, or goes in circles.
    Server,
    /// Somebody else changed the message at the same moment.
    Conflict,
    /// No whole answer came.
    Unreachable,
    /// The message is larger than the limit.
    TooLarge,
    /// The mailbox takes nothing more.
    MailboxFull,
    /// Refused for a reason that has no class of its own, or not even sent because it could not be said.
    Refused,
}

impl ErrorKind {
    /// Nobody has to act: the same call can succeed later.
    pub fn is_transient(self) -> bool {
        matches!(
            self,
            Self::Throttled | Self::Server | Self::Conflict | Self::Unreachable
        )
    }

    /// It says something about one message or one call, and nothing about the connection.
    pub fn is_of_one_message(self) -> bool {
        matches!(
            self,
            Self::ItemMissing | Self::Resync | Self::Conflict | Self::TooLarge | Self::Refused
        )
    }
}
