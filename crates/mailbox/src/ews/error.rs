use std::time::Duration;

use postroom_telemetry::SendError;

use super::challenge::Rejected;
use crate::{Repeating, Support};

/// Why a call to Exchange Web Services failed, sorted by what has to happen next.
///
/// The table of response codes behind it is in `codes.rs`, after Microsoft's page "ResponseCode"; the words for a
/// person are in [`EwsError::sentence`] and [`EwsError::way_out`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EwsError {
    /// The token is expired, revoked or meant for something else: get a fresh one once, then sign in anew.
    /// Exchange was also seen to answer so when it was merely busy.
    #[error("Exchange does not accept the access token")]
    Unauthorized {
        /// What Exchange says is wrong with it.
        rejected: Rejected,
        /// For support.
        support: Support,
    },
    /// Continuous access evaluation or Conditional Access wants a new sign-in with these claims.
    #[error("Exchange demands a new sign-in with more claims")]
    Claims {
        /// The decoded JSON to send as `claims` with the next sign-in.
        claims: Option<String>,
        /// For support.
        support: Support,
    },
    /// EWS is switched off for the organisation, the mailbox or this application.
    #[error("Exchange does not offer EWS to this application any more")]
    Blocked(Support),
    /// The mailbox is not shared with the signer, or a policy forbids it.
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
    /// The sync state is lost: start again without one, the ledger knows what it has.
    #[error("Exchange does not know the sync state any more")]
    Resync(Support),
    /// Too many requests. Nothing was done.
    #[error("Exchange asks to slow down")]
    Throttled {
        /// How long to wait, when Exchange said so (`BackOffMilliseconds` or `Retry-After`).
        retry_after: Option<Duration>,
        /// For support.
        support: Support,
    },
    /// Exchange failed.
    #[error("Exchange has a problem of its own (status {status})")]
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
    #[error("Exchange did not answer")]
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
        /// The limit in bytes, the caller's. 0 when it is Exchange's own and it did not say.
        limit: u64,
        /// For support.
        support: Support,
    },
    /// The mailbox takes nothing more.
    #[error("the mailbox is full")]
    MailboxFull(Support),
    /// Exchange refused for a reason that has no class of its own.
    #[error("Exchange refused with status {status}")]
    Refused {
        /// HTTP status; 200 when the refusal came inside of an answer.
        status: u16,
        /// For support.
        support: Support,
    },
    /// A 2xx answer that does not carry what it must: HTML, broken XML, a missing element.
    #[error("Exchange answered {operation} with something unreadable")]
    Garbled {
        /// The operation's name.
        operation: &'static str,
        /// For support.
        support: Support,
    },
    /// The same page comes again and again.
    #[error("Exchange repeats its pages")]
    Repeating,
    /// A value holds a character that XML cannot carry. Nothing was sent.
    #[error("a value cannot be written as XML")]
    Unwritable,
}

impl EwsError {
    /// `request-id` and code, where an answer came.
    pub fn support(&self) -> Option<&Support> {
        match self {
            Self::Blocked(support)
            | Self::AccessDenied(support)
            | Self::SendAsDenied(support)
            | Self::MailboxMissing(support)
            | Self::ItemMissing(support)
            | Self::FolderMissing(support)
            | Self::Resync(support)
            | Self::Conflict(support)
            | Self::MailboxFull(support)
            | Self::Unauthorized { support, .. }
            | Self::Claims { support, .. }
            | Self::Throttled { support, .. }
            | Self::Server { support, .. }
            | Self::TooLarge { support, .. }
            | Self::Refused { support, .. }
            | Self::Garbled { support, .. } => Some(support),
            Self::Unreachable { .. } | Self::Repeating | Self::Unwritable => None,
        }
    }

    /// The `request-id` of the failed answer.
    pub fn request_id(&self) -> Option<&str> {
        self.support()?.request_id.as_deref()
    }

    /// The response code, such as `ErrorServerBusy`, or the category of a refused token.
    pub fn code(&self) -> Option<&str> {
        self.support()?.code.as_deref()
    }

    /// Nobody has to act: the same call can succeed later. Changes no state of a connection.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Throttled { .. }
                | Self::Server { .. }
                | Self::Conflict(_)
                | Self::Unreachable { .. }
                | Self::Garbled { .. }
                | Self::Repeating
        )
    }

    /// The same call may go better at once. A timeout has already cost the caller a long wait: it decides itself.
    pub(crate) fn worth_a_retry(&self) -> bool {
        match self {
            Self::Unreachable { source, .. } => !source.is_timeout(),
            error => error.is_transient(),
        }
    }

    /// A change may have happened although the call failed: look it up before trying again.
    pub fn maybe_done(&self) -> bool {
        match self {
            Self::Unreachable { maybe_done, .. } => *maybe_done,
            Self::Server { .. } | Self::Garbled { .. } => true,
            _ => false,
        }
    }

    /// How long Exchange asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Throttled { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

impl From<Repeating> for EwsError {
    fn from(_: Repeating) -> Self {
        Self::Repeating
    }
}
