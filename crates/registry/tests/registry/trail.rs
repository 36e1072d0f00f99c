use chrono::TimeDelta;
use postroom_registry::{
    AuditId, TenantId,
    audit::{self, Action, Actor, ActorKind, Entry, Filter, SubjectKind},
};

use crate::support::{Book, book, noon};

impl Book {
    async fn note(&self, tenant: TenantId, entries: &[Entry]) -> Vec<AuditId> {
        let tx = self.registry.begin(tenant).await.unwrap();
        let mut ids = Vec::new();
        for entry in entries {
            ids.push(audit::record(&tx, entry).await.unwrap());
        }
        tx.commit().await.unwrap();
        ids
    }

    async fn listed(&self, tenant: TenantId, filter: Filter) -> Vec<AuditId> {
        let tx = self.registry.begin(tenant).await.unwrap();
        let rows = audit::list(&tx, &filter).await.unwrap();
        rows.iter().map(|row| row.id).collect()
    }
}

fn entry(action: Action, subject: &str) -> Entry {
    Entry::new(Actor::Account("ann".into()), action).on(SubjectKind::Source, subject, None)
}

fn most(limit: u64) -> Filter {
    Filter {
        limit,
        ..Filter::default()
    }
}

#[tokio::test]
async fn a_row_says_who_did_what_to_what() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let entry = Entry::new(Actor::Account("ann".into()), Action::SourceChanged)
        .on(SubjectKind::Source, "s1", Some("Support"))
        .changed("name", Some("Support"), Some("Help"))
        .changed("folder", Some("Inbox"), Some("Inbox"))
        .changed("project", None, Some("SUP"));
    book.note(acme, &[entry]).await;
    let row = &book.trail(acme).await[0];
    assert_eq!((row.at, row.action), (noon(), Action::SourceChanged));
    assert_eq!(
        (row.actor_kind, row.actor_account.as_deref()),
        (ActorKind::Account, Some("ann"))
    );
    assert_eq!(
        (row.subject_id.as_deref(), row.subject_name.as_deref()),
        (Some("s1"), Some("Support"))
    );
    let fields: Vec<_> = row.changes.0.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(
        fields,
        ["name", "project"],
        "what stayed the same is no change"
    );
}

#[tokio::test]
async fn the_trail_is_read_in_pages_from_either_end_and_keeps_its_order_within_a_millisecond() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let entries: Vec<_> = (0..40)
        .map(|n| entry(Action::SourcePaused, &n.to_string()))
        .collect();
    let written = book.note(acme, &entries).await;
    let all = book.listed(acme, most(100)).await;
    assert!(all[..40].iter().eq(written.iter().rev()), "newest first");
    let page = Filter {
        before: Some(all[9]),
        ..most(10)
    };
    assert_eq!(book.listed(acme, page).await, all[10..20]);

    let tx = book.registry.begin(acme).await.unwrap();
    let (mut after, mut walked) = (None, Vec::new());
    loop {
        let page = audit::oldest_first(&tx, after, &most(7)).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        walked.extend(page.iter().map(|row| row.id));
    }
    assert!(walked.iter().eq(all.iter().rev()));
}

#[tokio::test]
async fn the_trail_is_filtered_by_action_subject_and_time() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let first = book
        .note(
            acme,
            &[
                entry(Action::SourcePaused, "a"),
                entry(Action::SourceResumed, "a"),
                entry(Action::SourcePaused, "b"),
            ],
        )
        .await;
    book.clock.advance(TimeDelta::hours(1));
    let second = book.note(acme, &[entry(Action::SourcePaused, "a")]).await;
    let paused = Filter {
        action: Some(Action::SourcePaused),
        ..most(9)
    };
    assert_eq!(
        book.listed(acme, paused).await,
        [second[0], first[2], first[0]]
    );
    let of_a = Filter {
        subject_id: Some("a".into()),
        ..most(9)
    };
    assert_eq!(
        book.listed(acme, of_a).await,
        [second[0], first[1], first[0]]
    );
    let late = Filter {
        from: Some(noon() + TimeDelta::hours(1)),
        ..most(9)
    };
    assert_eq!(book.listed(acme, late).await, second);
    let early = Filter {
        to: Some(noon() + TimeDelta::hours(1)),
        ..most(2)
    };
    assert_eq!(book.listed(acme, early).await, [first[2], first[1]]);
}

#[tokio::test]
async fn a_trail_is_its_tenants_and_goes_with_its_transaction() {
    let book = book().await;
    let (acme, globex) = (book.tenant("acme").await, book.tenant("globex").await);
    book.note(acme, &[entry(Action::SourcePaused, "a")]).await;
    let tx = book.registry.begin(acme).await.unwrap();
    audit::record(&tx, &entry(Action::SourceDeleted, "a"))
        .await
        .unwrap();
    drop(tx);
    assert_eq!(
        book.actions(acme).await,
        [Action::SourcePaused, Action::SiteInstalled]
    );
    assert_eq!(book.actions(globex).await, [Action::SiteInstalled]);
    let tx = book.registry.begin(globex).await.unwrap();
    let all = audit::oldest_first(&tx, None, &most(100)).await.unwrap();
    assert!(all.iter().all(|row| row.tenant_id == globex));
}

#[tokio::test]
async fn an_export_of_a_time_reads_the_rows_of_that_time_alone() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let mut noted = Vec::new();
    for day in 0..4 {
        noted.extend(
            book.note(acme, &[entry(Action::SourcePaused, &day.to_string())])
                .await,
        );
        book.clock.advance(TimeDelta::days(1));
    }
    let tx = book.registry.begin(acme).await.unwrap();
    let between = Filter {
        from: Some(noon() + TimeDelta::days(1)),
        to: Some(noon() + TimeDelta::days(3)),
        ..most(10)
    };
    let read = async |after| {
        let rows = audit::oldest_first(&tx, after, &between).await.unwrap();
        rows.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(read(None).await, noted[1..3]);
    assert_eq!(read(Some(noted[1])).await, noted[2..3]);
}
