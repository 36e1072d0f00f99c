use std::time::Duration;

use postroom_telemetry::SendError;

use crate::{Repeating, Support};

mod kind;

pub use kind::ErrorKind;

/// Why a call to a mailbox failed, sorted by what has to happen next, whatever its protocol.
///
/// The tables behind it are data: [`explain`](MailboxError::explain) finds the row with the words for a person.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MailboxError {
    /// The token is expired, revoked or not good for this mailbox: get a fresh one once, then sign in anew.
    /// Exchange was also seen to answer so when it was merely busy.
    #[error("Microsoft does not accept the access token")]
    Unauthorized(Support),
    /// The token was issued for another service, such as Graph's for EWS.
    #[error("the access token is for another service of Microsoft")]
    WrongResource(Support),
    /// The token does not carry the scope.
    #[error("the access token lacks a permission")]
    ScopeMissing(Support),
    /// Continuous access evaluation or Conditional Access wants a new sign-in with these claims.
    #[error("Microsoft demands a new sign-in with more claims")]
    Claims {
        /// The decoded JSON to send as `claims` with the next sign-in.
        claims: Option<String>,
        /// For support.
        support: Support,
    },
    /// The protocol is switched off for the organisation, the mailbox or this application.
    #[error("Exchange does not offer this protocol to the application")]
    Blocked(Support),
    /// A scope is missing, the mailbox is not shared with the signer, or a policy of the directory forbids it.
    #[error("Exchange denies access to the mailbox")]
    AccessDenied(Support),
    /// The signer may not send as this mailbox.
    #[error("Exchange denies sending as this mailbox")]
    SendAsDenied(Support),
    /// No licensed cloud mailbox stands behind the address.
    #[error("Exchange finds no mailbox")]
    MailboxMissing(Support),
    /// The message was moved or deleted since it was listed.
    #[error("Exchange finds no such message")]
    ItemMissing(Support),
    /// The folder is gone.
    #[error("Exchange finds no such folder")]
    FolderMissing(Support),
    /// The state of the changes is lost: start again without one, the ledger knows what it has.
    #[error("Exchange does not know the state of the changes any more")]
    Resync(Support),
    /// Too many requests. Nothing was done.
    #[error("Microsoft asks to slow down")]
    Throttled {
        /// How long to wait, when Microsoft said so (`Retry-After` or `BackOffMilliseconds`).
        retry_after: Option<Duration>,
        /// For support.
        support: Support,
    },
    /// Microsoft failed.
    #[error("Microsoft 365 has a problem of its own (status {status})")]
    Server {
        /// HTTP status; 200 when the failure came inside of an answer.
        status: u16,
        /// For support.
        support: Support,
    },
    /// Somebody else changed the message at the same moment. Nothing was done.
    #[error("the message changed at the same moment")]
    Conflict(Support),
    /// No whole answer came: name resolution, connection, TLS, timeout, or a body that broke off.
    #[error("Microsoft 365 did not answer")]
    Unreachable {
        /// A change may have happened all the same: look it up before trying again.
        maybe_done: bool,
        /// The connection's own words.
        #[source]
        source: SendError,
    },
    /// A message is larger than the limit.
    #[error("the message is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes, the caller's or Microsoft's. 0 when Microsoft did not say.
        limit: u64,
        /// For support.
        support: Support,
    },
    /// The mailbox takes nothing more.
    #[error("the mailbox is full")]
    MailboxFull(Support),
    /// Microsoft refused for a reason that has no class of its own.
    #[error("Microsoft 365 refused with status {status}")]
    Refused {
        /// HTTP status; 200 when the refusal came inside of an answer.
        status: u16,
        /// For support.
        support: Support,
    },
    /// A 2xx answer that does not carry what it must: HTML, broken JSON or XML, a missing field.
    #[error("Microsoft 365 answered {operation} with something unreadable")]
    Garbled {
        /// The operation's name.
        operation: &'static str,
        /// For support.
        support: Support,
    },
    /// The same page comes again and again.
    #[error(transparent)]
    Repeating(#[from] Repeating),
    /// A stored or received link leads away from the configured Microsoft: nothing is sent there.
    #[error("a link does not belong to the configured Microsoft 365")]
    ForeignLink,
    /// An id that cannot stand in a path: empty, `.` or `..`.
    #[error("an id cannot stand in a path")]
    BadId,
    /// A value holds a character that XML cannot carry. Nothing was sent.
    #[error("a value cannot be written as XML")]
    Unwritable,
    /// What shall be sent is not a mail. Nothing was sent.
    #[error("the message to send is not a mail")]
    Unparsable,
}

