//! The response codes of EWS that decide what happens next (Exchange web services: "ResponseCode").

use super::error::EwsError;
use crate::Support;

/// What a response code comes down to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    AccessDenied,
    SendAsDenied,
    MailboxMissing,
    /// A message, or what the call was about.
    Missing,
    FolderMissing,
    Resync,
    Throttled,
    Server,
    Conflict,
    TooLarge,
    MailboxFull,
}

/// What the failed call was about: the same code means another thing for a folder than for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Mailbox,
    Folder,
    Item,
}

/// The whole table. A code that is not in it is a refusal.
pub(crate) const CODES: &[(&str, Class)] = &[
    ("ErrorAccessDenied", Class::AccessDenied),
    ("ErrorCreateItemAccessDenied", Class::AccessDenied),
    ("ErrorImpersonateUserDenied", Class::AccessDenied),
    ("ErrorImpersonationDenied", Class::AccessDenied),
    ("ErrorSendAsDenied", Class::SendAsDenied),
    ("ErrorAccountDisabled", Class::MailboxMissing),
    ("ErrorInvalidLicense", Class::MailboxMissing),
    ("ErrorInvalidMailbox", Class::MailboxMissing),
    ("ErrorMissingEmailAddress", Class::MailboxMissing),
    ("ErrorNonExistentMailbox", Class::MailboxMissing),
    ("ErrorItemNotFound", Class::Missing),
    ("ErrorInvalidId", Class::Missing),
    ("ErrorInvalidIdEmpty", Class::Missing),
    ("ErrorInvalidIdMalformed", Class::Missing),
    ("ErrorInvalidIdMalformedEwsLegacyIdFormat", Class::Missing),
    ("ErrorInvalidIdMonikerTooLong", Class::Missing),
    ("ErrorInvalidIdStoreObjectIdTooLong", Class::Missing),
    ("ErrorInvalidIdXml", Class::Missing),
    ("ErrorFolderNotFound", Class::FolderMissing),
    ("ErrorParentFolderNotFound", Class::FolderMissing),
    ("ErrorSavedItemFolderNotFound", Class::FolderMissing),
    ("ErrorSyncFolderNotFound", Class::FolderMissing),
    ("ErrorToFolderNotFound", Class::FolderMissing),
    ("ErrorInvalidSyncStateData", Class::Resync),
    ("ErrorExceededConnectionCount", Class::Throttled),
    ("ErrorServerBusy", Class::Throttled),
    ("ErrorSubmissionQuotaExceeded", Class::Throttled),
    ("ErrorTooManyObjectsOpened", Class::Throttled),
    ("ErrorADOperation", Class::Server),
    ("ErrorADUnavailable", Class::Server),
    ("ErrorBatchProcessingStopped", Class::Server),
    ("ErrorConnectionFailed", Class::Server),
    ("ErrorInternalServerError", Class::Server),
    ("ErrorInternalServerTransientError", Class::Server),
    ("ErrorMailboxFailover", Class::Server),
    ("ErrorMailboxMoveInProgress", Class::Server),
    ("ErrorMailboxStoreUnavailable", Class::Server),
    ("ErrorTimeoutExpired", Class::Server),
    ("ErrorChangeKeyRequired", Class::Conflict),
    ("ErrorChangeKeyRequiredForWriteOperations", Class::Conflict),
    ("ErrorIrresolvableConflict", Class::Conflict),
    ("ErrorStaleObject", Class::Conflict),
    ("ErrorDataSizeLimitExceeded", Class::TooLarge),
    ("ErrorMessageSizeExceeded", Class::TooLarge),
    ("ErrorQuotaExceeded", Class::MailboxFull),
];

impl Class {
    /// The class of a code, in whatever case it came.
    pub(crate) fn of(code: &str) -> Option<Self> {
        let known = CODES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(code));
        known.map(|(_, class)| *class)
    }

    /// `status` is HTTP's. `Throttled` says nothing of the wait here.
    pub(crate) fn error(self, target: Target, status: u16, support: Support) -> EwsError {
        match self {
            Self::AccessDenied => EwsError::AccessDenied(support),
            Self::SendAsDenied => EwsError::SendAsDenied(support),
            Self::MailboxMissing => EwsError::MailboxMissing(support),
            Self::Missing if target == Target::Item => EwsError::ItemMissing(support),
            Self::Missing | Self::FolderMissing => EwsError::FolderMissing(support),
            Self::Resync => EwsError::Resync(support),
            Self::Throttled => EwsError::Throttled {
                retry_after: None,
                support,
            },
            Self::Server => EwsError::Server { status, support },
            Self::Conflict => EwsError::Conflict(support),
            Self::TooLarge => EwsError::TooLarge { limit: 0, support },
            Self::MailboxFull => EwsError::MailboxFull(support),
        }
    }
}
