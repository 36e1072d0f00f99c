//! Sign-in with Microsoft: the authorization code flow of Entra ID, what it leaves, and what its errors mean.
//!
//! ```no_run
//! # use postroom_azure_oauth::{Microsoft, SignInRequest, scopes::{self, Work}};
//! # use postroom_registry::connection::Protocol;
//! # async fn sign_in(microsoft: Microsoft, code: secrecy::SecretString)
//! #     -> Result<(), postroom_azure_oauth::OAuthError> {
//! let needed = scopes::needed(&Work::source(Protocol::Graph, false, true));
//! let begun = microsoft.authorize(&SignInRequest::for_scopes(&needed));
//! // keep state, nonce and verifier; send the browser to begun.url; Microsoft sends it back with a code
//! let signed_in = microsoft.redeem(&code, &begun.pkce_verifier, &begun.nonce, &needed).await?;
//! let missing = scopes::missing(&signed_in.tokens.scopes, &needed);
//! # drop(missing);
//! # Ok(()) }
//! ```
//!
//! [`Registrations`] gives out [`Microsoft`] for the service's own app registration and for those that tenants brought;
//! [`Grants`] gives out access tokens of what sign-ins left. An [`OAuthError`] knows its [`Diagnosis`]: whose fault it is, who has to act and the way out.

mod answer;
mod assertion;
mod authorize;
mod callback;
mod certificate;
mod check;
mod clouds;
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
mod registration;
mod registrations;
pub mod scopes;
mod token;

#[cfg(test)]
mod testing;

pub use authorize::{Authorization, Prompt, SignInRequest};
pub use callback::{Callback, CallbackError};
pub use certificate::{Certificate, CertificateError};
pub use clouds::{Clouds, Elsewhere, Endpoints};
pub use consent::Directory;
pub use diagnosis::{Class, Diagnosis, Place, TokenError, WhoActs, Whose, diagnose};
pub use error::OAuthError;
pub use grants::{GrantError, Grants};
pub use id_token::IdTokenError;
pub use identity::Identity;
pub use microsoft::Microsoft;
pub use redeem::SignedIn;
pub use registration::{AppRegistration, Credential};
pub use registrations::{RegistrationError, Registrations};
pub use token::TokenSet;
