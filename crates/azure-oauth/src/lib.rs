//! Sign-in with Microsoft: the authorization code flow of Entra ID, what it leaves, and what its errors mean.
//!
//! ```no_run
//! # use postroom_azure_oauth::{Microsoft, SignInRequest, scopes::{self, Purpose}};
//! # async fn sign_in(microsoft: Microsoft, code: secrecy::SecretString)
//! #     -> Result<(), postroom_azure_oauth::OAuthError> {
//! let begun = microsoft.authorize(&SignInRequest::for_scopes(scopes::needed(Purpose::Source)));
//! // keep state, nonce and verifier; send the browser to begun.url; Microsoft sends it back with a code
//! let signed_in = microsoft.redeem(&code, &begun.pkce_verifier, &begun.nonce).await?;
//! let missing = scopes::missing(&signed_in.tokens.scopes, scopes::needed(Purpose::Source));
//! # drop(missing);
//! # Ok(()) }
//! ```
//!
//! An [`OAuthError`] knows its [`Diagnosis`]: whose fault it is, who has to act and the way out.

mod answer;
mod authorize;
mod callback;
mod consent;
pub mod diagnosis;
mod error;
mod grants;
mod id_token;
mod identity;
mod keys;
mod microsoft;
mod random;
mod redeem;
mod refresh;
pub mod scopes;
mod token;

#[cfg(test)]
mod testing;

pub use authorize::{Authorization, Prompt, SignInRequest};
pub use callback::{Callback, CallbackError};
pub use consent::Directory;
pub use diagnosis::{Class, Diagnosis, TokenError, WhoActs, diagnose};
pub use error::OAuthError;
pub use grants::{GrantError, Grants};
pub use id_token::IdTokenError;
pub use identity::Identity;
pub use microsoft::{AppRegistration, Microsoft};
pub use redeem::SignedIn;
pub use token::TokenSet;
