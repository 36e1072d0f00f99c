use chrono::{DateTime, TimeZone as _, Utc};
use postroom_clock::Clock;
use postroom_registry::{
    GrantId, MailId, OutboundId, Registry, SourceId, TenantId,
    alert_channel::{ChannelKind, Format, NewChannel},
    audit::{self, Action, Filter},
    connection::{ConnectionState, Protocol, StateDetail, Verdict},
    grant::{self, Consent, NewGrant, Resource},
    mail::{self, NewMail},
    outbound::{self, NewOutbound},
    registration::{Cloud, Credential, NewRegistration},
    sign_in::{Asked, NewSignIn, Purpose},
    source::{self, NewSource},
    tenant::{self, Door, ForgeInstallation, Installation},
};
use postroom_secrets::MasterKeys;
use postroom_test_database::TestDatabase;
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement,
};

pub(crate) struct Book {
    pub(crate) registry: Registry,
    pub(crate) clock: Clock,
    pub(crate) database: TestDatabase,
}

pub(crate) const MASTER_KEY: &str = "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

pub(crate) fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap()
}

pub(crate) async fn book() -> Book {
    let database = TestDatabase::create().await.unwrap();
    let clock = Clock::manual(noon());
    let master = MasterKeys::parse(MASTER_KEY).unwrap();
    let registry = Registry::connect(&database.url(), 10, master, clock.clone())
        .await
        .unwrap();
    Book {
        registry,
        clock,
        database,
    }
}

pub(crate) fn installation(client_key: &str, secret: &str) -> Installation {
    Installation {
        client_key: client_key.to_owned(),
        cloud_id: None,
        site_url: format!("https://{client_key}.atlassian.net"),
        display_url: None,
        shared_secret: secret.into(),
        issued_at: noon(),
    }
}

pub(crate) fn forge(installation_id: &str, cloud_id: &str) -> ForgeInstallation {
    ForgeInstallation {
        installation_id: installation_id.to_owned(),
        cloud_id: cloud_id.to_owned(),
        site_url: "https://acme.atlassian.net".to_owned(),
        api_base_url: format!("https://api.atlassian.com/ex/jira/{cloud_id}"),
    }
}

pub(crate) fn new_grant() -> NewGrant {
    NewGrant {
        directory_id: "tid".to_owned(),
        object_id: "oid".to_owned(),
        user_principal_name: "ann@acme.example".to_owned(),
        display_name: "Ann".to_owned(),
        scopes: vec!["Mail.ReadWrite".to_owned()],
        refresh_token: "refresh-1".into(),
        access_token: "access-1".into(),
        access_expires_at: noon() + chrono::TimeDelta::hours(1),
        resource: Resource::Graph,
        registration_id: None,
        cloud: Cloud::Global,
        consent: Consent::User,
    }
}

impl Book {
    pub(crate) async fn row(&self, tenant: TenantId) -> tenant::Model {
        let tx = self.registry.begin(tenant).await.unwrap();
        tenant::this(&tx).await.unwrap()
    }

