use std::collections::HashSet;

use chrono::TimeDelta;
use postroom_registry::{
    RegistryError, TenantId,
    audit::Action,
    tenant::{self, Change, Door, Installation, TenantState},
};
use secrecy::ExposeSecret as _;

use crate::support::{Book, book, installation, noon};

impl Book {
    pub(crate) async fn secrets(&self, id: TenantId) -> Vec<String> {
        let tx = self.registry.begin(id).await.unwrap();
        let tenant = tenant::this(&tx).await.unwrap();
        let secrets = tenant::secrets(&tx, &tenant).await.unwrap();
        secrets
            .iter()
            .map(|secret| secret.expose_secret().to_owned())
            .collect()
    }

    async fn install(&self, installation: &Installation) -> tenant::Installed {
        self.registry.install(installation).await.unwrap()
    }

    async fn find(&self, client_key: &str) -> Option<TenantId> {
        self.registry
            .tenant_by_client_key(client_key)
            .await
            .unwrap()
    }
}

/// The same site, `seconds` later.
fn later(seconds: i64, of: Installation) -> Installation {
    Installation {
        issued_at: noon() + TimeDelta::seconds(seconds),
        ..of
    }
}

/// A site with a cloud id, under a client key.
fn of_cloud(client_key: &str, origin: &str, secret: &str) -> Installation {
    Installation {
        cloud_id: Some("cloud".to_owned()),
        site_url: origin.to_owned(),
        ..installation(client_key, secret)
    }
}

#[tokio::test]
async fn a_second_install_rotates_the_secret_in_place_and_the_old_one_lives_on_for_minutes() {
    let book = book().await;
    let first = book.install(&installation("acme", "one")).await;
    assert_eq!(first.changes, [Change::New]);
    let again = book.install(&later(1, installation("acme", "two"))).await;
    assert_eq!(first.tenant, again.tenant);
    assert_eq!(again.changes, [Change::SecretRotated]);
    assert_eq!(book.secrets(first.tenant).await, ["two", "one"]);
    book.clock
        .advance(TimeDelta::minutes(5) - TimeDelta::seconds(1));
    assert_eq!(book.secrets(first.tenant).await, ["two", "one"]);
    book.clock.advance(TimeDelta::seconds(1));
    assert_eq!(book.secrets(first.tenant).await, ["two"]);
}

#[tokio::test]
async fn the_same_install_twice_changes_nothing_and_keeps_the_secret_before() {
    let book = book().await;
    let acme = book.install(&installation("acme", "one")).await.tenant;
    let two = later(1, installation("acme", "two"));
    book.install(&two).await;
    for again in [two, later(2, installation("acme", "two"))] {
        assert!(book.install(&again).await.changes.is_empty());
    }
    assert_eq!(book.secrets(acme).await, ["two", "one"]);
    assert_eq!(
        book.actions(acme).await,
        [Action::SiteSecretRotated, Action::SiteInstalled]
    );
}

#[tokio::test]
async fn an_install_that_was_overheard_cannot_bring_a_secret_back_or_another_one() {
    let book = book().await;
    let acme = book.install(&installation("acme", "one")).await.tenant;
    book.install(&later(10, installation("acme", "two"))).await;
    for replay in [
        installation("acme", "one"),
        later(9, installation("acme", "evil")),
        later(10, installation("acme", "evil")),
    ] {
        let refused = book.registry.install(&replay).await;
        assert!(
            matches!(refused, Err(RegistryError::Stale)),
            "{}",
            replay.issued_at
        );
        assert_eq!(book.secrets(acme).await, ["two", "one"]);
    }
}

#[tokio::test]
async fn an_install_from_before_the_removal_does_not_bring_the_app_back() {
    let book = book().await;
    let acme = book.install(&installation("acme", "one")).await.tenant;
    book.close(acme, Door::Connect).await;
    let replay = book.registry.install(&installation("acme", "one")).await;
    assert!(matches!(replay, Err(RegistryError::Stale)));
    assert_eq!(book.row(acme).await.state, TenantState::Uninstalled);
    assert!(book.secrets(acme).await.is_empty());
}

#[tokio::test]
async fn a_renamed_site_keeps_its_row() {
    let book = book().await;
    let acme = book.install(&installation("acme", "one")).await.tenant;
    let renamed = Installation {
        site_url: "https://globex.atlassian.net".to_owned(),
        display_url: Some("https://jira.globex.example".to_owned()),
        ..later(1, installation("acme", "one"))
    };
    let installed = book.install(&renamed).await;
    assert_eq!(installed.tenant, acme);
    let from = "https://acme.atlassian.net".to_owned();
    assert_eq!(installed.changes, [Change::Renamed { from }]);
    let row = book.row(acme).await;
    assert_eq!(row.site_url, renamed.site_url);
    assert_eq!(row.display_url, renamed.display_url);
    assert_eq!(
        book.secrets(acme).await,
        ["one"],
        "nothing was rotated, so nothing is in flight with another secret"
    );
    let trail = book.trail(acme).await;
    let change = &trail[0].changes.0[0];
    assert_eq!(
        (trail[0].action, change.field.as_str(), change.to.as_deref()),
        (
            Action::SiteRenamed,
            "site_url",
            Some("https://globex.atlassian.net")
        )
    );
}

