use std::time::Duration;

use crate::ews::EwsError;
use crate::graph::GraphError;
use crate::{Repeating, Support};

/// Why a call to a mailbox failed, whatever its protocol.
#[derive(Debug, thiserror::Error)]
pub enum MailboxError {
    /// Graph's.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// That of EWS.
    #[error(transparent)]
    Ews(#[from] EwsError),
    /// The pages of changes go in a circle.
    #[error(transparent)]
    Repeating(#[from] Repeating),
}

/// What a failure is, sorted by what has to happen next. The variants of both protocols' errors say more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The token is not accepted: get a fresh one once, then sign in anew.
    Unauthorized,
    /// Microsoft wants a new sign-in with more claims.
    Claims,
    /// The protocol is switched off for the organisation or for this application.
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

impl MailboxError {
    /// What it is.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Graph(error) => of_graph(error),
            Self::Ews(error) => of_ews(error),
            Self::Repeating(_) => ErrorKind::Server,
        }
    }

    /// `request-id` and code, where an answer came.
    pub fn support(&self) -> Option<&Support> {
        match self {
            Self::Graph(error) => error.support(),
            Self::Ews(error) => error.support(),
            Self::Repeating(_) => None,
        }
    }

    /// Nobody has to act: the same call can succeed later. Changes no state of a connection.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Graph(error) => error.is_transient(),
            Self::Ews(error) => error.is_transient(),
            Self::Repeating(_) => true,
        }
    }

    /// A change may have happened although the call failed: look it up before trying again.
    pub fn maybe_done(&self) -> bool {
        match self {
            Self::Graph(error) => error.maybe_done(),
            Self::Ews(error) => error.maybe_done(),
            Self::Repeating(_) => false,
        }
    }

    /// How long Microsoft asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Graph(error) => error.retry_after(),
            Self::Ews(error) => error.retry_after(),
            Self::Repeating(_) => None,
        }
    }
}

fn of_graph(error: &GraphError) -> ErrorKind {
    match error {
        GraphError::Unauthorized(_) => ErrorKind::Unauthorized,
        GraphError::Claims { .. } => ErrorKind::Claims,
        GraphError::AccessDenied(_) => ErrorKind::AccessDenied,
        GraphError::SendAsDenied(_) => ErrorKind::SendAsDenied,
        GraphError::MailboxMissing(_) => ErrorKind::MailboxMissing,
        GraphError::ItemMissing(_) => ErrorKind::ItemMissing,
        GraphError::FolderMissing(_) => ErrorKind::FolderMissing,
        GraphError::Resync(_) => ErrorKind::Resync,
        GraphError::Throttled { .. } => ErrorKind::Throttled,
        GraphError::Unreachable { .. } => ErrorKind::Unreachable,
        GraphError::TooLarge { .. } => ErrorKind::TooLarge,
        GraphError::Server { .. } | GraphError::Garbled { .. } | GraphError::RepeatingDelta => {
            ErrorKind::Server
        }
        GraphError::Refused { .. } | GraphError::ForeignLink | GraphError::BadId => {
            ErrorKind::Refused
        }
    }
}

fn of_ews(error: &EwsError) -> ErrorKind {
    match error {
        EwsError::Unauthorized { .. } => ErrorKind::Unauthorized,
        EwsError::Claims { .. } => ErrorKind::Claims,
        EwsError::Blocked(_) => ErrorKind::Blocked,
        EwsError::AccessDenied(_) => ErrorKind::AccessDenied,
        EwsError::SendAsDenied(_) => ErrorKind::SendAsDenied,
        EwsError::MailboxMissing(_) => ErrorKind::MailboxMissing,
        EwsError::ItemMissing(_) => ErrorKind::ItemMissing,
        EwsError::FolderMissing(_) => ErrorKind::FolderMissing,
        EwsError::Resync(_) => ErrorKind::Resync,
        EwsError::Throttled { .. } => ErrorKind::Throttled,
        EwsError::Conflict(_) => ErrorKind::Conflict,
        EwsError::Unreachable { .. } => ErrorKind::Unreachable,
        EwsError::TooLarge { .. } => ErrorKind::TooLarge,
        EwsError::MailboxFull(_) => ErrorKind::MailboxFull,
        EwsError::Server { .. } | EwsError::Garbled { .. } | EwsError::Repeating => {
            ErrorKind::Server
        }
        EwsError::Refused { .. } | EwsError::Unwritable => ErrorKind::Refused,
    }
}
