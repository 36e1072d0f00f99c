use chrono::TimeDelta;
use postroom_registry::{
    RegistryError,
    grant::{self, Refreshed, Resource},
};
use secrecy::ExposeSecret as _;

use crate::support::{book, new_grant, noon};

const HOLD: TimeDelta = TimeDelta::minutes(1);

fn refreshed(token: &str) -> Refreshed {
    Refreshed {
        resource: Resource::Graph,
        refresh_token: Some(token.into()),
        access_token: "access-2".into(),
        access_expires_at: noon() + TimeDelta::hours(2),
        scopes: vec!["Mail.Send".to_owned()],
    }
}

#[tokio::test]
async fn a_rotated_token_is_the_stored_one_and_a_racing_refresh_yields() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let tx = book.registry.begin(acme).await.unwrap();
    let id = grant::insert(&tx, new_grant()).await.unwrap();
    let read = grant::find(&tx, id).await.unwrap();
    let claim = grant::claim_refresh(&tx, &read, HOLD)
        .await
        .unwrap()
        .unwrap();
    grant::store_refreshed(&tx, &claim, &refreshed("refresh-2"))
        .await
        .unwrap();
    let late = grant::store_refreshed(&tx, &claim, &refreshed("refresh-3")).await;
    assert!(matches!(late, Err(RegistryError::Superseded)));

    let now = grant::find(&tx, id).await.unwrap();
    assert_eq!(
        grant::refresh_token(&tx, &now)
            .await
            .unwrap()
            .expose_secret(),
        "refresh-2"
    );
    assert_eq!(now.scopes, ["Mail.Send"]);
}

#[tokio::test]
async fn an_access_token_is_given_out_while_it_lives_and_until_it_is_refused() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let tx = book.registry.begin(acme).await.unwrap();
    let id = grant::insert(&tx, new_grant()).await.unwrap();
    let read = grant::find(&tx, id).await.unwrap();
    let token = grant::access_token(&tx, &read, Resource::Graph, noon())
        .await
        .unwrap()
        .expect("alive");
    assert_eq!(token.expose_secret(), "access-1");
    assert!(
        grant::access_token(&tx, &read, Resource::Graph, noon() + TimeDelta::hours(1))
            .await
            .unwrap()
            .is_none()
    );
    grant::drop_access_token(&tx, id, Resource::Graph)
        .await
        .unwrap();
    let read = grant::find(&tx, id).await.unwrap();
    assert!(
        grant::access_token(&tx, &read, Resource::Graph, noon())
            .await
            .unwrap()
            .is_none()
    );
}
