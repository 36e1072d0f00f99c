use secrecy::{ExposeSecret as _, SecretString};

/// A bearer token for the mailbox's protocol. Never shown by `Debug`; only requests of this crate see it.
#[derive(Clone, Debug)]
pub struct AccessToken(SecretString);

impl AccessToken {
    /// The one place that uncovers the token: the `Authorization` header.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<SecretString> for AccessToken {
    fn from(token: SecretString) -> Self {
        Self(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_does_not_show_the_token() {
        let token = AccessToken::from(SecretString::from("eyJ.secret"));
        assert!(!format!("{token:?}").contains("eyJ"));
        assert_eq!(token.expose(), "eyJ.secret");
    }
}
