//! What was granted: consents, authorization codes, refresh tokens and access tokens.

use std::collections::{BTreeMap, HashMap};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use rand::RngExt as _;
use serde::Serialize;
use uuid::Uuid;

use super::{
    national::National,
    scopes::{Resource, Scopes},
};

/// Codes can be redeemed for so long ("OAuth 2.0 authorization code flow").
pub(super) const CODE_LIFE: TimeDelta = TimeDelta::minutes(10);
/// A refresh token that is not used for so long is dead ("Refresh tokens").
pub(super) const IDLE: TimeDelta = TimeDelta::days(90);
/// Access tokens kept before the expired ones are thrown away.
const TIDY_AT: usize = 20_000;

/// All grants of the world.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    /// Consent of one user (directory, user, client).
    by_user: HashMap<(Uuid, Uuid, String), Scopes>,
    /// Consent of an administrator for a whole directory (directory, client).
    by_admin: HashMap<(Uuid, String), Scopes>,
    pub(super) codes: HashMap<String, Code>,
    pub(super) refresh: HashMap<String, Refresh>,
    access: HashMap<String, Access>,
    issued: Issued,
    /// Sign-ins so far; what each left is one family of refresh tokens.
    families: u64,
    /// The last token of each family.
    newest: HashMap<u64, String>,
    /// How often each (client, user) was refreshed, and how often with a token that was not the newest.
    refreshes: BTreeMap<(String, String), (u32, u32)>,
}

/// All secrets that were ever given out, for whoever looks where they are not to be found.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Issued {
    refresh_tokens: Vec<String>,
    access_tokens: Vec<String>,
}

/// Whose access it is.
#[derive(Clone, Debug)]
pub(super) struct Holder {
    pub(super) tid: Uuid,
    pub(super) oid: Uuid,
    pub(super) address: String,
    pub(super) client_id: String,
    pub(super) cloud: National,
    /// Revocations of the user that came before.
    pub(super) revocations: u32,
}

/// An authorization code.
#[derive(Clone, Debug)]
pub(super) struct Code {
    pub(super) holder: Holder,
    /// Tenant segment of the authorize URL.
    pub(super) segment: String,
    pub(super) redirect_uri: String,
    pub(super) scope: String,
    pub(super) nonce: Option<String>,
    pub(super) challenge: Option<Challenge>,
    pub(super) issued: DateTime<Utc>,
    /// Signed in with multifactor authentication.
    pub(super) mfa: bool,
    pub(super) redeemed: bool,
}

/// PKCE (RFC 7636).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Challenge {
    Plain(String),
    S256(String),
}

/// A refresh token. Using it makes a new one and leaves it alive.
#[derive(Clone, Debug)]
pub(super) struct Refresh {
    pub(super) holder: Holder,
    pub(super) scope: String,
    pub(super) issued: DateTime<Utc>,
    pub(super) used: DateTime<Utc>,
    /// The sign-in that it comes from.
    pub(super) family: u64,
    pub(super) signed_in: DateTime<Utc>,
    /// With multifactor authentication.
    pub(super) mfa: bool,
}

/// What a bearer may do.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    pub(crate) address: String,
    pub(crate) client_id: String,
    pub(crate) cloud: National,
    pub(crate) resource: Resource,
    pub(crate) scopes: Scopes,
    pub(crate) expires: DateTime<Utc>,
}

impl Grants {
    /// All that the user, or an administrator for everybody, consented to.
    pub(super) fn consented(&self, tid: Uuid, oid: Uuid, client_id: &str) -> Scopes {
        let own = self.by_user.get(&(tid, oid, client_id.to_owned()));
        let all = self.by_admin.get(&(tid, client_id.to_owned()));
        own.into_iter().chain(all).flatten().cloned().collect()
    }

    pub(super) fn consent_user(&mut self, tid: Uuid, oid: Uuid, client_id: &str, scopes: &Scopes) {
        let held = self
            .by_user
            .entry((tid, oid, client_id.to_owned()))
            .or_default();
        held.extend(scopes.iter().cloned());
    }

    pub(super) fn consent_directory(&mut self, tid: Uuid, client_id: &str, scopes: &Scopes) {
        let held = self
            .by_admin
            .entry((tid, client_id.to_owned()))
            .or_default();
        held.extend(scopes.iter().cloned());
    }

    /// Takes back all that a directory's users and administrators consented to.
    pub(super) fn forget_consents(&mut self, tid: Uuid) {
        self.by_user
            .retain(|(directory, _, _), _| *directory != tid);
        self.by_admin.retain(|(directory, _), _| *directory != tid);
    }

    pub(super) fn add_code(&mut self, code: Code) -> String {
        let value = opaque("1.AXQA", 420);
        self.codes.insert(value.clone(), code);
        value
    }

    pub(super) fn add_refresh(&mut self, refresh: Refresh) -> String {
        let value = opaque("1.AXQA", 700);
        self.newest.insert(refresh.family, value.clone());
        self.refresh.insert(value.clone(), refresh);
        self.issued.refresh_tokens.push(value.clone());
        value
    }

    pub(super) fn add_access(&mut self, access: Access, now: DateTime<Utc>) -> String {
        if self.access.len() > TIDY_AT {
            self.access.retain(|_, access| access.expires > now);
        }
        let value = match access.resource {
            Resource::Outlook => jwt_shaped(),
            Resource::Graph | Resource::OpenId => opaque("EwBIA8l6BAAU", 900),
        };
        self.access.insert(value.clone(), access);
        self.issued.access_tokens.push(value.clone());
        value
    }

    pub(super) fn new_family(&mut self) -> u64 {
        self.families += 1;
        self.families
    }

    /// Counts a refresh that was asked for with this token.
    pub(super) fn count_refresh(&mut self, refresh: &Refresh, token: &str) {
        let is_newest = self
            .newest
            .get(&refresh.family)
            .is_some_and(|newest| newest == token);
        let holder = &refresh.holder;
        let who = (holder.client_id.clone(), holder.address.clone());
        let (count, older) = self.refreshes.entry(who).or_default();
        *count += 1;
        *older += u32::from(!is_newest);
    }

    pub(super) fn refreshes(&self) -> &BTreeMap<(String, String), (u32, u32)> {
        &self.refreshes
    }

    pub(super) fn forget_refreshes(&mut self) {
        self.refreshes.clear();
    }

    /// All tokens so far, also those that have ended.
    pub(super) fn issued(&self) -> &Issued {
        &self.issued
    }

    pub(super) fn access(&self, token: &str) -> Option<&Access> {
        self.access.get(token)
    }
}

/// A random string as long as Microsoft's own are.
fn opaque(prefix: &str, bytes: usize) -> String {
    let mut random = vec![0u8; bytes];
    rand::rng().fill(&mut random[..]);
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(random))
}

/// Exchange's tokens are JWTs, and clients of EWS refuse what does not look like one; there is nothing in it to read.
fn jwt_shaped() -> String {
    let head = URL_SAFE_NO_PAD.encode(br#"{"typ":"JWT","alg":"RS256"}"#);
    format!("{}.{}", opaque(&format!("{head}."), 600), opaque("", 256))
}
