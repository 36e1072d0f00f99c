//! What strangers send us before anybody knows them, and what a session of ours could do.

use postroom_registry::{Registry, tenant};
use postroom_secrets::MasterKeys;
use sea_orm::ConnectionTrait as _;

use crate::support::{MASTER_KEY, book, session};

#[tokio::test]
async fn a_name_that_nobody_can_have_belongs_to_nobody() {
    let book = book().await;
    for name in ["a\0b", "\0", "a\u{1b}b", "\u{85}", &"x".repeat(256)] {
        let found = book.registry.tenant_by_client_key(name).await.unwrap();
        assert_eq!(found, None);
        let found = book.registry.tenant_by_installation(name).await.unwrap();
        assert_eq!(found, None);
        let found = book.registry.sign_in_by_ticket(name).await.unwrap();
        assert_eq!(found, None);
        assert!(
            book.registry
                .sign_in_by_state(name)
                .await
                .unwrap()
                .is_none()
        );
    }
    let longest = "x".repeat(255);
    let tenant = book.tenant(&longest).await;
    let found = book.registry.tenant_by_client_key(&longest).await.unwrap();
    assert_eq!(found, Some(tenant));
}

#[tokio::test]
async fn a_login_that_owns_the_schema_is_told_from_one_that_is_the_services_alone() {
    let book = book().await;
    assert!(book.registry.login_is_too_mighty().await.unwrap());

    let owner = session(&book.database.url(), None).await;
    let login = format!("postroom_login_{}", book.clock.new_id().simple());
    let made = format!("CREATE ROLE {login} LOGIN PASSWORD 'x' IN ROLE postroom_service");
    owner.execute_unprepared(&made).await.unwrap();
    let mut url = url::Url::parse(&book.database.url()).unwrap();
    url.set_username(&login).unwrap();
    url.set_password(Some("x")).unwrap();
    let keys = MasterKeys::parse(MASTER_KEY).unwrap();
    let registry = Registry::connect(url.as_str(), 1, keys, book.clock.clone())
        .await
        .unwrap();
    let acme = book.tenant("acme").await;
    let tx = registry.begin(acme).await.unwrap();
    let at_work = tenant::this(&tx).await;
    tx.commit().await.unwrap();
    let mighty = registry.login_is_too_mighty().await;
    registry.close().await.unwrap();
    let gone = format!("DROP ROLE {login}");
    owner.execute_unprepared(&gone).await.unwrap();
    assert_eq!(at_work.unwrap().id, acme);
    assert!(!mighty.unwrap());
}
