use postroom_registry::registration::NewRegistration;

use super::*;
use crate::testing::{Book, book};
use crate::{Certificate, diagnosis::Whose};

async fn brought(book: &Book, credential: registration::Credential) -> RegistrationId {
    let tx = book.registry.begin(book.tenant).await.unwrap();
    let new = NewRegistration {
        name: "Ours".into(),
        cloud: Cloud::China,
        client_id: "theirs".into(),
        directory_id: Some("contoso.example".into()),
        credential,
        thumbprint: None,
        expires_at: None,
        state_detail: postroom_registry::connection::StateDetail::default(),
    };
    let row = registration::insert(&tx, new).await.unwrap();
    tx.commit().await.unwrap();
    row.id
}

#[tokio::test]
async fn without_an_id_it_is_the_services_own() {
    let book = book().await;
    let tx = book.registry.begin(book.tenant).await.unwrap();
    let own = book.registrations.of(&tx, None).await.unwrap();
    assert_eq!((own.client_id(), own.whose), ("client", Whose::Service));
}

#[tokio::test]
async fn a_tenants_registration_comes_with_its_cloud_its_directory_and_its_credential() {
    let book = book().await;
    let pair = crate::testing::pair();
    let pem = format!("{}{}", pair.key, pair.certificate).into();
    let certificate = Certificate::parse(&pem, crate::testing::now()).unwrap();
    let id = brought(&book, certificate.credential()).await;
    let microsoft = book
        .registrations
        .of_tenant(book.tenant, Some(id))
        .await
        .unwrap();
    assert_eq!(
        (microsoft.client_id(), microsoft.whose),
        ("theirs", Whose::Tenant)
    );
    assert_eq!(
        microsoft.token_endpoint().as_str(),
        "https://login.partner.microsoftonline.cn/contoso.example/oauth2/v2.0/token"
    );
    assert_eq!(microsoft.expires_at(), Some(certificate.expires_at()));
    let asserted = microsoft.proof().unwrap();
    assert_eq!(asserted[1].0, "client_assertion");
}

#[tokio::test]
async fn a_registration_that_is_gone_or_anothers_is_not_replaced_by_our_own() {
    let book = book().await;
    let id = brought(&book, registration::Credential::Secret("x".into())).await;
    let stranger = TenantId(book.clock.new_id());
    assert!(
        book.registrations
            .of_tenant(stranger, Some(id))
            .await
            .is_err()
    );
    let tx = book.registry.begin(book.tenant).await.unwrap();
    let row = registration::find(&tx, id).await.unwrap();
    registration::delete(&tx, row).await.unwrap();
    assert!(matches!(
        book.registrations.of(&tx, Some(id)).await,
        Err(RegistrationError::Registry(RegistryError::Missing))
    ));
}
