use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use postroom_azure_oauth::scopes::{self, Work};
use postroom_mailbox::{Mailbox, MailboxAddress};
use postroom_registry::{
    TenantId,
    connection::{Protocol, Verdict},
    grant::{self, Resource},
};
use secrecy::SecretString;

use crate::{Circumstances, Failure, connections::Inner};

/// A token is asked for anew after this long: the grant may have a younger one, and a revoked one ends.
const KEEP: TimeDelta = TimeDelta::minutes(1);

/// A connection that is ready for work. Cheap to clone.
#[derive(Clone)]
pub struct Opened {
    pub(crate) connections: Arc<Inner>,
    pub(crate) tenant: TenantId,
    pub(crate) grant: Arc<grant::Model>,
    pub(crate) mailbox: Arc<Mailbox>,
    whose: Arc<Whose>,
    work: Work,
    kept: Arc<Mutex<Option<Kept>>>,
}

/// What the words about it are made of.
#[derive(Debug)]
pub(crate) struct Whose {
    pub(crate) client_id: String,
    pub(crate) mailbox: String,
    pub(crate) protocol: Protocol,
}

struct Kept {
    token: SecretString,
    since: DateTime<Utc>,
}

impl fmt::Debug for Opened {
    /// Shows no address and no token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened")
            .field("tenant", &self.tenant)
            .field("grant", &self.grant.id)
            .field("protocol", &self.whose.protocol)
            .finish_non_exhaustive()
    }
}

impl Opened {
    pub(crate) fn new(
        connections: Arc<Inner>,
        tenant: TenantId,
        grant: grant::Model,
        mailbox: Mailbox,
        whose: Whose,
    ) -> Self {
        let shared = is_shared(&mailbox, &grant, &whose);
        Self {
            work: Work::source(whose.protocol, shared, false),
            connections,
            tenant,
            grant: Arc::new(grant),
            mailbox: Arc::new(mailbox),
            whose: Arc::new(whose),
            kept: Arc::default(),
        }
    }

    /// The same for more work than reading.
    pub(crate) fn doing(self, work: impl Fn(Protocol, bool) -> Work) -> Self {
        Self {
            work: work(self.work.protocol, self.work.shared),
            ..self
        }
    }

    /// Whether the sign-in does not include all that the work needs: then a denial is about the sign-in, and not about
    /// Exchange's rights.
    pub(crate) fn lacks_a_scope(&self) -> bool {
        let mut needed = scopes::rights(&self.work);
        // It opens the signer's profile, and no mailbox.
        needed.retain(|scope| *scope != "User.Read");
        !scopes::missing(&self.grant.scopes, &needed).is_empty()
    }

    /// Where its failures happen.
    pub fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            mailbox: &self.whose.mailbox,
            signer: &self.grant.user_principal_name,
            client_id: &self.whose.client_id,
            protocol: self.whose.protocol,
            cloud: self.grant.cloud,
        }
    }

    /// What one of its failures says about the connection. `None`: nothing.
    pub fn verdict(&self, failure: &Failure) -> Option<Verdict> {
        failure.verdict(&self.circumstances())
    }

    pub(crate) fn resource(&self) -> Resource {
        match self.whose.protocol {
            Protocol::Graph => Resource::Graph,
            Protocol::Ews => Resource::Outlook,
        }
    }

    /// The places of the app registration at the mailbox. A mailbox is one of its directory: whoever is of another
    /// and names the same address takes no place of it, and their waits are not its waits.
    pub(crate) fn places(&self) -> String {
        let registration = self.grant.registration_id;
        let registration = registration.map_or_else(|| "own".to_owned(), |id| id.to_string());
        format!(
            "mailbox:{registration}:{}:{}",
            self.grant.directory_id,
            self.whose.mailbox.to_lowercase()
        )
    }

    pub(crate) async fn token(&self) -> Result<SecretString, Failure> {
        let now = self.connections.parts.registry.clock().now();
        if let Some(token) = self.kept(now) {
            return Ok(token);
        }
        let grants = &self.connections.parts.grants;
        let token = grants
            .access_token(self.tenant, self.grant.id, self.resource())
            .await?;
        let fresh = Kept {
            token: token.clone(),
            since: now,
        };
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(fresh);
        Ok(token)
    }

    fn kept(&self, now: DateTime<Utc>) -> Option<SecretString> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let young = kept.as_ref().filter(|kept| now - kept.since < KEEP);
        young.map(|kept| kept.token.clone())
    }

    /// Microsoft refused it: the next call gets a fresh one.
    pub(crate) async fn forget(&self, refused: &SecretString) -> Result<(), Failure> {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let grants = &self.connections.parts.grants;
        let forgotten =
            grants.forget_access_token(self.tenant, self.grant.id, self.resource(), refused);
        Ok(forgotten.await?)
    }
}

/// EWS names the signer's own mailbox by its address, too.
fn is_shared(mailbox: &Mailbox, grant: &grant::Model, whose: &Whose) -> bool {
    match mailbox {
        Mailbox::Graph(_, address) => *address != MailboxAddress::Me,
        Mailbox::Ews(..) => {
            whose.mailbox.to_lowercase() != grant.user_principal_name.to_lowercase()
        }
    }
}
