//! The codes that only Graph says (Microsoft Graph: "Microsoft Graph error responses and resource types", "Get incremental
//! changes to messages in a folder", "Microsoft Graph throttling guidance").

use crate::diagnosis::{rows, steps};

rows! {
    ["InvalidAuthenticationToken", "unauthenticated"] Unauthorized MailboxOwner:
        "Microsoft Graph does not accept the sign-in for {mailbox}, not even with a fresh access token.",
        "Let the owner of the mailbox sign in again.", [steps::SIGN_IN];
    ["insufficient_claims"] Claims MailboxOwner:
        "A policy of the organisation asks {signer} for a further check.",
        "Let the person who signed in sign in again.", [steps::SIGN_IN];
    ["accessDenied", "Authorization_RequestDenied"] AccessDenied MicrosoftAdministrator:
        "Microsoft Graph does not let {signer} use {mailbox}: a right is missing, or a policy forbids it.",
        "Give {signer} full access to the mailbox, or let its owner sign in; look for a policy that limits \
         applications.",
        [steps::FULL_ACCESS, steps::WAIT_AN_HOUR];
    ["MailboxNotEnabledForRESTAPI"] MailboxMissing MicrosoftAdministrator:
        "{mailbox} is not a mailbox of Exchange Online: it has no licence, lies on a server of your own, is being set \
         up, or was deleted.",
        "Give the account a licence with Exchange Online. A new mailbox can take some hours.",
        [steps::LICENCE, steps::LOOK_AT_MAILBOX];
    ["ErrorInvalidUser"] MailboxMissing MicrosoftAdministrator:
        "{mailbox} is not a user of this organisation.",
        "Check the address.", [steps::LOOK_AT_MAILBOX];
    ["ResourceNotFound", "Request_ResourceNotFound"] MailboxMissing MicrosoftAdministrator:
        "Microsoft 365 finds no user {mailbox}.",
        "Check the address.", [steps::LOOK_AT_MAILBOX];
    ["extensionError"] Blocked MicrosoftAdministrator:
        "Exchange does not offer {mailbox} to Microsoft Graph: it lies on a server of your own, or a policy forbids it.",
        "Move the mailbox to Exchange Online, or lift the policy.", [steps::LOOK_AT_MAILBOX];
    ["syncStateNotFound", "resyncRequired", "InvalidSyncStateData"] Resync Nobody:
        "Microsoft Graph forgot how far the folder was read.",
        "Nothing to do: the folder is read again, and nothing is taken in twice.", [];
    ["ApplicationThrottled", "activityLimitReached", "TooManyRequests", "BandwidthLimitExceeded"] Throttled Nobody:
        "Microsoft Graph asks us to slow down for {mailbox}.",
        "Nothing to do: we go on by ourselves, and nothing is lost.", [];
    ["UnknownError", "generalException", "InternalServerError", "serviceNotAvailable", "ServiceUnavailable",
     "GatewayTimeout", "ErrorMoveCopyFailed"] Server Nobody:
        "Microsoft Graph has a problem of its own.",
        "Nothing to do: it is tried again by itself, and nothing is lost.", [];
    ["RequestEntityTooLarge"] TooLarge Nobody:
        "The message is larger than Microsoft Graph takes.",
        "The rest goes on.", [];
    ["quotaLimitReached"] MailboxFull MailboxOwner:
        "{mailbox} is full.",
        "Make room in the mailbox, or ask the Microsoft 365 administrator for more.",
        [
            crate::FixTemplate::step("Make room", "Empty Deleted Items, or move old mail to the archive."),
            steps::MAILBOX_SIZE
        ];
    ["InefficientFilter", "BadRequest", "RequestBroker--ParseUri", "ErrorInvalidRequest",
     "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize", "InvalidInternetMessageHeader"] Refused Nobody:
        "Microsoft Graph did not understand the request.",
        "The rest goes on. Microsoft's support can find the request by its id.", [];
}
