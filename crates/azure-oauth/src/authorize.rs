use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use crate::Microsoft;
use crate::random::{challenge, secret};

/// What to ask Microsoft for.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SignInRequest {
    /// Such as [`scopes::needed`](crate::scopes::needed) gives; those of two resources may stand together.
    pub scopes: Vec<String>,
    /// What the person is shown.
    pub prompt: Option<Prompt>,
    /// The address of the mailbox that should sign in. Wins over [`Prompt::SelectAccount`]: Microsoft does
    /// not take both.
    pub login_hint: Option<String>,
    /// The JSON of a claims challenge, to be met by this sign-in.
    pub claims: Option<String>,
}

impl SignInRequest {
    /// Asks for scopes and lets the person choose the account, so that an administrator who is signed in
    /// does not become the mailbox user by accident.
    pub fn for_scopes(scopes: &[&str]) -> Self {
        Self {
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            prompt: Some(Prompt::SelectAccount),
            ..Self::default()
        }
    }
}

impl fmt::Debug for SignInRequest {
    /// Shows no address.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInRequest")
            .field("scopes", &self.scopes)
            .field("prompt", &self.prompt)
            .finish_non_exhaustive()
    }
}

/// The `prompt` parameter of "Microsoft identity platform and OAuth 2.0 authorization code flow".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// Ask for the password even if there is a session.
    Login,
    /// Show the consent page even if consent is given: how a missing scope is asked for again.
    Consent,
    /// Let the person choose among accounts.
    SelectAccount,
    /// Show nothing: succeed by the session that there is, or come back with an error at once.
    None,
}

impl Prompt {
    fn word(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Consent => "consent",
            Self::SelectAccount => "select_account",
            Self::None => "none",
        }
    }
}

/// A sign-in that has begun. Keep the three secrets with it until Microsoft sends the browser back.
pub struct Authorization {
    /// Where to send the browser.
    pub url: Url,
    /// Comes back with the browser; single use.
    pub state: SecretString,
    /// Comes back inside the id token.
    pub nonce: SecretString,
    /// Proves at redemption that it is us who began (PKCE).
    pub pkce_verifier: SecretString,
}

impl fmt::Debug for Authorization {
    /// The URL holds state and nonce, so it is not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization").finish_non_exhaustive()
    }
}

impl Microsoft {
    /// Begins a sign-in with fresh secrets.
    pub fn authorize(&self, request: &SignInRequest) -> Authorization {
        let (state, nonce, pkce_verifier) = (secret(), secret(), secret());
        let mut url = self.endpoint(&["oauth2", "v2.0", "authorize"]);
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("client_id", &self.registration.client_id)
                .append_pair("response_type", "code")
                .append_pair("response_mode", "query")
                .append_pair("redirect_uri", self.redirect_uri.as_str())
                .append_pair("scope", &self.spelled(&request.scopes))
                .append_pair("state", state.expose_secret())
                .append_pair("nonce", nonce.expose_secret())
                .append_pair("code_challenge", &challenge(&pkce_verifier))
                .append_pair("code_challenge_method", "S256");
            let hint = request.login_hint.as_deref();
            match request.prompt {
                Some(Prompt::SelectAccount) if hint.is_some() => {}
                Some(prompt) => drop(query.append_pair("prompt", prompt.word())),
                None => {}
            }
            for (name, value) in [("login_hint", hint), ("claims", request.claims.as_deref())] {
                if let Some(value) = value {
                    query.append_pair(name, value);
                }
            }
        }
        Authorization {
            url,
            state,
            nonce,
            pkce_verifier,
        }
    }
}

#[cfg(test)]
mod tests;
