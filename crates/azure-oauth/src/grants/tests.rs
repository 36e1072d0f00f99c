use postroom_clock::Clock;
use postroom_registry::{grant::NewGrant, tenant::Installation};
use postroom_secrets::MasterKeys;
use postroom_test_database::TestDatabase;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use wiremock::matchers::{body_string_contains, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::testing::{TOKEN, at, now};
use crate::{Class, WhoActs};

/// A tenant with one grant whose access token `at1` lives for an hour.
struct Book {
    grants: Grants,
    clock: Clock,
    entra: MockServer,
    tenant: TenantId,
    id: GrantId,
    _database: TestDatabase,
}

async fn book() -> Book {
    let (database, entra) = (
        TestDatabase::create().await.unwrap(),
        MockServer::start().await,
    );
    let clock = Clock::manual(now());
    let master = MasterKeys::parse("test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
    let registry = Registry::connect(&database.url(), 4, master, clock.clone())
        .await
        .unwrap();
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
    };
    let id = grant::insert(&tx, new).await.unwrap();
    tx.commit().await.unwrap();
    let grants = Grants::new(registry, at(&entra.uri(), clock.clone()));
    Book {
        grants,
        clock,
        entra,
        tenant,
        id,
        _database: database,
    }
}

impl Book {
    async fn access_token(&self) -> Result<String, GrantError> {
        let token = self.grants.access_token(self.tenant, self.id).await?;
        Ok(token.expose_secret().to_owned())
    }

    async fn row(&self) -> (grant::Model, String) {
        let tx = self.grants.registry.begin(self.tenant).await.unwrap();
        let row = grant::find(&tx, self.id).await.unwrap();
        let token = grant::refresh_token(&tx, &row).await.unwrap();
        (row, token.expose_secret().to_owned())
    }

    /// Entra turns `old` into `at{n}` and, if `new` says so, into another refresh token.
    async fn rotate(&self, old: &str, access: &str, new: Option<&str>) {
        let mut body = json!({"token_type": "Bearer", "expires_in": 3600, "access_token": access});
        if let Some(new) = new {
            body["refresh_token"] = Value::from(new);
        }
        Mock::given(path(TOKEN))
            .and(body_string_contains(format!("refresh_token={old}&")))
            .and(body_string_contains("scope=Mail.ReadWrite+offline_access"))
            .respond_with(ResponseTemplate::new(200).set_body_json(body))
            .up_to_n_times(1)
            .mount(&self.entra)
            .await;
    }

    async fn refreshes(&self) -> usize {
        self.entra.received_requests().await.unwrap().len()
    }
}

#[tokio::test]
async fn the_kept_token_is_used_until_five_minutes_before_its_end() {
    let book = book().await;
    book.rotate("rt1", "at2", Some("rt2")).await;
    book.clock.advance(TimeDelta::minutes(54));
    assert_eq!(book.access_token().await.unwrap(), "at1");
    assert_eq!(book.refreshes().await, 0);
    book.clock.advance(TimeDelta::minutes(1));
    assert_eq!(book.access_token().await.unwrap(), "at2");
    assert_eq!(book.access_token().await.unwrap(), "at2");
    assert_eq!(book.refreshes().await, 1, "the new token is kept");
}

#[tokio::test]
async fn each_refresh_goes_on_from_the_rotated_token_and_none_means_the_old_one() {
    let book = book().await;
    book.rotate("rt1", "at2", Some("rt2")).await;
    book.rotate("rt2", "at3", None).await;
    for _ in 0..2 {
        book.grants.renew(book.tenant, book.id).await.unwrap();
    }
    let (row, refresh_token) = book.row().await;
    assert_eq!((refresh_token.as_str(), row.version), ("rt2", 3));
    assert_eq!(
        row.scopes,
        ["Mail.ReadWrite"],
        "an answer without a list changes none"
    );
    assert_eq!(book.access_token().await.unwrap(), "at3");
}

#[tokio::test]
async fn of_two_workers_that_refresh_at_once_both_get_a_token_and_one_stores() {
    let book = book().await;
    book.rotate("rt1", "at2", Some("rt2")).await;
    book.rotate("rt1", "at3", Some("rt3")).await;
    let (read, _) = book.row().await;
    let first = book.grants.refresh(book.tenant, &read).await.unwrap();
    let second = book.grants.refresh(book.tenant, &read).await.unwrap();
    assert_eq!(
        (first.expose_secret(), second.expose_secret()),
        ("at2", "at3")
    );
    let (row, refresh_token) = book.row().await;
    assert_eq!((refresh_token.as_str(), row.version), ("rt2", 2));
    assert_eq!(book.access_token().await.unwrap(), "at2");
}

#[tokio::test]
async fn a_refused_access_token_is_replaced() {
    let book = book().await;
    book.rotate("rt1", "at2", Some("rt2")).await;
    book.grants
        .forget_access_token(book.tenant, book.id)
        .await
        .unwrap();
    assert_eq!(book.access_token().await.unwrap(), "at2");
}

#[tokio::test]
async fn a_refusal_leaves_the_grant_as_it_is_and_is_diagnosed() {
    let book = book().await;
    let body = json!({"error": "invalid_client", "error_codes": [7000222]});
    Mock::given(path(TOKEN))
        .respond_with(ResponseTemplate::new(401).set_body_json(body))
        .mount(&book.entra)
        .await;
    let error = book.grants.renew(book.tenant, book.id).await.unwrap_err();
    let GrantError::Microsoft(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (error.diagnosis().class, error.diagnosis().who_acts),
        (Class::Ours, WhoActs::Us)
    );
    let (row, refresh_token) = book.row().await;
    assert_eq!((refresh_token.as_str(), row.version), ("rt1", 1));
    assert_eq!(
        book.access_token().await.unwrap(),
        "at1",
        "what is kept still lives"
    );
}

#[tokio::test]
async fn another_tenant_has_no_such_grant() {
    let book = book().await;
    let stranger = TenantId(book.clock.new_id());
    let error = book
        .grants
        .access_token(stranger, book.id)
        .await
        .unwrap_err();
    assert!(
        matches!(error, GrantError::Registry(RegistryError::Missing)),
        "{error:?}"
    );
}