    pub(crate) async fn close(&self, tenant: TenantId, door: Door) {
        let tx = self.registry.begin(tenant).await.unwrap();
        tenant::close(&tx, door).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The audit trail, the newest row first.
    pub(crate) async fn trail(&self, tenant: TenantId) -> Vec<audit::Model> {
        let tx = self.registry.begin(tenant).await.unwrap();
        let filter = Filter {
            limit: 100,
            ..Filter::default()
        };
        audit::list(&tx, &filter).await.unwrap()
    }

    pub(crate) async fn actions(&self, tenant: TenantId) -> Vec<Action> {
        self.trail(tenant)
            .await
            .iter()
            .map(|row| row.action)
            .collect()
    }

    pub(crate) async fn tenant(&self, name: &str) -> TenantId {
        self.registry
            .install(&installation(name, "secret"))
            .await
            .unwrap()
            .tenant
    }

    pub(crate) async fn source(&self, tenant: TenantId) -> SourceId {
        let tx = self.registry.begin(tenant).await.unwrap();
        let grant_id = grant::insert(&tx, new_grant()).await.unwrap();
        let source = source::create(
            &tx,
            NewSource {
                grant_id,
                outbound_id: None,
                mailbox: "support@acme.example".to_owned(),
                protocol: Protocol::Graph,
                folder_id: "inbox".to_owned(),
                folder_name: "Inbox".to_owned(),
                poll_interval_seconds: 15,
            },
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        source.id
    }

    pub(crate) async fn outbound(&self, tenant: TenantId) -> OutboundId {
        let tx = self.registry.begin(tenant).await.unwrap();
        let grant = grant::insert(&tx, new_grant()).await.unwrap();
        let row = outbound::create(&tx, new_outbound(grant)).await.unwrap();
        tx.commit().await.unwrap();
        row.id
    }

    /// A mail that was taken in by a round that is over.
    pub(crate) async fn mail(&self, tenant: TenantId, source_id: SourceId, id: &str) -> MailId {
        let tx = self.registry.begin(tenant).await.unwrap();
        let mail = mail::insert(&tx, &new_mail(source_id, id)).await.unwrap();
        mail::release_fresh(&tx, source_id).await.unwrap();
        tx.commit().await.unwrap();
        mail.expect("the ledger has it already")
    }
}

pub(crate) fn new_outbound(grant_id: GrantId) -> NewOutbound {
    NewOutbound {
        grant_id,
        mailbox: "support@acme.example".to_owned(),
        protocol: Protocol::Graph,
        from_address: None,
    }
}

pub(crate) fn new_mail(source_id: SourceId, immutable_id: &str) -> NewMail<'_> {
    NewMail {
        source_id,
        immutable_id,
        message_id: Some("1@customer.example"),
        received_at: noon(),
        from_name: "Carl",
        from_address: "carl@customer.example",
        subject: "Printer \0 on fire",
        raw: b"Subject: Printer on fire\r\n\r\nHelp",
    }
}

pub(crate) async fn session(url: &str, role: Option<&'static str>) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    options.map_sqlx_postgres_opts(move |options| match role {
        Some(role) => options.options([("role", role)]),
        None => options,
    });
    Database::connect(options).await.unwrap()
}

pub(crate) async fn number(db: &DatabaseConnection, sql: &str) -> i64 {
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

pub(crate) fn new_sign_in(ticket: &str) -> NewSignIn {
    NewSignIn {
        account_id: "ann".to_owned(),
        purpose: Purpose::Both,
        asked: Asked::Me,
        mailbox: None,
        protocol: Protocol::Graph,
        registration_id: None,
        cloud: Cloud::Global,
        consent: Consent::User,
        reauthorise_id: None,
        reauthorise_outbound_id: None,
        owner_hint: None,
        claims: None,
        ticket: ticket.to_owned(),
    }
}

pub(crate) fn new_registration() -> NewRegistration {
    NewRegistration {
        name: "Ours".to_owned(),
        cloud: Cloud::Global,
        client_id: "client".to_owned(),
        directory_id: None,
        credential: Credential::Secret("s3cret".into()),
        thumbprint: None,
        expires_at: Some(noon() + chrono::TimeDelta::days(31)),
        state_detail: StateDetail::default(),
    }
}

pub(crate) fn new_channel(name: &str) -> NewChannel {
    NewChannel {
        kind: ChannelKind::Webhook,
        name: name.to_owned(),
        target: "https://hooks.slack.com/services/T/B/x".into(),
        format: Some(Format::Slack),
        outbound_id: None,
    }
}

pub(crate) fn verdict(state: ConnectionState) -> Verdict {
    Verdict {
        state,
        detail: StateDetail {
            error_code: Some("Code".to_owned()),
            ..StateDetail::default()
        },
    }
}
