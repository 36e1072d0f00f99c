use secrecy::ExposeSecret as _;
use serde_json::json;
use wiremock::matchers::path;
use wiremock::{Mock, ResponseTemplate};

use postroom_registry::RegistryError;

use super::*;
use crate::testing::{Book, TOKEN, book};
use crate::{Class, WhoActs};
use entra::Entra;

mod entra;
mod races;

impl Book {
    async fn token(&self, resource: Resource) -> Result<String, GrantError> {
        let token = self
            .grants
            .access_token(self.tenant, self.id, resource)
            .await?;
        Ok(token.expose_secret().to_owned())
    }

    async fn graph(&self) -> String {
        self.token(Resource::Graph).await.unwrap()
    }

    /// Microsoft says no to everything.
    async fn refuse(&self, status: u16, error: &str, code: u32) {
        let body = json!({
            "error": error, "error_codes": [code], "trace_id": "t-1", "correlation_id": "c-1",
            "claims": "{}",
        });
        Mock::given(path(TOKEN))
            .respond_with(ResponseTemplate::new(status).set_body_json(body))
            .mount(&self.entra)
            .await;
    }
}

#[tokio::test]
async fn the_kept_token_is_used_until_ten_minutes_before_its_end() {
    let book = book().await;
    let entra = Entra::at(&book).await;
    book.clock.advance(TimeDelta::minutes(49));
    assert_eq!(book.graph().await, "at1");
    assert_eq!(entra.asked(), 0);
    book.clock.advance(TimeDelta::minutes(1));
    assert_eq!(book.graph().await, "at2");
    assert_eq!(book.graph().await, "at2");
    assert_eq!(entra.asked(), 1, "the new token is kept");
}

#[tokio::test]
async fn a_token_that_is_good_for_minutes_outlives_a_failure_that_is_nobodys() {
    let book = book().await;
    book.refuse(503, "temporarily_unavailable", 90_033).await;
    book.clock.advance(TimeDelta::minutes(55));
    assert_eq!(book.graph().await, "at1");
    book.clock.advance(TimeDelta::minutes(3));
    let error = book.token(Resource::Graph).await.unwrap_err();
    assert!(error.is_transient());
}

#[tokio::test]
async fn who_is_asked_to_wait_is_not_asked_again_before_and_all_tasks_know() {
    let book = book().await;
    let busy = ResponseTemplate::new(429).insert_header("retry-after", "30");
    Mock::given(path(TOKEN))
        .respond_with(busy)
        .expect(2)
        .mount(&book.entra)
        .await;
    book.clock.advance(TimeDelta::hours(1));
    let waits = async || {
        let error = book.token(Resource::Graph).await.unwrap_err();
        assert!(error.is_transient(), "{error:?}");
        error.retry_after().unwrap().as_secs()
    };
    assert_eq!(waits().await, 30);
    book.clock.advance(TimeDelta::seconds(20));
    assert_eq!(waits().await, 10, "the answer is ours, not Microsoft's");
    book.clock.advance(TimeDelta::seconds(10));
    assert_eq!(waits().await, 30);
}

#[tokio::test]
async fn each_refresh_goes_on_from_the_rotated_token_and_none_means_the_old_one() {
    let book = book().await;
    let entra = Entra::at(&book).await;
    book.grants.renew(book.tenant, book.id).await.unwrap();
    entra.rotates(false);
    book.grants.renew(book.tenant, book.id).await.unwrap();
    let (row, refresh_token) = book.row().await;
    assert_eq!((refresh_token.as_str(), row.version), ("rt2", 3));
    assert_eq!(
        row.scopes,
        ["Mail.ReadWrite"],
        "an answer without a list changes none"
    );
    assert_eq!(book.graph().await, "at3");
}

#[tokio::test]
async fn one_refresh_token_brings_tokens_for_both_resources() {
    let book = book().await;
    let entra = Entra::at(&book).await;
    assert_eq!(book.token(Resource::Outlook).await.unwrap(), "at2");
    assert_eq!(
        entra.scopes(),
        ["https://outlook.office365.com/EWS.AccessAsUser.All offline_access"]
    );
    assert_eq!(book.graph().await, "at1", "the other one is kept apart");
    assert_eq!(book.token(Resource::Outlook).await.unwrap(), "at2");
    let (row, refresh_token) = book.row().await;
    assert_eq!(refresh_token, "rt2");
    assert!(row.scopes.contains(&"Mail.ReadWrite".to_owned()), "{row:?}");
    book.clock.advance(TimeDelta::hours(1));
    book.graph().await;
    assert_eq!(entra.scopes()[1], "Mail.ReadWrite offline_access");
}

#[tokio::test]
async fn that_one_resource_is_refused_says_nothing_of_the_other() {
    let book = book().await;
    book.refuse(400, "interaction_required", 50_076).await;
    let error = book.token(Resource::Outlook).await.unwrap_err();
    assert!(error.diagnosis().unwrap().needs_sign_in);
    assert_eq!(
        (error.trace_id(), error.correlation_id()),
        (Some("t-1"), Some("c-1"))
    );
    assert_eq!(error.claims(), Some("{}"));
    let (row, refresh_token) = book.row().await;
    assert_eq!((refresh_token.as_str(), row.version), ("rt1", 1));
    assert_eq!(row.refreshing_until, None, "the claim is given back");
    assert_eq!(book.graph().await, "at1");
}

#[tokio::test]
async fn only_the_token_that_was_refused_is_forgotten() {
    let book = book().await;
    let entra = Entra::at(&book).await;
    let forget = async |token: &str| {
        let token = SecretString::from(token);
        let grants = &book.grants;
        grants
            .forget_access_token(book.tenant, book.id, Resource::Graph, &token)
            .await
            .unwrap();
    };
    forget("at0").await;
    assert_eq!(book.graph().await, "at1");
    forget("at1").await;
    assert_eq!(book.graph().await, "at2");
    forget("at1").await;
    assert_eq!(book.graph().await, "at2", "somebody else was refused first");
    assert_eq!(entra.asked(), 1);
}

#[tokio::test]
async fn a_refusal_leaves_the_grant_as_it_is_and_is_diagnosed() {
    let book = book().await;
    book.refuse(401, "invalid_client", 7_000_222).await;
    let error = book.grants.renew(book.tenant, book.id).await.unwrap_err();
    let diagnosis = error.diagnosis().unwrap();
    assert_eq!(
        (diagnosis.class, diagnosis.who_acts),
        (Class::Ours, WhoActs::Us)
    );
    let (row, refresh_token) = book.row().await;
    assert_eq!((refresh_token.as_str(), row.version), ("rt1", 1));
    assert_eq!(book.graph().await, "at1", "what is kept still lives");
}

#[tokio::test]
async fn another_tenant_has_no_such_grant() {
    let book = book().await;
    let stranger = TenantId(book.clock.new_id());
    let asked = book.grants.access_token(stranger, book.id, Resource::Graph);
    let error = asked.await.unwrap_err();
    assert!(
        matches!(error, GrantError::Registry(RegistryError::Missing)),
        "{error:?}"
    );
}
