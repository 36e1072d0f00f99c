//! The response codes of Exchange that both protocols say (Exchange web services: "ResponseCode"; Microsoft Graph hands
//! them on).

use crate::diagnosis::{rows, steps};

rows! {
    ["ErrorAccessDenied", "ErrorCreateItemAccessDenied"] AccessDenied MicrosoftAdministrator:
        "Exchange does not let {signer} open {mailbox}.",
        "Give {signer} full access to the mailbox, or let its owner sign in.",
        [steps::FULL_ACCESS, steps::WAIT_AN_HOUR];
    ["ErrorSendAsDenied"] SendAsDenied MicrosoftAdministrator:
        "Exchange does not let {signer} send as {mailbox}.",
        "Give {signer} the right to send as the mailbox.",
        [steps::SEND_AS, steps::SEND_AS_ALIAS, steps::WAIT_AN_HOUR];
    ["ErrorAccountDisabled"] MailboxMissing MicrosoftAdministrator:
        "The account of {mailbox} is disabled.",
        "Enable the account, or connect another mailbox.",
        [
            crate::FixTemplate::link("Enable the account", "Let {mailbox} sign in again.", "{admin_center}"),
            steps::LOOK_AT_MAILBOX
        ];
    ["ErrorNonExistentMailbox", "ErrorInvalidMailbox", "ErrorMissingEmailAddress"] MailboxMissing MicrosoftAdministrator:
        "Exchange knows no mailbox {mailbox}.",
        "Check the address. A new mailbox can take some hours until it is there.",
        [steps::LOOK_AT_MAILBOX, steps::LICENCE];
    ["ErrorInvalidLicense"] MailboxMissing MicrosoftAdministrator:
        "{mailbox} has no licence for Exchange Online.",
        "Give the account a licence with Exchange Online.",
        [steps::LICENCE, steps::LOOK_AT_MAILBOX];
    ["ErrorItemNotFound", "ErrorInvalidId", "ErrorInvalidIdEmpty", "ErrorInvalidIdMalformed",
     "ErrorInvalidIdMalformedEwsLegacyIdFormat", "ErrorInvalidIdMonikerTooLong",
     "ErrorInvalidIdStoreObjectIdTooLong", "ErrorInvalidIdXml"] ItemMissing Nobody:
        "The message is not where it was any more.",
        "Nothing to do: somebody moved or deleted it.", [];
    ["ErrorFolderNotFound", "ErrorSyncFolderNotFound", "ErrorParentFolderNotFound", "ErrorSavedItemFolderNotFound",
     "ErrorToFolderNotFound"] FolderMissing You:
        "The folder is not in {mailbox} any more.",
        "Choose the folder again.", [steps::CHOOSE_FOLDER];
    ["ErrorInvalidSyncStateData"] Resync Nobody:
        "Exchange forgot how far the folder was read.",
        "Nothing to do: the folder is read again, and nothing is taken in twice.", [];
    ["ErrorServerBusy", "ErrorExceededConnectionCount", "ErrorTooManyObjectsOpened"] Throttled Nobody:
        "Exchange is busy and asks us to slow down for {mailbox}.",
        "Nothing to do: we go on by ourselves, and nothing is lost.", [];
    ["ErrorSubmissionQuotaExceeded", "ErrorExceededMessageLimit"] Throttled Nobody:
        "{mailbox} sent as many mails as Exchange lets it for now.",
        "Nothing to do: the mails wait and go out by themselves.", [];
    ["ErrorMailboxMoveInProgress", "ErrorMailboxFailover", "ErrorMailboxStoreUnavailable"] Server Nobody:
        "Exchange is moving the store of {mailbox}, or it is away for a moment.",
        "Nothing to do: it is tried again by itself, and nothing is lost.", [];
    ["ErrorADOperation", "ErrorADUnavailable", "ErrorBatchProcessingStopped", "ErrorConnectionFailed",
     "ErrorInternalServerError", "ErrorInternalServerTransientError", "ErrorTimeoutExpired"] Server Nobody:
        "Exchange has a problem of its own.",
        "Nothing to do: it is tried again by itself, and nothing is lost.", [];
    ["ErrorChangeKeyRequired", "ErrorChangeKeyRequiredForWriteOperations", "ErrorIrresolvableConflict",
     "ErrorStaleObject"] Conflict Nobody:
        "Somebody else changed the message at the same moment.",
        "Nothing to do: it is tried again by itself.", [];
    ["ErrorDataSizeLimitExceeded", "ErrorMessageSizeExceeded"] TooLarge Nobody:
        "The message is larger than Exchange takes.",
        "The rest goes on. Look at the message in the mailbox.", [];
    ["ErrorQuotaExceeded"] MailboxFull MailboxOwner:
        "{mailbox} is full.",
        "Make room in the mailbox, or ask the Microsoft 365 administrator for more.",
        [
            crate::FixTemplate::step("Make room", "Empty Deleted Items, or move old mail to the archive."),
            steps::MAILBOX_SIZE
        ];
    ["ErrorMimeContentConversionFailed", "ErrorContentConversionFailed"] Refused Nobody:
        "Exchange cannot give this message in its internet form.",
        "The rest goes on. Look at the message in the mailbox.", [];
    ["ErrorMimeContentInvalid", "ErrorMimeContentInvalidBase64String"] Refused Nobody:
        "Exchange cannot read the message that was to be sent.",
        "The rest goes on. Microsoft's support can find the request by its id.", [];
    ["ErrorInvalidRecipients"] Refused Nobody:
        "The message has no recipient that Exchange takes.",
        "The rest goes on. Look at the address of the recipient.", [];
}
