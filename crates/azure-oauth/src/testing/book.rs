//! A tenant with one grant, and Entra ID behind it.

use chrono::TimeDelta;
use postroom_clock::Clock;
use postroom_registry::{
    GrantId, Registry, TenantId,
    grant::{self, Consent, NewGrant, Resource},
    registration::Cloud,
    tenant::Installation,
};
use postroom_secrets::MasterKeys;
use postroom_test_database::TestDatabase;
use secrecy::ExposeSecret as _;
use wiremock::MockServer;

use super::{callback, clouds, http, now, own};
use crate::{Grants, Registrations};

/// The access token `at1` of the one grant is for Graph and lives for an hour.
pub(crate) struct Book {
    pub(crate) registry: Registry,
    pub(crate) registrations: Registrations,
    pub(crate) grants: Grants,
    pub(crate) clock: Clock,
    pub(crate) entra: MockServer,
    pub(crate) tenant: TenantId,
    pub(crate) id: GrantId,
    database: TestDatabase,
}

pub(crate) async fn book() -> Book {
    let (database, entra) = (
        TestDatabase::create().await.unwrap(),
        MockServer::start().await,
    );
    let clock = Clock::manual(now());
    let registry = open(&database, &clock).await;
    let acme = Installation {
        client_key: "acme".into(),
        cloud_id: None,
        site_url: "https://acme.atlassian.net".into(),
        display_url: None,
        shared_secret: "secret".into(),
        issued_at: now(),
    };
    let tenant = registry.install(&acme).await.unwrap().tenant;
    let tx = registry.begin(tenant).await.unwrap();
    let new = NewGrant {
        directory_id: "tid".into(),
        object_id: "oid".into(),
        user_principal_name: "ann@acme.example".into(),
        display_name: "Ann".into(),
        scopes: vec!["Mail.ReadWrite".into()],
        refresh_token: "rt1".into(),
        access_token: "at1".into(),
        access_expires_at: now() + TimeDelta::hours(1),
        resource: Resource::Graph,
        registration_id: None,
        cloud: Cloud::Global,
        consent: Consent::User,
    };
    let id = grant::insert(&tx, new).await.unwrap();
    tx.commit().await.unwrap();
    let registrations = registrations(&entra, &registry, &clock);
    Book {
        grants: Grants::new(registry.clone(), registrations.clone()),
        registry,
        registrations,
        clock,
        entra,
        tenant,
        id,
        database,
    }
}

async fn open(database: &TestDatabase, clock: &Clock) -> Registry {
    let master = MasterKeys::parse("test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
    Registry::connect(&database.url(), 4, master, clock.clone())
        .await
        .unwrap()
}

fn registrations(entra: &MockServer, registry: &Registry, clock: &Clock) -> Registrations {
    Registrations::new(
        http(),
        clouds(&entra.uri()),
        own(),
        callback(),
        clock.clone(),
        registry.clone(),
    )
}

impl Book {
    /// The same grants, seen by another process.
    pub(crate) async fn another_process(&self) -> Grants {
        let registry = open(&self.database, &self.clock).await;
        let registrations = registrations(&self.entra, &registry, &self.clock);
        Grants::new(registry, registrations)
    }

    /// The grant, and its refresh token.
    pub(crate) async fn row(&self) -> (grant::Model, String) {
        let tx = self.registry.begin(self.tenant).await.unwrap();
        let row = grant::find(&tx, self.id).await.unwrap();
        let token = grant::refresh_token(&tx, &row).await.unwrap();
        (row, token.expose_secret().to_owned())
    }
}
