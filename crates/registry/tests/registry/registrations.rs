//! App registrations that tenants bring.

use postroom_registry::{
    RegistryError,
    registration::{self, Change, Credential, CredentialKind, NewCredential},
};
use secrecy::ExposeSecret as _;

use crate::support::{book, new_registration};

#[tokio::test]
async fn a_credential_comes_back_as_it_was_given_and_is_sealed() {
    let book = book().await;
    let (acme, globex) = (book.tenant("acme").await, book.tenant("globex").await);
    let tx = book.registry.begin(acme).await.unwrap();
    let row = registration::insert(&tx, new_registration()).await.unwrap();
    let Credential::Secret(secret) = registration::credential(&tx, &row).await.unwrap() else {
        panic!("another kind");
    };
    assert_eq!(secret.expose_secret(), "s3cret");
    assert!(!format!("{row:?}").contains("s3cret"));
    let id = row.id;
    let new = NewCredential {
        credential: Credential::Certificate {
            pem_key: "KEY\n".into(),
            pem_chain: "CERTIFICATE \"1\"\n".into(),
        },
        thumbprint: Some("ab".into()),
        expires_at: None,
        state_detail: postroom_registry::connection::StateDetail::default(),
    };
    let change = Change {
        name: Some("New".into()),
        credential: Some(new),
    };
    let row = registration::change(&tx, row, change).await.unwrap();
    assert_eq!(
        (row.name.as_str(), row.credential_kind),
        ("New", CredentialKind::Certificate)
    );
    let kept = registration::credential(&tx, &row).await.unwrap();
    let Credential::Certificate { pem_key, pem_chain } = kept else {
        panic!("another kind");
    };
    assert_eq!(pem_key.expose_secret(), "KEY\n");
    assert_eq!(pem_chain, "CERTIFICATE \"1\"\n");
    tx.commit().await.unwrap();

    let tx = book.registry.begin(globex).await.unwrap();
    assert!(matches!(
        registration::find(&tx, id).await,
        Err(RegistryError::Missing)
    ));
    let tx = book.registry.begin(acme).await.unwrap();
    let row = registration::find(&tx, id).await.unwrap();
    registration::delete(&tx, row).await.unwrap();
    assert!(registration::list(&tx).await.unwrap().is_empty());
}
