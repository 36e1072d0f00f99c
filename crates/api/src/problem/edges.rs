//! Refusals at the edge: too much, too slow, too often, and proved but not allowed.

use std::{sync::Arc, time::Duration};

use actix_web::http::StatusCode;

use super::Problem;

const WAITING: &str = "waiting_for_jira";

impl Problem {
    /// The request is larger than we read.
    pub(crate) fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            "The request is too large.",
        )
    }

    /// What was asked for is larger than a JSON answer may be.
    pub(crate) fn too_large_here(way_out: &'static str) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large_here",
            "This is too large to be loaded here.",
        )
        .act(way_out)
    }

    /// The request did not arrive whole within its time (RFC 9110 section 15.5.9).
    pub(crate) fn too_slow() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "too_slow",
            "The request did not arrive in time.",
        )
        .act("Try again.")
    }

    /// The request broke off or is not what its headers say.
    pub(crate) fn unreadable() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "unreadable",
            "The request cannot be read.",
        )
    }

    /// More requests than one tenant or one address may make; `wait` says when the next may come (RFC 6585 section 4).
    pub(crate) fn too_many_requests(wait: Duration, context: &'static str) -> Self {
        let mut problem = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_requests",
            "There were too many requests in a short time.",
        )
        .act("Wait a moment, then try again.")
        .context(context);
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        problem.retry_after = Some(seconds.try_into().unwrap_or(u16::MAX));
        problem
    }

    /// Forge proved who calls, and it is not allowed. Never 401: Forge takes that to mean that its token is bad
    /// (*Forge Remote essentials*, Atlassian).
    pub(crate) fn denied(code: &'static str, message: &'static str) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, message)
    }

    /// There is no token for the site's Jira yet, or none that it accepts. The next call of Forge itself brings one.
    pub(crate) fn waiting_for_jira() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            WAITING,
            "Postroom waits for a key to this Jira. Jira brings one within the hour.",
        )
        .act("Open this page again in a while. No mail is lost.")
        .context("no token for the site is at hand")
    }

    /// The same for everybody who waited for one answer of Jira.
    pub(crate) fn of_jira(shared: Arc<Self>, context: &'static str) -> Self {
        match shared.code {
            WAITING => Self::waiting_for_jira(),
            _ => Self::jira_unavailable(context),
        }
        .because(shared)
    }

    /// What is to be moved here would meet what is here.
    pub(crate) fn not_empty() -> Self {
        let message = "There are mailboxes or mails here already.";
        Self::new(StatusCode::CONFLICT, "not_empty", message).act(
            "Delete the sources and outbounds here first. If mails came in already, remove the app and install it \
             again, and move then.",
        )
    }

    /// The sign-in does not carry what is to be done with it.
    pub(crate) fn missing_scopes(missing: &[&str]) -> Self {
        let message = format!(
            "This sign-in may not do that: Microsoft did not give {}.",
            missing.join(", ")
        );
        Self::new(StatusCode::CONFLICT, "missing_scopes", message)
            .act("Sign in again: Microsoft then asks for what is missing.")
    }

    /// Microsoft does not accept the sign-in any more.
    pub(crate) fn needs_sign_in(message: String) -> Self {
        Self::new(StatusCode::CONFLICT, "needs_sign_in", message)
    }

    /// What was asked was done before, with the very same token.
    pub(crate) fn repeated() -> Self {
        Self::conflict("This call was made already.").act("Reload the page to see what came of it.")
    }
}
