//! A grant in use never idles; what Microsoft refuses is told, and no failure is repeated every second.

use chrono::TimeDelta;
use postroom_registry::{connection::ConnectionState, outbound, source};
use serde_json::json;
use wiremock::{
    Mock, ResponseTemplate,
    matchers::{method, path_regex},
};

use crate::support::Stage;

/// Microsoft refuses a renewal: what it says of source and outbound, and how often it was asked.
async fn refused(
    status: u16,
    body: serde_json::Value,
) -> (Stage, ConnectionState, ConnectionState, usize) {
    let stage = Stage::set().await;
    let tenant = stage.connect_tenant().await;
    stage.mail(tenant).await;
    let tx = stage.environment.registry.begin(tenant).await.unwrap();
    let id = source::list(&tx).await.unwrap()[0].id;
    // No poll and no mail asks for a token.
    source::lease(&tx, id, TimeDelta::days(30)).await.unwrap();
    tx.commit().await.unwrap();
    Mock::given(method("POST"))
        .and(path_regex("/oauth2/v2.0/token$"))
        .respond_with(ResponseTemplate::new(status).set_body_json(body))
        .mount(&stage.microsoft)
        .await;
    stage.clock.advance(TimeDelta::days(8));
    for _ in 0..4 {
        stage.work_and_wait(1).await;
    }
    let tx = stage.environment.registry.begin(tenant).await.unwrap();
    let source = source::list(&tx).await.unwrap()[0].state;
    let outbound = outbound::list(&tx).await.unwrap()[0].state;
    drop(tx);
    let asked = stage.microsoft.received_requests().await.unwrap();
    let asked = asked
        .iter()
        .filter(|request| request.url.path().ends_with("/oauth2/v2.0/token"))
        .count();
    (stage, source, outbound, asked)
}

#[tokio::test]
async fn a_revoked_grant_needs_a_sign_in_on_all_that_live_on_it() {
    let body = json!({
        "error": "invalid_grant", "error_codes": [50173],
        "error_description": "AADSTS50173: revoked.", "trace_id": "t", "correlation_id": "c",
    });
    let (_stage, source, outbound, asked) = refused(400, body).await;
    assert_eq!(
        (source, outbound),
        (ConnectionState::NeedsSignIn, ConnectionState::NeedsSignIn)
    );
    assert_eq!(asked, 1, "once");
}

#[tokio::test]
async fn a_secret_of_ours_that_ended_touches_no_connection_and_is_not_hammered() {
    let body = json!({
        "error": "invalid_client", "error_codes": [7000222],
        "error_description": "AADSTS7000222: expired.",
    });
    let (stage, source, outbound, asked) = refused(401, body).await;
    assert_eq!(outbound, ConnectionState::Active);
    assert_ne!(source, ConnectionState::NeedsSignIn);
    assert_eq!(asked, 1, "not every second");
    stage.clock.advance(TimeDelta::minutes(15));
    stage.work_and_wait(0).await;
    let all = stage.microsoft.received_requests().await.unwrap();
    assert!(all.len() > asked, "but later");
}
