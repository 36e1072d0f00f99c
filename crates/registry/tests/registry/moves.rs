use postroom_registry::{
    RegistryError, TenantId, alert_channel,
    audit::{Action, Actor},
    mail, outbound, registration, source,
    tenant::{Door, Installation, TenantState},
};

use crate::support::{
    Book, book, installation, new_channel, new_grant, new_outbound, new_registration,
};

impl Book {
    async fn connect_tenant(&self, name: &str, cloud: &str) -> TenantId {
        let installation = Installation {
            cloud_id: Some(cloud.to_owned()),
            ..installation(name, "one")
        };
        self.registry.install(&installation).await.unwrap().tenant
    }

    async fn movable(&self, tenant: TenantId) -> Option<TenantId> {
        self.registry.movable(tenant).await.unwrap()
    }

    async fn move_(&self, forge: TenantId, connect: TenantId) -> Result<(), RegistryError> {
        let by = Actor::Account("ann".to_owned());
        self.registry.move_to_forge(forge, connect, by).await
    }
}

#[tokio::test]
async fn a_site_moves_from_connect_to_forge_and_keeps_everything() {
    let book = book().await;
    let connect = book.connect_tenant("acme", "cloud").await;
    let source = book.source(connect).await;
    let mail = book.mail(connect, source, "m1").await;
    let tx = book.registry.begin(connect).await.unwrap();
    postroom_registry::tenant::learn_app_account(&tx, "connect-app")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let forge = book.forge_tenant("installation", "cloud").await;
    book.keep_token(forge, "token", 240).await;
    assert!(
        book.row(forge).await.client_key.is_none(),
        "nothing is attached by itself"
    );
    assert_eq!(book.movable(forge).await, Some(connect));
    assert_eq!(
        book.movable(connect).await,
        None,
        "only a Forge installation moves"
    );
    book.move_(forge, connect).await.unwrap();

    let found = book.registry.tenant_by_installation("installation").await;
    assert_eq!(found.unwrap(), Some(connect));
    let row = book.row(connect).await;
    assert_eq!(row.state, TenantState::Installed);
    assert_eq!(
        row.app_account_id, None,
        "the app has another account behind Forge"
    );
    assert_eq!(
        book.access(connect).await,
        "token https://api.atlassian.com/ex/jira/cloud"
    );
    let tx = book.registry.begin(connect).await.unwrap();
    assert!(
        mail::raw(&tx, mail).await.is_ok(),
        "the ledger opens as before"
    );
    let emptied = book.row(forge).await;
    assert_eq!(emptied.state, TenantState::Forgotten);
    assert_eq!((emptied.installation_id, emptied.cloud_id), (None, None));
    let tx = book.registry.begin(forge).await.unwrap();
    assert!(matches!(
        tx.derive_key("x").await,
        Err(RegistryError::Forgotten)
    ));
    let told = &book.trail(connect).await[0];
    assert_eq!(
        (told.action, told.actor_account.as_deref()),
        (Action::SiteMovedToForge, Some("ann"))
    );
    assert_eq!(book.movable(connect).await, None);
    assert!(matches!(
        book.move_(forge, connect).await,
        Err(RegistryError::Missing | RegistryError::Forgotten)
    ));
}

#[tokio::test]
async fn an_installation_with_connections_of_its_own_does_not_move() {
    let book = book().await;
    let connect = book.connect_tenant("acme", "cloud").await;
    let forge = book.forge_tenant("installation", "cloud").await;
    let source = book.source(forge).await;
    let refused = book.move_(forge, connect).await;
    assert!(matches!(refused, Err(RegistryError::NotEmpty)));

    let tx = book.registry.begin(forge).await.unwrap();
    let row = source::find(&tx, source).await.unwrap();
    source::delete(&tx, row).await.unwrap();
    let grant = postroom_registry::grant::insert(&tx, new_grant())
        .await
        .unwrap();
    let out = outbound::create(&tx, new_outbound(grant)).await.unwrap();
    tx.commit().await.unwrap();
    let refused = book.move_(forge, connect).await;
    assert!(matches!(refused, Err(RegistryError::NotEmpty)));
    assert_eq!(book.row(forge).await.state, TenantState::Installed);
    assert_eq!(book.row(connect).await.installation_id, None);

    let tx = book.registry.begin(forge).await.unwrap();
    outbound::delete(&tx, out).await.unwrap();
    tx.commit().await.unwrap();
    book.move_(forge, connect).await.unwrap();
}

