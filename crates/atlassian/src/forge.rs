//! The Forge front door: the token with which Atlassian calls a Forge Remote, and what it calls us for.
//!
//! ```text
//!  Authorization: Bearer <invocation token> ─► ForgeDoor::verify ─► InvocationToken: installation, site, account
//!  x-forge-oauth-system: <system token>     ─► system_token_expiry, then kept sealed for calls to Jira
//!  body of an event                         ─► Event::parse
//! ```
//!
//! Rule: *Forge Remote essentials* and *The Forge invocation token* (Atlassian): RS256, key set at a known
//! address, `iss` is `forge/invocation-token`, `aud` is exactly the id of our app. Tenant, API base URL and
//! account come from the verified token alone, never from a header or a body.

mod claims;
mod door;
mod error;
mod event;
mod jwks;
#[cfg(test)]
mod manifest;
pub mod routes;
mod site;
mod system_token;
#[cfg(test)]
mod tests;

pub use claims::{Environment, InvocationToken, UnknownEnvironment};
pub use door::{ForgeDoor, ForgeSettings};
pub use error::ForgeError;
pub use event::{Event, EventError, EventKind, Retry};
pub use jwks::JwksError;
pub use system_token::system_token_expiry;
