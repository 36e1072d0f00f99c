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

#[tokio::test]
async fn of_all_processes_one_refreshes_and_a_claim_that_ran_out_stores_nothing() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let tx = book.registry.begin(acme).await.unwrap();
    let id = grant::insert(&tx, new_grant()).await.unwrap();
    tx.commit().await.unwrap();

    // All who read the same row race for it.
    let tx = book.registry.begin(acme).await.unwrap();
    let read = grant::find(&tx, id).await.unwrap();
    drop(tx);
    let racers: Vec<_> = (0..8)
        .map(|_| {
            let (registry, read) = (book.registry.clone(), read.clone());
            tokio::spawn(async move {
                let tx = registry.begin(acme).await.unwrap();
                let claim = grant::claim_refresh(&tx, &read, HOLD).await.unwrap();
                tx.commit().await.unwrap();
                claim
            })
        })
        .collect();
    let mut claims = Vec::new();
    for racer in racers {
        claims.extend(racer.await.unwrap());
    }
    assert_eq!(claims.len(), 1);
    let slow = claims.remove(0);

    book.clock.advance(HOLD);
    let tx = book.registry.begin(acme).await.unwrap();
    let quick = grant::claim_refresh(&tx, &read, HOLD)
        .await
        .unwrap()
        .expect("run out");
    let late = grant::store_refreshed(&tx, &slow, &refreshed("refresh-9")).await;
    assert!(matches!(late, Err(RegistryError::Superseded)));
    grant::release_refresh(&tx, &slow).await.unwrap();
    let held = grant::find(&tx, id).await.unwrap();
    assert!(
        held.refreshing_until.is_some(),
        "the late one lets go of nothing"
    );
    grant::store_refreshed(&tx, &quick, &refreshed("refresh-2"))
        .await
        .unwrap();
    let now = grant::find(&tx, id).await.unwrap();
    assert_eq!((now.version, now.refreshing_until), (2, None));
    assert!(
        grant::claim_refresh(&tx, &read, HOLD)
            .await
            .unwrap()
            .is_none(),
        "what it read is old"
    );
    let again = grant::claim_refresh(&tx, &now, HOLD)
        .await
        .unwrap()
        .unwrap();
    assert!(
        grant::claim_refresh(&tx, &now, HOLD)
            .await
            .unwrap()
            .is_none()
    );
    grant::release_refresh(&tx, &again).await.unwrap();
    assert!(
        grant::claim_refresh(&tx, &now, HOLD)
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn one_grant_has_a_token_for_each_resource_and_the_scopes_of_both() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let tx = book.registry.begin(acme).await.unwrap();
    let id = grant::insert(&tx, new_grant()).await.unwrap();
    let read = grant::find(&tx, id).await.unwrap();
    let claim = grant::claim_refresh(&tx, &read, HOLD)
        .await
        .unwrap()
        .unwrap();
    let outlook = Refreshed {
        resource: Resource::Outlook,
        scopes: vec!["EWS.AccessAsUser.All".to_owned()],
        ..refreshed("refresh-2")
    };
    grant::store_refreshed(&tx, &claim, &outlook).await.unwrap();
    let now = grant::find(&tx, id).await.unwrap();
    assert_eq!(now.scopes, ["Mail.ReadWrite", "EWS.AccessAsUser.All"]);
    let token = async |resource| {
        let kept = grant::access_token(&tx, &now, resource, noon())
            .await
            .unwrap();
        kept.map(|token| token.expose_secret().to_owned())
    };
    assert_eq!(token(Resource::Graph).await.as_deref(), Some("access-1"));
    assert_eq!(token(Resource::Outlook).await.as_deref(), Some("access-2"));
    grant::drop_access_token(&tx, id, Resource::Outlook)
        .await
        .unwrap();
    assert_eq!(token(Resource::Outlook).await, None);
    assert_eq!(token(Resource::Graph).await.as_deref(), Some("access-1"));
    let known = grant::resources(&tx, id).await.unwrap();
    assert_eq!(known, [Resource::Graph, Resource::Outlook]);
}

#[tokio::test]
async fn a_renewal_that_failed_waits() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    book.source(acme).await;
    let week = TimeDelta::days(7);
    book.clock.advance(week + TimeDelta::seconds(1));
    let due = book.registry.due_grants(week, 10).await.unwrap();
    let tx = book.registry.begin(acme).await.unwrap();
    let at = book.clock.now() + TimeDelta::hours(1);
    grant::renew_later(&tx, due[0].id, at).await.unwrap();
    tx.commit().await.unwrap();
    assert!(book.registry.due_grants(week, 10).await.unwrap().is_empty());
    book.clock.advance(TimeDelta::hours(1));
    assert_eq!(book.registry.due_grants(week, 10).await.unwrap(), due);
}