#[tokio::test]
async fn nobody_moves_into_another_sites_data() {
    let book = book().await;
    let mine = book.connect_tenant("acme", "cloud").await;
    let foreign = book.connect_tenant("globex", "other-cloud").await;
    let nowhere = book.tenant("initech").await;
    let forge = book.forge_tenant("installation", "cloud").await;
    let stranger = book.forge_tenant("strange", "other-cloud").await;
    let unknown = TenantId(book.clock.new_id());
    for (from, to) in [
        (forge, foreign),
        (forge, nowhere),
        (forge, stranger),
        (forge, forge),
        (forge, unknown),
        (stranger, mine),
        (mine, foreign),
        (mine, mine),
        (foreign, mine),
    ] {
        let refused = book.move_(from, to).await;
        assert!(
            matches!(refused, Err(RegistryError::Missing)),
            "{refused:?}"
        );
    }
    for tenant in [mine, foreign, nowhere, forge, stranger] {
        assert_eq!(book.row(tenant).await.state, TenantState::Installed);
    }
    assert_eq!(book.movable(stranger).await, Some(foreign));
    assert_eq!(book.movable(forge).await, Some(mine));
}

#[tokio::test]
async fn data_behind_a_living_forge_door_is_not_offered_and_what_was_left_behind_is() {
    let book = book().await;
    let acme = book.moved_tenant().await;
    let second = book.forge_tenant("second", "cloud").await;
    assert_eq!(book.movable(second).await, None);
    assert!(matches!(
        book.move_(second, acme).await,
        Err(RegistryError::Missing)
    ));
    // The first installation goes, with or without a word; its successor has another id.
    book.clock.advance(chrono::TimeDelta::hours(4));
    assert_eq!(book.movable(second).await, Some(acme));
    book.close(acme, Door::Connect).await;
    book.close(acme, Door::Forge).await;
    assert_eq!(book.row(acme).await.state, TenantState::Uninstalled);
    assert_eq!(book.movable(second).await, Some(acme));
    book.move_(second, acme).await.unwrap();
    let row = book.row(acme).await;
    assert_eq!(
        (
            row.state,
            row.uninstalled_at,
            row.installation_id.as_deref()
        ),
        (TenantState::Installed, None, Some("second"))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_moves_at_once_one_is_done() {
    let book = book().await;
    let connect = book.connect_tenant("acme", "cloud").await;
    let (one, two) = (
        book.forge_tenant("one", "cloud").await,
        book.forge_tenant("two", "cloud").await,
    );
    book.keep_token(one, "token", 240).await;
    book.keep_token(two, "token", 240).await;
    let (first, second) = tokio::join!(book.move_(one, connect), book.move_(two, connect));
    assert_eq!(
        [&first, &second].iter().filter(|done| done.is_ok()).count(),
        1
    );
    assert!(
        [first, second]
            .iter()
            .any(|done| matches!(done, Err(RegistryError::Missing)))
    );
}

#[tokio::test]
async fn a_ledger_of_a_source_that_was_deleted_is_not_thrown_away_by_a_move() {
    let book = book().await;
    let connect = book.connect_tenant("acme", "cloud").await;
    let forge = book.forge_tenant("installation", "cloud").await;
    let source = book.source(forge).await;
    let mail = book.mail(forge, source, "m1").await;
    let tx = book.registry.begin(forge).await.unwrap();
    let row = source::find(&tx, source).await.unwrap();
    source::delete(&tx, row).await.unwrap();
    tx.commit().await.unwrap();
    let refused = book.move_(forge, connect).await;
    assert!(
        matches!(refused, Err(RegistryError::NotEmpty)),
        "{refused:?}"
    );
    let tx = book.registry.begin(forge).await.unwrap();
    assert!(mail::raw(&tx, mail).await.is_ok());
}

#[tokio::test]
async fn an_installation_that_brought_a_registration_or_a_channel_does_not_move() {
    let book = book().await;
    let connect = book.connect_tenant("acme", "cloud").await;
    let forge = book.forge_tenant("installation", "cloud").await;
    let tx = book.registry.begin(forge).await.unwrap();
    let registration = registration::insert(&tx, new_registration()).await.unwrap();
    tx.commit().await.unwrap();
    let refused = book.move_(forge, connect).await;
    assert!(matches!(refused, Err(RegistryError::NotEmpty)));
    let tx = book.registry.begin(forge).await.unwrap();
    registration::delete(&tx, registration).await.unwrap();
    let channel = alert_channel::insert(&tx, new_channel("ops"))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let refused = book.move_(forge, connect).await;
    assert!(matches!(refused, Err(RegistryError::NotEmpty)));
    let tx = book.registry.begin(forge).await.unwrap();
    alert_channel::delete(&tx, channel).await.unwrap();
    tx.commit().await.unwrap();
    book.move_(forge, connect).await.unwrap();
}
