use chrono::TimeDelta;
use postroom_registry::{
    RegistryError, TenantId, alert_channel,
    audit::{self, Action, Actor, ActorKind, Entry, SubjectKind},
    connection::{ConnectionState, Event},
    delivery::{self, EffectKind},
    grant, mail, notification, outbound, registration, sign_in,
    tenant::{self, Door, TenantState},
};

use crate::{
    catalogue::tables_of_tenants,
    support::{
        Book, book, installation, new_channel, new_outbound, new_registration, new_sign_in, noon,
        number, session, verdict,
    },
};

const RETENTION: TimeDelta = TimeDelta::days(30);

impl Book {
    async fn forget(&self, tenant: TenantId) -> bool {
        let tx = self.registry.begin(tenant).await.unwrap();
        let before = self.clock.now() - RETENTION;
        let forgotten = tenant::forget(&tx, before).await.unwrap();
        tx.commit().await.unwrap();
        forgotten
    }

    async fn due(&self) -> Vec<TenantId> {
        let before = self.clock.now() - RETENTION;
        self.registry.due_farewells(before, 10).await.unwrap()
    }

    /// A tenant with a row in every table, removed.
    async fn gone_tenant(&self) -> TenantId {
        let acme = self.moved_tenant().await;
        let source = self.source(acme).await;
        let mail = self.mail(acme, source, "m1").await;
        let tx = self.registry.begin(acme).await.unwrap();
        delivery::intend(&tx, mail, EffectKind::Issue, "issue")
            .await
            .unwrap();
        notification::insert(&tx, "10001", "ACME-1", "20001")
            .await
            .unwrap();
        let grant = grant::list(&tx).await.unwrap()[0].id;
        let out = outbound::create(&tx, new_outbound(grant)).await.unwrap();
        outbound::take_turn(&tx, out.id).await.unwrap();
        sign_in::start(&tx, new_sign_in("ticket")).await.unwrap();
        registration::insert(&tx, new_registration()).await.unwrap();
        alert_channel::insert(&tx, new_channel("ops"))
            .await
            .unwrap();
        let refused = Event::Failed(verdict(ConnectionState::Refused));
        outbound::apply(&tx, out.id, &refused).await.unwrap();
        let entry = Entry::new(Actor::Account("ann".into()), Action::SourceChanged)
            .on(SubjectKind::Source, &source, Some("Support"))
            .changed("name", Some("Support"), Some("Help"));
        audit::record(&tx, &entry).await.unwrap();
        tx.commit().await.unwrap();
        self.close(acme, Door::Connect).await;
        self.close(acme, Door::Forge).await;
        acme
    }
}

#[tokio::test]
async fn a_tenant_is_forgotten_at_the_end_of_retention_and_not_before() {
    let book = book().await;
    let (acme, globex) = (book.gone_tenant().await, book.tenant("globex").await);
    book.clock.advance(RETENTION);
    assert!(book.due().await.is_empty());
    assert!(!book.forget(acme).await);
    book.clock.advance(TimeDelta::milliseconds(1));
    assert_eq!(book.due().await, [acme]);
    assert!(!book.forget(globex).await, "globex is at work");
    assert!(book.forget(acme).await);
    assert!(book.due().await.is_empty());
    assert!(!book.forget(acme).await, "once");
    assert_eq!(book.row(globex).await.state, TenantState::Installed);
}

#[tokio::test]
async fn nothing_of_a_forgotten_tenant_is_left_but_its_id_and_a_trail_without_names() {
    let book = book().await;
    let acme = book.gone_tenant().await;
    let owner = session(&book.database.url(), None).await;
    let tables = tables_of_tenants(&owner).await;
    for (table, column) in &tables {
        let count = format!("SELECT count(*) FROM {table} WHERE {column} = '{acme}'");
        assert!(
            number(&owner, &count).await > 0,
            "{table} has no row of the tenant: this test must make one"
        );
    }
    book.clock.advance(RETENTION + TimeDelta::days(1));
    assert!(book.forget(acme).await);
    for (table, column) in &tables {
        let count = format!("SELECT count(*) FROM {table} WHERE {column} = '{acme}'");
        let left = number(&owner, &count).await;
        let expected = ["tenant", "audit"].contains(&table.as_str());
        assert_eq!(left > 0, expected, "{table} has {left} rows left");
    }
    let row = book.row(acme).await;
    assert_eq!(
        (row.state, row.site_url.as_str()),
        (TenantState::Forgotten, "")
    );
    let keys = format!("SELECT count(*) FROM tenant WHERE id = '{acme}' AND wrapped_key IS NULL");
    assert_eq!(number(&owner, &keys).await, 1);
    let trail = book.trail(acme).await;
    assert_eq!(
        (trail[0].action, trail[0].actor_kind),
        (Action::KeyDestroyed, ActorKind::Service)
    );
    assert!(trail.len() > 3, "what was done stays");
    for row in &trail[1..] {
        assert_eq!((&row.actor_account, &row.subject_name), (&None, &None));
        assert!(row.changes.0.is_empty(), "{row:?}");
    }
}