impl MailboxError {
    /// What it is.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Unauthorized(_) => ErrorKind::Unauthorized,
            Self::WrongResource(_) => ErrorKind::WrongResource,
            Self::ScopeMissing(_) => ErrorKind::ScopeMissing,
            Self::Claims { .. } => ErrorKind::Claims,
            Self::Blocked(_) => ErrorKind::Blocked,
            Self::AccessDenied(_) => ErrorKind::AccessDenied,
            Self::SendAsDenied(_) => ErrorKind::SendAsDenied,
            Self::MailboxMissing(_) => ErrorKind::MailboxMissing,
            Self::ItemMissing(_) => ErrorKind::ItemMissing,
            Self::FolderMissing(_) => ErrorKind::FolderMissing,
            Self::Resync(_) => ErrorKind::Resync,
            Self::Throttled { .. } => ErrorKind::Throttled,
            Self::Server { .. } | Self::Garbled { .. } | Self::Repeating(_) => ErrorKind::Server,
            Self::Conflict(_) => ErrorKind::Conflict,
            Self::Unreachable { .. } => ErrorKind::Unreachable,
            Self::TooLarge { .. } => ErrorKind::TooLarge,
            Self::MailboxFull(_) => ErrorKind::MailboxFull,
            Self::Refused { .. }
            | Self::ForeignLink
            | Self::BadId
            | Self::Unwritable
            | Self::Unparsable => ErrorKind::Refused,
        }
    }

    /// `request-id` and code, where an answer came.
    pub fn support(&self) -> Option<&Support> {
        match self {
            Self::Unauthorized(support)
            | Self::WrongResource(support)
            | Self::ScopeMissing(support)
            | Self::Blocked(support)
            | Self::AccessDenied(support)
            | Self::SendAsDenied(support)
            | Self::MailboxMissing(support)
            | Self::ItemMissing(support)
            | Self::FolderMissing(support)
            | Self::Resync(support)
            | Self::Conflict(support)
            | Self::MailboxFull(support)
            | Self::Claims { support, .. }
            | Self::Throttled { support, .. }
            | Self::Server { support, .. }
            | Self::TooLarge { support, .. }
            | Self::Refused { support, .. }
            | Self::Garbled { support, .. } => Some(support),
            Self::Unreachable { .. }
            | Self::Repeating(_)
            | Self::ForeignLink
            | Self::BadId
            | Self::Unwritable
            | Self::Unparsable => None,
        }
    }

    /// The `request-id` of the failed answer.
    pub fn request_id(&self) -> Option<&str> {
        self.support()?.request_id.as_deref()
    }

    /// Microsoft's code, such as `ErrorAccessDenied`.
    pub fn code(&self) -> Option<&str> {
        self.support()?.code.as_deref()
    }

    /// Nobody has to act: the same call can succeed later. Changes no state of a connection.
    pub fn is_transient(&self) -> bool {
        self.kind().is_transient()
    }

    /// A change may have happened although the call failed: look it up before trying again.
    pub fn maybe_done(&self) -> bool {
        match self {
            Self::Unreachable { maybe_done, .. } => *maybe_done,
            Self::Server { .. } | Self::Garbled { .. } => true,
            _ => false,
        }
    }

    /// How long Microsoft asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Throttled { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// No answer came after `source`; `changes` says whether the request could have changed something.
    pub(crate) fn unreachable(source: SendError, changes: bool) -> Self {
        Self::Unreachable {
            maybe_done: changes && !source.was_not_sent(),
            source,
        }
    }

    /// The error of a kind, as a table of codes or a status decides it.
    pub(crate) fn of(kind: ErrorKind, status: u16, support: Support) -> Self {
        match kind {
            ErrorKind::Unauthorized => Self::Unauthorized(support),
            ErrorKind::WrongResource => Self::WrongResource(support),
            ErrorKind::ScopeMissing => Self::ScopeMissing(support),
            ErrorKind::Claims => Self::Claims {
                claims: None,
                support,
            },
            ErrorKind::Blocked => Self::Blocked(support),
            ErrorKind::AccessDenied => Self::AccessDenied(support),
            ErrorKind::SendAsDenied => Self::SendAsDenied(support),
            ErrorKind::MailboxMissing => Self::MailboxMissing(support),
            ErrorKind::ItemMissing => Self::ItemMissing(support),
            ErrorKind::FolderMissing => Self::FolderMissing(support),
            ErrorKind::Resync => Self::Resync(support),
            ErrorKind::Throttled => Self::Throttled {
                retry_after: None,
                support,
            },
            ErrorKind::Conflict => Self::Conflict(support),
            ErrorKind::TooLarge => Self::TooLarge { limit: 0, support },
            ErrorKind::MailboxFull => Self::MailboxFull(support),
            ErrorKind::Server | ErrorKind::Unreachable => Self::Server { status, support },
            ErrorKind::Refused => Self::Refused { status, support },
        }
    }
}
