use postroom_registry::{RegistryError, SERVICE_ROLE, TenantId, mail, source, tenant};
use uuid::Uuid;

use crate::support::{book, new_mail, number, session};

#[tokio::test]
async fn another_tenants_rows_are_missing_like_rows_that_never_were() {
    let book = book().await;
    let (acme, globex) = (book.tenant("acme").await, book.tenant("globex").await);
    let source = book.source(acme).await;
    let mail = book.mail(acme, source, "m1").await;

    let tx = book.registry.begin(globex).await.unwrap();
    assert!(matches!(
        source::find(&tx, source).await,
        Err(RegistryError::Missing)
    ));
    assert!(matches!(
        mail::find(&tx, mail).await,
        Err(RegistryError::Missing)
    ));
    assert!(matches!(
        mail::raw(&tx, mail).await,
        Err(RegistryError::Missing)
    ));
    assert!(source::list(&tx).await.unwrap().is_empty());
    assert!(!mail::retry_now(&tx, mail).await.unwrap());

    let tx = book.registry.begin(acme).await.unwrap();
    assert_eq!(
        mail::find(&tx, mail).await.unwrap().subject,
        "Printer \u{fffd} on fire"
    );
}

#[tokio::test]
async fn a_mail_cannot_be_put_into_another_tenants_source() {
    let book = book().await;
    let (acme, globex) = (book.tenant("acme").await, book.tenant("globex").await);
    let source = book.source(acme).await;
    let tx = book.registry.begin(globex).await.unwrap();
    assert!(mail::insert(&tx, &new_mail(source, "m1")).await.is_err());
}

#[tokio::test]
async fn a_transaction_of_nobody_sees_nothing() {
    let book = book().await;
    book.tenant("acme").await;
    let tx = book.registry.begin(TenantId(Uuid::nil())).await.unwrap();
    assert!(matches!(
        tenant::this(&tx).await,
        Err(RegistryError::Missing)
    ));

    let service = session(&book.database.url(), Some(SERVICE_ROLE)).await;
    assert_eq!(number(&service, "SELECT count(*) FROM tenant").await, 0);
}

#[tokio::test]
async fn the_services_role_owns_nothing_and_cannot_bypass() {
    let book = book().await;
    let owner = session(&book.database.url(), None).await;
    let powers = "SELECT count(*) FROM pg_roles WHERE rolname = 'postroom_service'
                  AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)";
    assert_eq!(number(&owner, powers).await, 0);
    let owned = "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
                 WHERE r.rolname = 'postroom_service'";
    assert_eq!(number(&owner, owned).await, 0);
}
