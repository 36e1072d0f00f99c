use std::sync::Arc;

use chrono::{DateTime, Utc};
use postroom_clock::Clock;
use postroom_registry::registration::Cloud;
use postroom_telemetry::{HttpClient, Origins};
use url::Url;

use crate::diagnosis::{Diagnosis, TokenError, Whose, diagnose};
use crate::keys::Keys;
use crate::{AppRegistration, Clouds, Endpoints};

/// Both legs of a sign-in go through one authority (else AADSTS700005). Work and school accounts only: a
/// personal account has no mailbox in Microsoft 365.
const ANY_ORGANISATION: &str = "organizations";

/// Entra ID, seen through one app registration. Cheap to clone; clones share the signing keys.
#[derive(Clone, Debug)]
pub struct Microsoft {
    pub(crate) http: HttpClient,
    pub(crate) endpoints: Endpoints,
    pub(crate) registration: Arc<AppRegistration>,
    pub(crate) whose: Whose,
    pub(crate) redirect_uri: Url,
    pub(crate) clock: Clock,
    pub(crate) keys: Arc<Keys>,
}

impl Microsoft {
    /// The service's own registration. `redirect_uri` must be registered as a *Web* redirect URI, character for
    /// character.
    pub fn new(
        http: HttpClient,
        clouds: &Clouds,
        registration: AppRegistration,
        redirect_uri: Url,
        clock: Clock,
    ) -> Self {
        let endpoints = clouds.of(registration.cloud).clone();
        Self {
            http: http.within(Origins::of(&endpoints.login)),
            endpoints,
            registration: Arc::new(registration),
            whose: Whose::Service,
            redirect_uri,
            clock,
            keys: Arc::default(),
        }
    }

    /// Application (client) id.
    pub fn client_id(&self) -> &str {
        &self.registration.client_id
    }

    /// The cloud that the registration lives in.
    pub fn cloud(&self) -> Cloud {
        self.registration.cloud
    }

    /// Where that cloud is.
    pub fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }

    /// When Microsoft will take the credential no more, where that is known.
    pub fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.registration.expires_at()
    }

    /// Where Microsoft sends browsers back to.
    pub fn redirect_uri(&self) -> &Url {
        &self.redirect_uri
    }

    /// Explains an error that came back with a browser, where nothing says whose registration was refused.
    pub fn diagnose(&self, error: &TokenError) -> Diagnosis {
        diagnose(&error.clone().at(self.whose))
    }

    /// Through whose page people sign in: the one directory of the registration, or any.
    fn authority(&self) -> &str {
        self.registration
            .directory
            .as_deref()
            .unwrap_or(ANY_ORGANISATION)
    }

    /// A page of the sign-in host: `{login}/{authority}/{path}`.
    pub(crate) fn endpoint(&self, path: &[&str]) -> Url {
        self.endpoint_of(self.authority(), path)
    }

    pub(crate) fn token_endpoint(&self) -> Url {
        self.endpoint(&["oauth2", "v2.0", "token"])
    }

    /// The signing keys are the same for all directories of a cloud.
    pub(crate) fn keys_endpoint(&self) -> Url {
        self.endpoint_of(ANY_ORGANISATION, &["discovery", "v2.0", "keys"])
    }

    pub(crate) fn endpoint_of(&self, authority: &str, path: &[&str]) -> Url {
        let mut url = self.endpoints.login.clone();
        // Only a URL such as `mailto:` has no segments, and nothing could be sent to it anyway.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push(authority).extend(path);
        }
        url
    }

    /// Scopes as this cloud's token endpoint wants them, in one parameter.
    pub(crate) fn spelled<S: AsRef<str>>(&self, scopes: &[S]) -> String {
        let spelled: Vec<String> = scopes
            .iter()
            .map(|scope| self.endpoints.scope(scope.as_ref()))
            .collect();
        spelled.join(" ")
    }
}
