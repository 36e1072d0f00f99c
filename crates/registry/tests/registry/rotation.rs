use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use postroom_registry::{
    KeySource, Registry, RegistryError, TenantId,
    audit::{Action, ActorKind},
};
use postroom_secrets::{MasterKeys, OpenError};

use crate::support::{Book, MASTER_KEY, book, installation};

const NEW: &str = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

fn keys(list: &[&str]) -> MasterKeys {
    MasterKeys::parse(&list.join(",")).unwrap()
}

impl Book {
    /// Another process on the same database.
    async fn process(&self, master: MasterKeys) -> Registry {
        Registry::connect(&self.database.url(), 10, master, self.clock.clone())
            .await
            .unwrap()
    }

    async fn tenants(&self, amount: usize) -> Vec<TenantId> {
        let mut tenants = Vec::new();
        for n in 0..amount {
            tenants.push(self.tenant(&format!("site-{n}")).await);
        }
        tenants
    }
}

async fn opens(registry: &Registry, tenant: TenantId) -> Result<[u8; 32], RegistryError> {
    let tx = registry.begin(tenant).await?;
    tx.derive_key("x").await
}

/// A source that gives these keys, and counts how often it is asked.
fn source(master: &MasterKeys) -> (KeySource, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let (counter, master) = (Arc::clone(&asked), master.clone());
    let source: KeySource = Arc::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        let master = master.clone();
        Box::pin(async move {
            // Others get in line meanwhile.
            tokio::task::yield_now().await;
            Some(master)
        })
    });
    (source, asked)
}

