use chrono::{DateTime, TimeZone as _, Utc};
use postroom_clock::Clock;
use postroom_registry::{
    MailId, Registry, SourceId, TenantId,
    audit::{self, Action, Filter},
    grant::{self, NewGrant},
    mail::{self, NewMail},
    source::{self, NewSource},
    tenant::{self, Door, Installation},
};
use postroom_secrets::MasterKeys;
use postroom_test_database::TestDatabase;

pub(crate) struct Book {
    pub(crate) registry: Registry,
    pub(crate) clock: Clock,
    pub(crate) database: TestDatabase,
}

pub(crate) fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap()
}

pub(crate) async fn book() -> Book {
    let database = TestDatabase::create().await.unwrap();
    let clock = Clock::manual(noon());
    let master = MasterKeys::parse("test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
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

    pub(crate) async fn mail(&self, tenant: TenantId, source_id: SourceId, id: &str) -> MailId {
        let tx = self.registry.begin(tenant).await.unwrap();
        let mail = mail::insert(&tx, &new_mail(source_id, id)).await.unwrap();
        tx.commit().await.unwrap();
        mail.expect("the ledger has it already")
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
