//! Words for an error whose number is unknown: by `suberror`, then by `error`.

use super::WhoActs;
use super::step;
use super::table::{Cure, Row, find};
use super::token_error::TokenError;

pub(super) const SERVICE: Row = Row {
    codes: &[],
    who: WhoActs::Nobody,
    cure: Cure::Wait,
    meaning: "Microsoft's sign-in has a passing problem, or it could not be reached.",
    way_out: "Nothing to do: it is tried again.",
    brought: &[],
    steps: &[],
};

pub(super) const UNPROVEN: Row = Row {
    codes: &[],
    who: WhoActs::Us,
    cure: Cure::Fix,
    meaning: "Microsoft's proof of who signed in could not be verified.",
    way_out: "Begin the sign-in again; if it happens again, we have to look at it.",
    brought: &[],
    steps: &[],
};

pub(super) const NO_REFRESH_TOKEN: Row = Row {
    codes: &[],
    who: WhoActs::MailboxOwner,
    cure: Cure::SignIn,
    meaning: "The sign-in did not include lasting access.",
    way_out: "Sign in again and accept all permissions.",
    brought: &[],
    steps: &[],
};

pub(super) const UNSIGNED: Row = Row {
    codes: &[],
    who: WhoActs::Us,
    cure: Cure::Fix,
    meaning: "The proof of our app registration could not be signed.",
    way_out: "We have to look at the certificate.",
    brought: &[],
    steps: &[],
};

/// Microsoft does not take a tenant's registration, for a reason that has no row.
pub(super) const BROUGHT_MEANING: &str = "Microsoft does not accept your app registration.";
pub(super) const BROUGHT_WAY_OUT: &str =
    "Check its client id, its directory and its secret or certificate, and change them here.";

const ENDED: Row = Row {
    codes: &[],
    who: WhoActs::MailboxOwner,
    cure: Cure::SignIn,
    meaning: "Microsoft does not accept this sign-in any more.",
    way_out: "Let the owner of the mailbox sign in again.",
    brought: &[],
    steps: &[],
};

const INTERACTION: Row = Row {
    codes: &[],
    who: WhoActs::MailboxOwner,
    cure: Cure::SignIn,
    meaning: "Microsoft wants the owner of the mailbox to confirm something.",
    way_out: "Let the owner of the mailbox sign in again and follow what Microsoft asks.",
    brought: &[],
    steps: &[],
};

const DENIED: Row = Row {
    codes: &[],
    who: WhoActs::MailboxOwner,
    cure: Cure::SignIn,
    meaning: "The sign-in was cancelled, or the organisation refused it.",
    way_out: "Sign in again and accept. If that is not possible, ask the Microsoft administrator.",
    brought: &[],
    steps: &[step::SIGN_IN_LOG],
};

const SERVICE_MISSING: Row = Row {
    codes: &[],
    who: WhoActs::MicrosoftAdministrator,
    cure: Cure::Change,
    meaning: "The organisation does not have the service that the app asks for.",
    way_out: "Ask the Microsoft administrator whether Exchange Online is enabled.",
    brought: &[],
    steps: &[step::LICENCES],
};

const PENDING: Row = Row {
    codes: &[],
    who: WhoActs::MailboxOwner,
    cure: Cure::Wait,
    meaning: "The sign-in is not finished yet.",
    way_out: "Finish the sign-in.",
    brought: &[],
    steps: &[],
};

/// Whatever else: a request that Microsoft does not take is ours until proven otherwise.
const OURS: Row = Row {
    codes: &[],
    who: WhoActs::Us,
    cure: Cure::Fix,
    meaning: "Microsoft did not accept our request.",
    way_out: "We have to look at it.",
    brought: &[],
    steps: &[],
};

pub(super) fn row(error: &TokenError) -> &'static Row {
    let suberror = error
        .suberror
        .as_deref()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let by_suberror = match suberror.as_str() {
        "consent_required" => find(65001),
        "user_password_expired" => find(50055),
        "bad_token" => Some(&ENDED),
        // The words that Microsoft's own libraries take for "a person has to interact".
        "basic_action" | "additional_action" | "message_only" | "ui_not_allowed"
        | "interrupted_user" => Some(&INTERACTION),
        _ => None,
    };
    by_suberror.unwrap_or_else(|| by_error(&error.error.to_ascii_lowercase()))
}

fn by_error(error: &str) -> &'static Row {
    match error {
        "invalid_grant" | "expired_token" => &ENDED,
        "interaction_required" | "login_required" => &INTERACTION,
        "consent_required" => find(65001).unwrap_or(&INTERACTION),
        "access_denied" | "permission_denied" | "authorization_declined" => &DENIED,
        "invalid_resource" => &SERVICE_MISSING,
        "authorization_pending" | "slow_down" => &PENDING,
        "temporarily_unavailable" | "server_error" => &SERVICE,
        _ => &OURS,
    }
}