#[tokio::test]
async fn a_key_is_wrapped_anew_once_and_stays_the_same_key() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let before = opens(&book.registry, acme).await.unwrap();
    assert!(!book.registry.rewrap(acme).await.unwrap(), "nothing to do");
    book.registry.replace_master_keys(keys(&[NEW, MASTER_KEY]));
    assert_eq!(
        book.registry.tenants_to_rewrap(None, 10).await.unwrap(),
        [acme]
    );
    assert!(book.registry.rewrap(acme).await.unwrap());
    assert!(!book.registry.rewrap(acme).await.unwrap());
    let counts = book.registry.master_key_counts().await.unwrap();
    assert_eq!(counts, [("new".to_owned(), 1)]);
    // A process that never knew the old master key opens the same data key.
    let after = book.process(keys(&[NEW])).await;
    assert_eq!(opens(&after, acme).await.unwrap(), before);
    let told = &book.trail(acme).await[0];
    assert_eq!(
        (told.action, told.actor_kind),
        (Action::KeyRewrapped, ActorKind::Operator)
    );
    let change = &told.changes.0[0];
    assert_eq!(
        (change.from.as_deref(), change.to.as_deref()),
        (Some("test"), Some("new"))
    );
    assert!(
        !book
            .registry
            .rewrap(TenantId(book.clock.new_id()))
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn a_rotation_that_was_interrupted_goes_on_where_it_was() {
    let book = book().await;
    let tenants = book.tenants(7).await;
    book.registry.replace_master_keys(keys(&[NEW, MASTER_KEY]));
    for tenant in book.registry.tenants_to_rewrap(None, 3).await.unwrap() {
        assert!(book.registry.rewrap(tenant).await.unwrap());
    }
    let counts = book.registry.master_key_counts().await.unwrap();
    assert_eq!(counts, [("new".to_owned(), 3), ("test".to_owned(), 4)]);
    // Another run, from the beginning, in pages.
    let again = book.process(keys(&[NEW, MASTER_KEY])).await;
    let (mut after, mut done) = (None, Vec::new());
    loop {
        let page = again.tenants_to_rewrap(after, 3).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(*last);
        for tenant in page {
            assert!(again.rewrap(tenant).await.unwrap());
            done.push(tenant);
        }
    }
    assert_eq!(done.len(), 4);
    assert_eq!(
        again.master_key_counts().await.unwrap(),
        [("new".to_owned(), 7)]
    );
    let last = book.process(keys(&[NEW])).await;
    for tenant in tenants {
        opens(&last, tenant).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_rotations_at_once_one_writes() {
    let book = book().await;
    let tenants = book.tenants(3).await;
    book.registry.replace_master_keys(keys(&[NEW, MASTER_KEY]));
    for tenant in tenants {
        let runs: Vec<_> = (0..6)
            .map(|_| {
                let registry = book.registry.clone();
                tokio::spawn(async move { registry.rewrap(tenant).await.unwrap() })
            })
            .collect();
        let mut wrote = 0;
        for run in runs {
            wrote += usize::from(run.await.unwrap());
        }
        assert_eq!(wrote, 1);
        let told = book.actions(tenant).await;
        assert_eq!(told, [Action::KeyRewrapped, Action::SiteInstalled]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_works_while_keys_rotate_never_fails() {
    let book = book().await;
    let tenants = book.tenants(12).await;
    // Three processes: one that rotates, two that work and read their keys again when they meet an unknown one.
    let all = keys(&[NEW, MASTER_KEY]);
    let stop = Arc::new(AtomicBool::new(false));
    let mut workers = Vec::new();
    for _ in 0..2 {
        let process = book.process(keys(&[MASTER_KEY])).await;
        process.on_unknown_master_key(source(&all).0);
        for _ in 0..3 {
            let (process, stop) = (process.clone(), Arc::clone(&stop));
            let (clock, tenants) = (book.clock.clone(), tenants.clone());
            workers.push(tokio::spawn(async move {
                let mut opened = 0;
                while !stop.load(Ordering::SeqCst) {
                    for tenant in &tenants {
                        // What is in memory is let go of, so that rows are opened all the time.
                        clock.advance(chrono::TimeDelta::minutes(10));
                        opens(&process, *tenant).await.unwrap();
                        opened += 1;
                    }
                }
                opened
            }));
        }
    }
    let rotating = book.process(all.clone()).await;
    for tenant in rotating.tenants_to_rewrap(None, 100).await.unwrap() {
        assert!(rotating.rewrap(tenant).await.unwrap());
        opens(&rotating, tenant).await.unwrap();
    }
    stop.store(true, Ordering::SeqCst);
    for worker in workers {
        assert!(worker.await.unwrap() > 0);
    }
    assert_eq!(
        rotating.master_key_counts().await.unwrap(),
        [("new".to_owned(), 12)]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_unknown_master_key_is_asked_for_once_by_all_who_meet_it() {
    let book = book().await;
    let tenants = book.tenants(8).await;
    book.registry.replace_master_keys(keys(&[NEW, MASTER_KEY]));
    for tenant in &tenants {
        book.registry.rewrap(*tenant).await.unwrap();
    }
    let behind = book.process(keys(&[MASTER_KEY])).await;
    let (source, asked) = source(&keys(&[NEW, MASTER_KEY]));
    behind.on_unknown_master_key(source);
    let readers: Vec<_> = tenants
        .iter()
        .map(|tenant| {
            let (behind, tenant) = (behind.clone(), *tenant);
            tokio::spawn(async move { opens(&behind, tenant).await })
        })
        .collect();
    for reader in readers {
        reader.await.unwrap().unwrap();
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_master_key_that_the_source_lacks_is_not_asked_for_again_at_once() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let lost = book.process(keys(&[NEW])).await;
    let (source, asked) = source(&keys(&[NEW]));
    lost.on_unknown_master_key(source);
    for _ in 0..3 {
        let refused = opens(&lost, acme).await;
        assert!(matches!(
            refused,
            Err(RegistryError::Sealed(OpenError::UnknownMasterKey(id))) if id == "test"
        ));
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    book.clock.advance(chrono::TimeDelta::seconds(5));
    assert!(opens(&lost, acme).await.is_err());
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    // The operator puts the key back.
    lost.replace_master_keys(keys(&[NEW, MASTER_KEY]));
    opens(&lost, acme).await.unwrap();
}

#[tokio::test]
async fn a_site_that_installs_itself_during_a_rotation_at_an_older_process_is_seen() {
    let book = book().await;
    let rotating = book.process(keys(&[NEW, MASTER_KEY])).await;
    assert!(
        rotating
            .tenants_to_rewrap(None, 10)
            .await
            .unwrap()
            .is_empty()
    );
    let late = book
        .registry
        .install(&installation("late", "one"))
        .await
        .unwrap()
        .tenant;
    assert_eq!(rotating.tenants_to_rewrap(None, 10).await.unwrap(), [late]);
}