#[tokio::test]
async fn what_a_forgotten_tenant_sealed_never_opens_again() {
    let book = book().await;
    let acme = book.gone_tenant().await;
    book.clock.advance(RETENTION + TimeDelta::days(1));
    let warm = book.registry.begin(acme).await.unwrap();
    warm.derive_key("the key is in memory").await.unwrap();
    drop(warm);
    assert!(book.forget(acme).await);
    // Somebody puts old rows back, from a backup.
    let owner = session(&book.database.url(), None).await;
    sea_orm::ConnectionTrait::execute_unprepared(
        &owner,
        &format!(
            "INSERT INTO microsoft_grant (tenant_id, id, directory_id, object_id, user_principal_name, display_name, scopes,
                sealed_refresh_token, refreshed_at, created_at)
            VALUES ('{acme}', '{acme}', 't', 'o', 'u', 'n', '{{}}', '\\x01', now(), now())"
        ),
    )
    .await
    .unwrap();
    let tx = book.registry.begin(acme).await.unwrap();
    let grant = grant::list(&tx).await.unwrap().remove(0);
    assert!(matches!(
        grant::refresh_token(&tx, &grant).await,
        Err(RegistryError::Forgotten)
    ));
    assert!(matches!(
        tx.derive_key("x").await,
        Err(RegistryError::Forgotten)
    ));
}

#[tokio::test]
async fn a_farewell_that_is_not_committed_leaves_everything() {
    let book = book().await;
    let acme = book.gone_tenant().await;
    book.clock.advance(RETENTION + TimeDelta::days(1));
    let tx = book.registry.begin(acme).await.unwrap();
    let before = book.clock.now() - RETENTION;
    assert!(tenant::forget(&tx, before).await.unwrap());
    drop(tx);
    assert_eq!(book.row(acme).await.state, TenantState::Uninstalled);
    let tx = book.registry.begin(acme).await.unwrap();
    assert!(tx.derive_key("x").await.is_ok());
}

#[tokio::test]
async fn a_site_that_comes_back_after_the_farewell_is_a_new_tenant_without_a_past() {
    let book = book().await;
    let acme = book.gone_tenant().await;
    let message_ids = ["1@customer.example".to_owned()];
    let tx = book.registry.begin(acme).await.unwrap();
    let mails = mail::by_message_ids(&tx, &message_ids).await.unwrap();
    assert_eq!(mails.len(), 1);
    drop(tx);
    book.clock.advance(RETENTION + TimeDelta::days(1));
    assert!(book.forget(acme).await);

    let mut again = installation("acme", "two");
    again.cloud_id = Some("cloud".to_owned());
    again.issued_at = noon() + TimeDelta::days(40);
    let installed = book.registry.install(&again).await.unwrap();
    assert!(installed.is_new());
    assert_ne!(installed.tenant, acme);
    let tx = book.registry.begin(installed.tenant).await.unwrap();
    let mails = mail::by_message_ids(&tx, &message_ids).await.unwrap();
    assert!(mails.is_empty());
    assert_eq!(
        book.actions(installed.tenant).await,
        [Action::SiteInstalled]
    );
    let forge = book.forge_tenant("installation", "cloud").await;
    assert!(![acme, installed.tenant].contains(&forge));
    assert_eq!(
        book.registry.movable(forge).await.unwrap(),
        Some(installed.tenant)
    );
}

#[tokio::test]
async fn a_site_that_came_back_in_time_is_not_forgotten() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    book.close(acme, Door::Connect).await;
    book.clock.advance(RETENTION + TimeDelta::days(1));
    assert_eq!(book.due().await, [acme], "a worker has it in hand");
    let mut again = installation("acme", "two");
    again.issued_at = noon() + TimeDelta::days(31);
    assert_eq!(book.registry.install(&again).await.unwrap().tenant, acme);
    assert!(!book.forget(acme).await);
    book.close(acme, Door::Connect).await;
    assert!(
        !book.forget(acme).await,
        "and counts anew when it goes again"
    );
    assert!(book.due().await.is_empty());
}
