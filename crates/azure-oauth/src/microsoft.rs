use std::sync::Arc;

use postroom_clock::Clock;
use postroom_telemetry::{HttpClient, Origins};
use secrecy::SecretString;
use url::Url;

use crate::keys::Keys;

/// Both legs of a sign-in go through one authority (else AADSTS700005). Work and school accounts only: a
/// personal account has no mailbox in Microsoft 365.
const AUTHORITY: &str = "organizations";

/// An app registration of Entra ID, with which people are signed in.
#[derive(Clone, Debug)]
pub struct AppRegistration {
    /// Application (client) id.
    pub client_id: String,
    /// The value (not the id) of a client secret.
    pub client_secret: SecretString,
}

/// Entra ID, seen through one app registration. Cheap to clone; clones share the signing keys.
#[derive(Clone, Debug)]
pub struct Microsoft {
    pub(crate) http: HttpClient,
    pub(crate) login_url: Url,
    pub(crate) registration: Arc<AppRegistration>,
    pub(crate) redirect_uri: Url,
    pub(crate) clock: Clock,
    pub(crate) keys: Arc<Keys>,
}

impl Microsoft {
    /// `login_url` is the cloud's sign-in host, such as `https://login.microsoftonline.com`; `redirect_uri`
    /// must be registered as a *Web* redirect URI, character for character.
    pub fn new(
        http: HttpClient,
        login_url: Url,
        registration: AppRegistration,
        redirect_uri: Url,
        clock: Clock,
    ) -> Self {
        Self {
            http: http.within(Origins::of(&login_url)),
            login_url,
            registration: Arc::new(registration),
            redirect_uri,
            clock,
            keys: Arc::default(),
        }
    }

    /// A page of the sign-in host: `{login_url}/organizations/{path}`.
    pub(crate) fn endpoint(&self, path: &[&str]) -> Url {
        self.endpoint_of(AUTHORITY, path)
    }

    pub(crate) fn endpoint_of(&self, authority: &str, path: &[&str]) -> Url {
        let mut url = self.login_url.clone();
        // Only a URL such as `mailto:` has no segments, and nothing could be sent to it anyway.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push(authority).extend(path);
        }
        url
    }
}
