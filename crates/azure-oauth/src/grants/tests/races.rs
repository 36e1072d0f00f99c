//! Several processes, several tasks in each, one grant.

use chrono::TimeDelta;
use postroom_registry::grant::{self, Refreshed, Resource};
use secrecy::ExposeSecret as _;
use tokio::task::JoinSet;

use super::{Need, entra::Entra};
use crate::Grants;
use crate::testing::{Book, book};

const PROCESSES: usize = 3;
const TASKS: usize = 4;

/// All tasks of all processes want a token at once.
async fn storm(book: &Book, processes: &[Grants], resource: Resource) -> Vec<String> {
    let mut tasks = JoinSet::new();
    for grants in processes {
        for _ in 0..TASKS {
            let (grants, tenant, id) = (grants.clone(), book.tenant, book.id);
            tasks.spawn(async move { grants.access_token(tenant, id, resource).await });
        }
    }
    let answers = tasks.join_all().await;
    answers
        .into_iter()
        .map(|token| token.unwrap().expose_secret().to_owned())
        .collect()
}

async fn processes(book: &Book) -> Vec<Grants> {
    let mut processes = Vec::new();
    for _ in 0..PROCESSES {
        processes.push(book.another_process().await);
    }
    processes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_needs_a_token_at_once_gets_the_one_that_one_of_them_fetched() {
    let book = book().await;
    let (entra, processes) = (Entra::at(&book).await, processes(&book).await);
    book.clock.advance(TimeDelta::hours(1));
    let tokens = storm(&book, &processes, Resource::Graph).await;
    assert!(tokens.iter().all(|token| token == "at2"), "{tokens:?}");
    assert_eq!(entra.asked(), 1);
    let (row, refresh_token) = book.row().await;
    assert_eq!((refresh_token.as_str(), row.version), ("rt2", 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_one_refreshes_ahead_the_others_go_on_with_what_is_kept() {
    let book = book().await;
    let (entra, processes) = (Entra::at(&book).await, processes(&book).await);
    book.clock.advance(TimeDelta::minutes(52));
    let tokens = storm(&book, &processes, Resource::Graph).await;
    assert_eq!(entra.asked(), 1);
    let kept = tokens.iter().filter(|token| *token == "at1").count();
    assert!(kept > 0, "somebody waited: {tokens:?}");
    assert_eq!(book.row().await.1, "rt2");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_resources_at_once_are_refreshed_one_after_the_other() {
    let book = book().await;
    let (entra, processes) = (Entra::at(&book).await, processes(&book).await);
    book.clock.advance(TimeDelta::hours(1));
    let (graph, outlook) = tokio::join!(
        storm(&book, &processes, Resource::Graph),
        storm(&book, &processes, Resource::Outlook),
    );
    assert_eq!(entra.asked(), 2);
    assert_eq!(
        entra.shown(),
        ["rt1", "rt2"],
        "the second one goes on from what the first one stored"
    );
    assert_eq!(
        book.row().await.1,
        "rt3",
        "the last one issued is the stored one"
    );
    assert_ne!(graph[0], outlook[0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn renewals_that_meet_are_one() {
    let book = book().await;
    let (entra, processes) = (Entra::at(&book).await, processes(&book).await);
    let (tenant, id) = (book.tenant, book.id);
    let mut tasks = JoinSet::new();
    for grants in processes {
        // All of them have read the grant at its first version.
        let need = Need::Newer {
            than: 1,
            resource: Resource::Graph,
        };
        tasks.spawn(async move { grants.fresh(tenant, id, need).await });
    }
    for renewed in tasks.join_all().await {
        renewed.unwrap();
    }
    assert_eq!(entra.asked(), 1);
    assert_eq!(book.row().await.1, "rt2");
}

#[tokio::test]
async fn a_claim_that_a_dead_process_left_runs_out() {
    let book = book().await;
    let entra = Entra::at(&book).await;
    book.clock.advance(TimeDelta::hours(1));
    let tx = book.registry.begin(book.tenant).await.unwrap();
    let read = grant::find(&tx, book.id).await.unwrap();
    let dead = grant::claim_refresh(&tx, &read, TimeDelta::seconds(90))
        .await
        .unwrap()
        .unwrap();
    tx.commit().await.unwrap();
    let waiting = {
        let (grants, tenant, id) = (book.another_process().await, book.tenant, book.id);
        tokio::spawn(async move { grants.access_token(tenant, id, Resource::Graph).await })
    };
    tokio::task::yield_now().await;
    assert_eq!(entra.asked(), 0, "the claim holds");
    book.clock.advance(TimeDelta::seconds(90));
    let token = waiting.await.unwrap().unwrap();
    assert_eq!(token.expose_secret(), "at2");
    let late = Refreshed {
        resource: Resource::Graph,
        refresh_token: Some("rt-late".into()),
        access_token: "at-late".into(),
        access_expires_at: book.clock.now() + TimeDelta::hours(1),
        scopes: vec![],
    };
    let tx = book.registry.begin(book.tenant).await.unwrap();
    grant::store_refreshed(&tx, &dead, &late).await.unwrap_err();
    drop(tx);
    assert_eq!(
        book.row().await.1,
        "rt2",
        "who comes back late stores nothing"
    );
}
