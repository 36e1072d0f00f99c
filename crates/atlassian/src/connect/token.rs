//! Connect tokens, verified. One function and one type for each kind of caller; see the table in
//! [`crate::connect`].
//!
//! Rules: *Understanding JWT for Connect apps* and *Security requirements for cloud apps* (Atlassian).
//! Mixing the kinds up is what CVE-2021-26073, CVE-2021-26074 and CVE-2021-26077 were.

mod claims;
mod error;
mod kinds;
mod unverified;

#[cfg(test)]
mod tests;

pub(crate) use claims::Claims;
pub use error::TokenError;
pub use kinds::{
    ContextToken, LifecycleToken, PageToken, WebhookToken, verify_context, verify_lifecycle,
    verify_page, verify_webhook,
};
pub use unverified::UnverifiedToken;

/// What a context token carries where other tokens carry a hash of their request.
pub const CONTEXT_QSH: &str = "context-qsh";
