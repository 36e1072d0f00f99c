use std::time::Duration;

use postroom_telemetry::SendError;

use crate::support::Support;

/// Why a call to Graph failed, sorted by what has to happen next.
///
/// The table behind it is in Microsoft Graph "Microsoft Graph error responses and resource types" and
/// in the Outlook pages "Get incremental changes to messages" and "Microsoft Graph throttling guidance".
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// The token is expired, revoked or meant for somebody else: get a fresh one once, then sign in anew.
    #[error("Microsoft Graph does not accept the access token")]
    Unauthorized(Support),
    /// Continuous access evaluation or Conditional Access wants a new sign-in with these claims.
    #[error("Microsoft Graph demands a new sign-in with more claims")]
    Claims {
        /// The decoded JSON to send as `claims` with the next sign-in.
        claims: Option<String>,
        /// For support.
        support: Support,
    },
    /// A scope is missing, the mailbox is not shared with the signer, or a policy of the directory forbids it.
    #[error("Microsoft Graph denies access to the mailbox")]
    AccessDenied(Support),
    /// The signer may not send as this mailbox.
    #[error("Microsoft Graph denies sending as this mailbox")]
    SendAsDenied(Support),
    /// No licensed cloud mailbox stands behind the address.
    #[error("Microsoft Graph finds no mailbox")]
    MailboxMissing(Support),
    /// The message was moved or deleted since it was listed.
    #[error("Microsoft Graph finds no such message")]
    ItemMissing(Support),
    /// The folder is gone.
    #[error("Microsoft Graph finds no such folder")]
    FolderMissing(Support),
    /// The delta state is lost: start again with [`DeltaCursor::Start`](super::DeltaCursor::Start).
    #[error("Microsoft Graph lost the delta state")]
    Resync(Support),
    /// Too many requests. Nothing was done.
    #[error("Microsoft Graph asks to slow down")]
    Throttled {
        /// How long to wait, when Graph said so.
        retry_after: Option<Duration>,
        /// For support.
        support: Support,
    },
    /// Graph failed.
    #[error("Microsoft Graph answered with status {status}")]
    Server {
        /// HTTP status, 500 to 599.
        status: u16,
        /// For support.
        support: Support,
    },
    /// No whole answer came: name resolution, connection, TLS, timeout, or a body that broke off.
    #[error("Microsoft Graph did not answer")]
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
        /// The limit in bytes, the caller's or Graph's. 0 when Graph did not say.
        limit: u64,
        /// For support.
        support: Support,
    },
    /// Graph refused for a reason that has no class of its own.
    #[error("Microsoft Graph refused with status {status}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// For support.
        support: Support,
    },
    /// A 2xx answer that does not carry what it must.
    #[error("Microsoft Graph answered {operation} with something unreadable")]
    Garbled {
        /// The operation's name.
        operation: &'static str,
        /// For support.
        support: Support,
    },
    /// Delta hands out the same link or the same page again and again.
    #[error("Microsoft Graph repeats its pages")]
    RepeatingDelta,
    /// A stored or received link leads away from the configured Graph: the token is not sent there.
    #[error("a page link does not belong to the configured Microsoft Graph")]
    ForeignLink,
    /// An id that cannot stand in a path: empty, `.` or `..`.
    #[error("an id cannot stand in a path")]
    BadId,
}

impl GraphError {
    /// `request-id` and code, where an answer came.
    pub fn support(&self) -> Option<&Support> {
        match self {
            Self::Unauthorized(support)
            | Self::AccessDenied(support)
            | Self::SendAsDenied(support)
            | Self::MailboxMissing(support)
            | Self::ItemMissing(support)
            | Self::FolderMissing(support)
            | Self::Resync(support)
            | Self::Claims { support, .. }
            | Self::Throttled { support, .. }
            | Self::Server { support, .. }
            | Self::TooLarge { support, .. }
            | Self::Refused { support, .. }
            | Self::Garbled { support, .. } => Some(support),
            Self::Unreachable { .. } | Self::RepeatingDelta | Self::ForeignLink | Self::BadId => {
                None
            }
        }
    }

    /// Graph's `request-id` of the failed answer.
    pub fn request_id(&self) -> Option<&str> {
        self.support()?.request_id.as_deref()
    }

    /// Graph's error code.
    pub fn code(&self) -> Option<&str> {
        self.support()?.code.as_deref()
    }

    /// Nobody has to act: the same call can succeed later. Changes no state of a connection.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Throttled { .. }
                | Self::Server { .. }
                | Self::Unreachable { .. }
                | Self::Garbled { .. }
                | Self::RepeatingDelta
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

    /// How long Graph asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Throttled { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}
