//! The Forge front door: the token with which Atlassian calls a Forge Remote.
//!
//! Rule: *Forge Remote essentials* and *The Forge invocation token* (Atlassian): RS256, key set at a known
//! address, `iss` is `forge/invocation-token`, `aud` is exactly the id of our app. Tenant, API base URL and
//! account come from the verified token alone, never from a header or a body.

mod claims;
mod door;
mod error;
mod jwks;
#[cfg(test)]
mod tests;

pub use claims::{Environment, InvocationToken};
pub use door::ForgeDoor;
pub use error::ForgeError;
pub use jwks::JwksError;
