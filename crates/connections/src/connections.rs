use std::sync::Arc;

use postroom_azure_oauth::{Clouds, Grants, scopes::Work};
use postroom_clock::Clock;
use postroom_mailbox::{
    AccessToken, Mailbox, MailboxAddress, MailboxError, Retries,
    ews::EwsClient,
    graph::{GraphClient, Me},
};
use postroom_queue::Doorbell;
use postroom_registry::{
    GrantId, Registry, TenantId,
    connection::Protocol,
    grant, outbound, registration,
    registration::Cloud,
    source::{self, Settle},
};
use postroom_telemetry::HttpClient;

use crate::{Failure, Opened, opened::Whose};

/// Graph allows four requests at once of an application for a mailbox ("Microsoft Graph service-specific throttling
/// limits", Outlook).
const AT_ONCE: u32 = 4;

/// What connections are opened with.
#[derive(Clone, Debug)]
pub struct ConnectionsParts {
    /// The book.
    pub registry: Registry,
    /// Access tokens.
    pub grants: Grants,
    /// Gives the places at a mailbox.
    pub doorbell: Doorbell,
    /// Calls Graph and Exchange.
    pub http: HttpClient,
    /// Where they are.
    pub clouds: Clouds,
    /// How patient a read is.
    pub retries: Retries,
}

/// Opens connections. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Connections(Arc<Inner>);

#[derive(Clone, Debug)]
pub(crate) struct Inner {
    pub(crate) parts: ConnectionsParts,
    pub(crate) at_once: u32,
    own_client_id: Arc<str>,
}

impl Connections {
    /// Connections of a registry.
    pub fn new(parts: ConnectionsParts) -> Self {
        Self(Arc::new(Inner {
            parts,
            at_once: AT_ONCE,
            own_client_id: Arc::from(""),
        }))
    }

    /// The same with so many requests at once for a mailbox.
    #[must_use]
    pub fn with_at_once(self, at_once: u32) -> Self {
        let mut inner = Arc::unwrap_or_clone(self.0);
        inner.at_once = at_once.max(1);
        Self(Arc::new(inner))
    }

    /// The same with the client id of the service's own app registration, which commands for administrators name.
    #[must_use]
    pub fn with_own_client_id(self, client_id: &str) -> Self {
        let mut inner = Arc::unwrap_or_clone(self.0);
        inner.own_client_id = Arc::from(client_id);
        Self(Arc::new(inner))
    }

    /// Opens a source.
    ///
    /// # Errors
    /// [`Failure::Grant`] when its sign-in gives no access token; [`Failure::Registry`].
    pub async fn source(
        &self,
        tenant: TenantId,
        source: &source::Model,
    ) -> Result<Opened, Failure> {
        let opened = self.prepared(tenant, source.grant_id, source.protocol, &source.mailbox);
        let changes = source.settle != Settle::Leave;
        let opened = opened
            .await?
            .doing(|protocol, shared| Work::source(protocol, shared, changes));
        opened.token().await?;
        Ok(opened)
    }

    /// Opens an outbound.
    ///
    /// # Errors
    /// As [`Connections::source`].
    pub async fn outbound(
        &self,
        tenant: TenantId,
        outbound: &outbound::Model,
    ) -> Result<Opened, Failure> {
        let (grant, protocol) = (outbound.grant_id, outbound.protocol);
        let opened = self
            .prepared(tenant, grant, protocol, &outbound.mailbox)
            .await?;
        let opened = opened.doing(Work::outbound);
        opened.token().await?;
        Ok(opened)
    }

    /// Opens any mailbox with a grant.
    ///
    /// # Errors
    /// As [`Connections::source`].
    pub async fn mailbox(
        &self,
        tenant: TenantId,
        grant: GrantId,
        protocol: Protocol,
        mailbox: &str,
    ) -> Result<Opened, Failure> {
        let opened = self.prepared(tenant, grant, protocol, mailbox).await?;
        opened.token().await?;
        Ok(opened)
    }

    /// The connection of a row as far as the book has it; no token is asked for before its first call. For the verdict on
    /// a failure to open it.
    ///
    /// # Errors
    /// [`Failure::Registry`].
    pub async fn prepared(
        &self,
        tenant: TenantId,
        id: GrantId,
        protocol: Protocol,
        mailbox: &str,
    ) -> Result<Opened, Failure> {
        let tx = self.0.parts.registry.begin(tenant).await?;
        let grant = grant::find(&tx, id).await?;
        let client_id = match grant.registration_id {
            Some(id) => registration::find(&tx, id).await?.client_id,
            None => self.0.own_client_id.to_string(),
        };
        tx.commit().await?;
        let whose = Whose {
            client_id,
            mailbox: mailbox.to_owned(),
            protocol,
        };
        let over = self.over(protocol, mailbox, &grant);
        Ok(Opened::new(self.0.clone(), tenant, grant, over, whose))
    }

    /// Who an access token of Graph stands for. For sign-ins, which have a token before there is a grant.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn me(&self, cloud: Cloud, token: &AccessToken) -> Result<Me, MailboxError> {
        self.graph(cloud).me(token).await
    }

    fn over(&self, protocol: Protocol, mailbox: &str, grant: &grant::Model) -> Mailbox {
        let own = mailbox.to_lowercase() == grant.user_principal_name.to_lowercase();
        match protocol {
            Protocol::Ews => Mailbox::ews(self.ews(grant.cloud), mailbox),
            Protocol::Graph if own => Mailbox::graph(self.graph(grant.cloud), MailboxAddress::Me),
            Protocol::Graph => {
                let shared = MailboxAddress::Shared(mailbox.to_owned());
                Mailbox::graph(self.graph(grant.cloud), shared)
            }
        }
    }

    fn graph(&self, cloud: Cloud) -> GraphClient {
        let parts = &self.0.parts;
        let base = parts.clouds.of(cloud).graph.clone();
        GraphClient::new(parts.http.clone(), base, self.clock()).with_retries(self.retries())
    }

    fn ews(&self, cloud: Cloud) -> EwsClient {
        let parts = &self.0.parts;
        let url = parts.clouds.of(cloud).ews_url.clone();
        EwsClient::new(parts.http.clone(), url, self.clock()).with_retries(self.retries())
    }

    fn clock(&self) -> Clock {
        self.0.parts.registry.clock().clone()
    }

    /// A wait that Microsoft asks for is everybody's at the mailbox, so it is not slept through with a place in hand.
    fn retries(&self) -> Retries {
        Retries {
            when_throttled: false,
            ..self.0.parts.retries
        }
    }
}
