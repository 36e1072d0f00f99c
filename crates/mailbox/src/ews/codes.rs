//! The codes that only EWS says: response codes (Exchange web services: "ResponseCode") and the categories of a refused
//! token (`x-ms-diagnostics`).

use crate::diagnosis::{rows, steps};

rows! {
    ["invalid_resource"] WrongResource Us:
        "The sign-in is not for Exchange Web Services but for another service.",
        "Postroom's operator must look at it. Signing in again does not help.", [];
    ["invalid_grant"] ScopeMissing MailboxOwner:
        "The sign-in of {signer} does not include the permission EWS.AccessAsUser.All.",
        "Sign in again and accept all permissions.", [steps::SIGN_IN];
    ["invalid_lifetime", "token_expired", "invalid_token"] Unauthorized MailboxOwner:
        "Exchange does not accept the sign-in for {mailbox}, not even with a fresh access token.",
        "Let the owner of the mailbox sign in again. If that does not help, the Exchange administrator has to allow \
         this application to use the mailbox.",
        [steps::SIGN_IN, steps::EWS_OF_MAILBOX];
    ["ErrorImpersonateUserDenied", "ErrorImpersonationDenied"] AccessDenied MicrosoftAdministrator:
        "Exchange does not let {signer} act for {mailbox}.",
        "Give {signer} full access to the mailbox, or let its owner sign in.",
        [steps::FULL_ACCESS, steps::WAIT_AN_HOUR];
    ["ErrorSchemaValidation", "ErrorMessageDispositionRequired"] Refused Nobody:
        "Exchange did not understand the request.",
        "The rest goes on. Microsoft's support can find the request by its id.", [];
}
