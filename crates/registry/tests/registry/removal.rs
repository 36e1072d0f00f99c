//! A site removes the Connect app and installs it again, in whatever order the calls come.

use std::time::Duration;

use chrono::TimeDelta;
use postroom_registry::{
    TenantId,
    tenant::{self, Installation, TenantState},
};
use sea_orm::DatabaseConnection;

use crate::support::{Book, book, installation, noon, number, session};

impl Book {
    async fn uninstalled(&self, tenant: TenantId, client_key: &str, seconds: i64) -> bool {
        let tx = self.registry.begin(tenant).await.unwrap();
        let issued_at = noon() + TimeDelta::seconds(seconds);
        let closed = tenant::uninstalled(&tx, client_key, issued_at).await;
        tx.commit().await.unwrap();
        closed.unwrap()
    }
}

/// Until so many sessions of the database wait for a row.
async fn waiting(watch: &DatabaseConnection, sessions: i64) {
    let sql = "SELECT count(*) FROM pg_stat_activity \
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let all = async {
        while number(watch, sql).await < sessions {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), all)
        .await
        .expect("nobody waits");
}

#[tokio::test]
async fn an_uninstall_that_is_in_flight_beside_a_newer_install_takes_nothing_away() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let watch = session(&book.database.url(), None).await;
    let holder = book.registry.begin(acme).await.unwrap();
    tenant::set_enabled(&holder, true).await.unwrap();
    let newer = Installation {
        issued_at: noon() + TimeDelta::seconds(10),
        ..installation("acme", "two")
    };
    let install = async { book.registry.install(&newer).await.unwrap() };
    let removal = async {
        waiting(&watch, 1).await;
        book.uninstalled(acme, "acme", 5).await
    };
    let release = async {
        waiting(&watch, 2).await;
        holder.commit().await.unwrap();
    };
    let (_, closed, ()) = tokio::join!(install, removal, release);
    assert!(!closed);
    assert_eq!(book.row(acme).await.state, TenantState::Installed);
    assert_eq!(book.secrets(acme).await, ["two", "secret"]);
}

#[tokio::test]
async fn a_removal_counts_for_the_present_key_and_from_the_second_of_the_install_on() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    assert!(!book.uninstalled(acme, "another", 5).await);
    assert!(!book.uninstalled(acme, "acme", -1).await);
    assert_eq!(book.row(acme).await.state, TenantState::Installed);
    assert!(book.uninstalled(acme, "acme", 0).await);
    assert_eq!(book.row(acme).await.state, TenantState::Uninstalled);
}
