//! What a failure means that has no code, or one whose words do not fit.

use crate::diagnosis::{rows, steps};

rows! {
    [] Refused Nobody:
        "Microsoft 365 refused the request.",
        "The rest goes on. If it stays, Microsoft's support can find the request by its id.", [];
    [] Unauthorized MailboxOwner:
        "Microsoft does not accept the sign-in for {mailbox}, not even with a fresh access token.",
        "Let the owner of the mailbox sign in again. If that does not help, the Exchange administrator has to allow \
         this application to use the mailbox.",
        [steps::SIGN_IN, steps::EWS_OF_MAILBOX];
    [] WrongResource Us:
        "The sign-in is not for this service of Microsoft but for another one.",
        "Postroom's operator must look at it. Signing in again does not help.", [];
    [] ScopeMissing MailboxOwner:
        "The sign-in of {signer} does not include the permission that this needs.",
        "Sign in again and accept all permissions.", [steps::SIGN_IN];
    [] Claims MailboxOwner:
        "Microsoft asks {signer} for a further check.",
        "Let the person who signed in sign in again.", [steps::SIGN_IN];
    [] Blocked MicrosoftAdministrator:
        "Exchange Web Services are switched off for the organisation, for {mailbox} or for this application.",
        "Move the connection to Microsoft Graph: Exchange Online switches EWS off for good on 2027-04-01. Until then an \
         Exchange administrator can allow it; the list of applications is replaced as a whole, so keep those that are \
         on it.",
        [steps::EWS_LEAVE, steps::EWS_SEE, steps::EWS_ALLOW, steps::EWS_OF_MAILBOX];
    [] AccessDenied MicrosoftAdministrator:
        "Exchange does not let {signer} do this in {mailbox}.",
        "Give {signer} full access to the mailbox, or let its owner sign in.",
        [steps::FULL_ACCESS, steps::WAIT_AN_HOUR];
    [] SendAsDenied MicrosoftAdministrator:
        "Exchange does not let {signer} send as {mailbox}.",
        "Give {signer} the right to send as the mailbox.",
        [steps::SEND_AS, steps::SEND_AS_ALIAS, steps::WAIT_AN_HOUR];
    [] MailboxMissing MicrosoftAdministrator:
        "Microsoft 365 has no mailbox for {mailbox}.",
        "Check the address, and that the account is enabled and has an Exchange Online licence. A new mailbox can take \
         some hours.",
        [steps::LOOK_AT_MAILBOX, steps::LICENCE];
    [] ItemMissing Nobody:
        "The message is not where it was any more.",
        "Nothing to do: somebody moved or deleted it.", [];
    [] FolderMissing You:
        "The folder is not in {mailbox} any more.",
        "Choose the folder again.", [steps::CHOOSE_FOLDER];
    [] Resync Nobody:
        "Exchange forgot how far the folder was read.",
        "Nothing to do: the folder is read again, and nothing is taken in twice.", [];
    [] Throttled Nobody:
        "Microsoft asks us to slow down for {mailbox}.",
        "Nothing to do: we go on by ourselves, and nothing is lost.", [];
    [] Server Nobody:
        "Microsoft 365 has a problem of its own.",
        "Nothing to do: it is tried again by itself, and nothing is lost.", [];
    [] Conflict Nobody:
        "Somebody else changed the message at the same moment.",
        "Nothing to do: it is tried again by itself.", [];
    [] Unreachable Nobody:
        "Microsoft 365 could not be reached, or did not answer in time.",
        "Nothing to do: it is tried again by itself, and nothing is lost.", [];
    [] TooLarge Nobody:
        "The message is larger than Microsoft 365 or Postroom takes.",
        "The rest goes on. Look at the message in the mailbox.", [];
    [] MailboxFull MailboxOwner:
        "{mailbox} is full.",
        "Make room in the mailbox, or ask the Microsoft 365 administrator for more.",
        [
            crate::FixTemplate::step("Make room", "Empty Deleted Items, or move old mail to the archive."),
            steps::MAILBOX_SIZE
        ];
}
