//! The Connect front door: who calls us, and how we prove to Jira who we are.
//!
//! A route takes the token out of the request, asks [`UnverifiedToken::client_key`] which tenant to load,
//! and then calls the one `verify_…` function of its kind:
//!
//! | caller | token | function |
//! |---|---|---|
//! | installed, uninstalled | RS256, key server of Atlassian | [`LifecycleDoor`] |
//! | enabled, disabled, webhooks | HS256, hash of this request | [`verify_webhook`] |
//! | an iframe page | HS256, hash of this request | [`verify_page`] |
//! | the panel's API calls | HS256, the literal `context-qsh` | [`verify_context`] |

mod audience;
pub mod descriptor;
pub mod jwt;
pub mod keys;
pub mod lifecycle;
pub mod qsh;
pub mod token;

pub use descriptor::Descriptor;
pub use jwt::AppToken;
pub use keys::{InstallKeys, KeyError};
pub use lifecycle::{Installed, LifecycleDoor, LifecycleError, LifecyclePayload, Uninstalled};
pub use qsh::Canonical;
pub use token::{
    ContextToken, PageToken, TokenError, UnverifiedToken, WebhookToken, verify_context,
    verify_page, verify_webhook,
};

/// Which sites may install the app, as patterns of origins: the origin in the payload decides where our calls, with
/// the mail in them, go.
pub type AllowedSites = postroom_telemetry::Origins;