#[tokio::test]
async fn a_site_import_brings_a_new_client_key_and_the_old_one_answers_while_its_secret_does() {
    let book = book().await;
    let here = "https://acme.atlassian.net";
    let acme = book.install(&of_cloud("before", here, "one")).await.tenant;
    let imported = later(5, of_cloud("after", "https://acme.atlassian.net/", "two"));
    let installed = book.install(&imported).await;
    assert_eq!(installed.tenant, acme, "the data stays");
    let former_client_key = "before".to_owned();
    assert!(
        installed
            .changes
            .contains(&Change::Imported { former_client_key })
    );
    assert_eq!(book.secrets(acme).await, ["two", "one"]);
    assert_eq!(book.find("after").await, Some(acme));
    assert_eq!(book.find("before").await, Some(acme));
    book.clock.advance(TimeDelta::minutes(5));
    assert_eq!(book.find("before").await, None);
    assert_eq!(book.find("after").await, Some(acme));
    let replay = book
        .registry
        .install(&later(4, of_cloud("before", here, "one")))
        .await;
    assert!(matches!(replay, Err(RegistryError::Stale)));
}

#[tokio::test]
async fn an_import_that_keeps_the_secret_lets_the_old_client_key_answer_as_well() {
    let book = book().await;
    let here = "https://acme.atlassian.net";
    let acme = book.install(&of_cloud("before", here, "one")).await.tenant;
    let installed = book
        .install(&later(5, of_cloud("after", here, "one")))
        .await;
    let former_client_key = "before".to_owned();
    assert_eq!(
        installed.changes,
        [Change::Imported { former_client_key }],
        "no secret was rotated"
    );
    assert_eq!(book.find("before").await, Some(acme));
    book.clock.advance(TimeDelta::minutes(5));
    assert_eq!(book.find("before").await, None);
}

#[tokio::test]
async fn only_the_same_cloud_and_the_same_origin_make_a_site_the_same() {
    let book = book().await;
    let here = "https://acme.atlassian.net";
    let acme = book.install(&of_cloud("acme", here, "one")).await.tenant;
    let forged = [
        of_cloud("evil-1", "https://evil.atlassian.net", "x"),
        of_cloud("evil-2", "https://acme.atlassian.net.evil.example", "x"),
        of_cloud("evil-3", "http://acme.atlassian.net", "x"),
        of_cloud("evil-4", "https://acme.atlassian.net:8443", "x"),
        of_cloud("evil-5", "data:acme", "x"),
        Installation {
            cloud_id: None,
            ..of_cloud("evil-6", here, "x")
        },
        Installation {
            cloud_id: Some("other".to_owned()),
            ..of_cloud("evil-7", here, "x")
        },
    ];
    for installation in forged {
        let installed = book.install(&later(60, installation)).await;
        assert_ne!(installed.tenant, acme);
        assert!(installed.is_new());
    }
    assert_eq!(book.secrets(acme).await, ["one"]);
    assert_eq!(book.row(acme).await.client_key.as_deref(), Some("acme"));
}

#[tokio::test]
async fn a_site_without_a_cloud_id_is_known_by_its_client_key_alone() {
    let book = book().await;
    let acme = book.install(&installation("acme", "one")).await.tenant;
    let twin = Installation {
        client_key: "other".to_owned(),
        ..later(1, installation("acme", "x"))
    };
    assert_ne!(book.install(&twin).await.tenant, acme);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn installs_at_once_end_in_one_row_with_the_newest_secret() {
    let book = book().await;
    let here = "https://acme.atlassian.net";
    for round in 0..6 {
        // Rounds of a new site, and of an import of it.
        let key = format!("key-{round}");
        let installs = (0..8).map(|n| {
            let registry = book.registry.clone();
            let call = later(
                round * 10 + n,
                of_cloud(&key, here, &format!("{round}-{n}")),
            );
            tokio::spawn(async move { registry.install(&call).await })
        });
        let mut tenants = HashSet::new();
        for done in installs.collect::<Vec<_>>() {
            match done.await.unwrap() {
                Ok(installed) => {
                    tenants.insert(installed.tenant);
                }
                Err(error) => assert!(matches!(error, RegistryError::Stale), "{error:?}"),
            }
        }
        let found = book.find(&key).await.unwrap();
        assert_eq!(tenants, HashSet::from([found]), "round {round}");
        assert_eq!(book.secrets(found).await[0], format!("{round}-7"));
    }
    let counts = book.registry.master_key_counts().await.unwrap();
    assert_eq!(counts, [("test".to_owned(), 1)], "one row");
}

#[tokio::test]
async fn a_removed_app_forgets_the_secrets_and_a_new_install_finds_the_data() {
    let book = book().await;
    let acme = book.install(&installation("acme", "one")).await.tenant;
    let source = book.source(acme).await;
    book.close(acme, Door::Connect).await;
    let row = book.row(acme).await;
    assert_eq!(
        (row.state, row.uninstalled_at),
        (TenantState::Uninstalled, Some(noon()))
    );
    assert!(book.secrets(acme).await.is_empty());
    let again = book.install(&later(1, installation("acme", "two"))).await;
    assert_eq!(
        (again.tenant, again.changes),
        (acme, vec![Change::Reinstalled])
    );
    assert_eq!(book.secrets(acme).await, ["two"]);
    assert_eq!(book.row(acme).await.uninstalled_at, None);
    let tx = book.registry.begin(acme).await.unwrap();
    assert!(postroom_registry::source::find(&tx, source).await.is_ok());
}
