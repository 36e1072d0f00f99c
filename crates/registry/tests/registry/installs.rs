use chrono::TimeDelta;
use postroom_registry::tenant::{self, TenantState};
use secrecy::ExposeSecret as _;

use crate::support::{Book, book, installation};

async fn secrets(book: &Book, id: postroom_registry::TenantId) -> Vec<String> {
    let tx = book.registry.begin(id).await.unwrap();
    let tenant = tenant::this(&tx).await.unwrap();
    let secrets = tenant::secrets(&tx, &tenant).await.unwrap();
    secrets
        .iter()
        .map(|secret| secret.expose_secret().to_owned())
        .collect()
}

#[tokio::test]
async fn a_second_install_rotates_the_secret_in_place_and_the_old_one_lives_on_for_minutes() {
    let book = book().await;
    let first = book
        .registry
        .install(&installation("acme", "one"))
        .await
        .unwrap();
    let again = book
        .registry
        .install(&installation("acme", "two"))
        .await
        .unwrap();
    assert_eq!(first, again);
    assert_eq!(secrets(&book, first).await, ["two", "one"]);
    book.clock.advance(TimeDelta::minutes(5));
    assert_eq!(secrets(&book, first).await, ["two"]);
}

#[tokio::test]
async fn two_installs_at_once_end_in_one_row() {
    let book = book().await;
    let (one, two) = (installation("acme", "one"), installation("acme", "two"));
    let (first, second) = tokio::join!(book.registry.install(&one), book.registry.install(&two));
    assert_eq!(first.unwrap(), second.unwrap());
}

#[tokio::test]
async fn an_uninstall_forgets_the_secrets_and_a_new_install_finds_the_old_tenant() {
    let book = book().await;
    let id = book
        .registry
        .install(&installation("acme", "one"))
        .await
        .unwrap();
    let tx = book.registry.begin(id).await.unwrap();
    tenant::set_state(&tx, TenantState::Uninstalled)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(secrets(&book, id).await.is_empty());
    assert_eq!(
        book.registry
            .install(&installation("acme", "two"))
            .await
            .unwrap(),
        id
    );
    assert_eq!(secrets(&book, id).await, ["two"]);
}
