use std::collections::HashMap;

use secrecy::SecretString;
use url::form_urlencoded;

use crate::TokenError;

/// How Microsoft sends a browser back to the redirect URI.
#[derive(Debug)]
pub enum Callback {
    /// The person signed in and consented.
    Code {
        /// To be redeemed once, within ten minutes.
        code: SecretString,
        /// The state that we gave.
        state: SecretString,
    },
    /// The sign-in or the admin consent ended with an error.
    Refused {
        /// What Microsoft says.
        error: TokenError,
        /// The state that we gave; some errors come without it.
        state: Option<SecretString>,
    },
    /// An administrator consented. The directory that the answer names is not proven, so it is not kept.
    AdminConsented {
        /// The state that we gave.
        state: SecretString,
    },
}

/// A callback that Microsoft cannot have made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the callback carries neither a code with its state nor an error")]
pub struct CallbackError;

impl Callback {
    /// Reads the query of the callback (without the `?`).
    ///
    /// # Errors
    /// [`CallbackError`] when it is none of the three.
    pub fn parse(query: &str) -> Result<Self, CallbackError> {
        let mut fields: HashMap<String, String> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        let mut take = |name: &str| fields.remove(name).filter(|value| !value.is_empty());
        let state = take("state").map(SecretString::from);
        // A refused admin consent says `admin_consent=True` as well: the error counts first.
        if let Some(error) = take("error") {
            let error = TokenError::from_callback(
                &error,
                &take("error_description").unwrap_or_default(),
                take("error_subcode"),
            );
            return Ok(Self::Refused { error, state });
        }
        let state = state.ok_or(CallbackError)?;
        if let Some(code) = take("code") {
            return Ok(Self::Code {
                code: code.into(),
                state,
            });
        }
        match take("admin_consent") {
            Some(word) if word.eq_ignore_ascii_case("true") => Ok(Self::AdminConsented { state }),
            _ => Err(CallbackError),
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_code_needs_its_state() {
        let callback = Callback::parse("code=0.AX%2B&state=s&session_state=x").unwrap();
        let Callback::Code { code, state } = callback else {
            panic!("{callback:?}")
        };
        assert_eq!(
            (code.expose_secret(), state.expose_secret()),
            ("0.AX+", "s")
        );
        assert_eq!(Callback::parse("code=c").unwrap_err(), CallbackError);
        assert_eq!(Callback::parse("state=s").unwrap_err(), CallbackError);
        assert_eq!(Callback::parse("").unwrap_err(), CallbackError);
    }

    #[test]
    fn an_error_counts_before_admin_consent() {
        let query =
            "admin_consent=True&error=consent_required&error_description=AADSTS65004%3A+no&state=s";
        let callback = Callback::parse(query).unwrap();
        let Callback::Refused { error, state } = callback else {
            panic!("{callback:?}")
        };
        assert_eq!(error.codes, [65004]);
        assert!(state.is_some());
    }

    #[test]
    fn an_administrator_can_consent_or_cancel() {
        let consented = Callback::parse("admin_consent=True&tenant=t&state=s").unwrap();
        assert!(matches!(consented, Callback::AdminConsented { .. }));
        let cancelled = Callback::parse("error=permission_denied&error_description=x").unwrap();
        assert!(matches!(cancelled, Callback::Refused { state: None, .. }));
    }
}
