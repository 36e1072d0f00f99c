use chrono::TimeDelta;
use postroom_registry::{
    TenantId,
    audit::Action,
    tenant::{self, Change, Door, JiraAccess, TenantState},
};
use secrecy::ExposeSecret as _;

use crate::support::{Book, book, forge, installation, noon};

impl Book {
    async fn enable(&self, tenant: TenantId, enabled: bool) {
        let tx = self.registry.begin(tenant).await.unwrap();
        tenant::set_enabled(&tx, enabled).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn keep_token(&self, tenant: TenantId, token: &str, minutes: i64) -> bool {
        let tx = self.registry.begin(tenant).await.unwrap();
        let until = self.clock.now() + TimeDelta::minutes(minutes);
        let kept = tenant::keep_system_token(&tx, &token.into(), until).await;
        tx.commit().await.unwrap();
        kept.unwrap()
    }

    /// What Jira would be spoken to with.
    pub(crate) async fn access(&self, tenant: TenantId) -> String {
        let tx = self.registry.begin(tenant).await.unwrap();
        match tenant::jira_access(&tx).await.unwrap() {
            JiraAccess::Connect {
                client_key,
                shared_secret,
                site_url,
            } => format!("{client_key} {} {site_url}", shared_secret.expose_secret()),
            JiraAccess::Forge {
                system_token,
                api_base_url,
            } => format!("{} {api_base_url}", system_token.expose_secret()),
            JiraAccess::Waiting => "waiting".to_owned(),
            JiraAccess::Closed => "closed".to_owned(),
        }
    }

    pub(crate) async fn forge_tenant(&self, installation: &str, cloud: &str) -> TenantId {
        let installed = self
            .registry
            .install_forge(&forge(installation, cloud))
            .await;
        installed.unwrap().tenant
    }

    /// A tenant with both doors.
    pub(crate) async fn moved_tenant(&self) -> TenantId {
        let mut acme = installation("acme", "one");
        acme.cloud_id = Some("cloud".to_owned());
        let connect = self.registry.install(&acme).await.unwrap().tenant;
        let forge = self.forge_tenant("installation", "cloud").await;
        self.keep_token(forge, "token", 240).await;
        let by = postroom_registry::audit::Actor::Account("ann".to_owned());
        self.registry
            .move_to_forge(forge, connect, by)
            .await
            .unwrap();
        connect
    }
}

const CONNECT: &str = "acme one https://acme.atlassian.net";
const FORGE: &str = "token https://api.atlassian.com/ex/jira/cloud";

#[tokio::test]
async fn a_site_switches_the_app_off_and_on() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    book.enable(acme, true).await;
    book.enable(acme, false).await;
    book.enable(acme, false).await;
    assert_eq!(book.row(acme).await.state, TenantState::Disabled);
    assert_eq!(book.access(acme).await, "closed");
    assert_eq!(
        book.secrets(acme).await,
        ["secret"],
        "`enabled` will be signed with it"
    );
    book.enable(acme, true).await;
    assert_eq!(book.row(acme).await.state, TenantState::Installed);
    assert_eq!(
        book.actions(acme).await,
        [
            Action::SiteEnabled,
            Action::SiteDisabled,
            Action::SiteInstalled
        ],
        "what changes nothing is not told"
    );
}

#[tokio::test]
async fn removed_is_removed_in_whatever_order_the_calls_come() {
    let book = book().await;
    for (name, disabled_first) in [("acme", true), ("globex", false)] {
        let tenant = book.tenant(name).await;
        if disabled_first {
            book.enable(tenant, false).await;
        }
        book.close(tenant, Door::Connect).await;
        book.clock.advance(TimeDelta::seconds(1));
        let gone = book.row(tenant).await;
        assert_eq!(gone.state, TenantState::Uninstalled);
        assert!(gone.uninstalled_at.is_some());
        // Late ones, and one that comes twice.
        book.enable(tenant, false).await;
        book.enable(tenant, true).await;
        book.close(tenant, Door::Connect).await;
        let row = book.row(tenant).await;
        assert_eq!(row.state, TenantState::Uninstalled);
        assert_eq!(
            row.uninstalled_at, gone.uninstalled_at,
            "retention does not begin anew"
        );
        assert!(book.secrets(tenant).await.is_empty());
        assert_eq!(book.access(tenant).await, "closed");
        let told = book.actions(tenant).await;
        let removals = told
            .iter()
            .filter(|told| **told == Action::SiteUninstalled)
            .count();
        assert_eq!(removals, 1);
    }
}

#[tokio::test]
async fn the_connect_app_of_a_tenant_that_moved_goes_and_the_tenant_stays_at_work() {
    for removed in [true, false] {
        let book = book().await;
        let acme = book.moved_tenant().await;
        assert_eq!(book.secrets(acme).await, ["one"]);
        match removed {
            true => book.close(acme, Door::Connect).await,
            false => book.enable(acme, false).await,
        }
        let row = book.row(acme).await;
        assert_eq!(row.state, TenantState::Installed);
        assert!(book.secrets(acme).await.is_empty());
        assert_eq!(book.access(acme).await, FORGE);
        book.clock.advance(TimeDelta::hours(4));
        assert_eq!(book.access(acme).await, "waiting");
        book.close(acme, Door::Forge).await;
        assert_eq!(book.row(acme).await.state, TenantState::Uninstalled);
        assert_eq!(book.access(acme).await, "closed");
    }
}

#[tokio::test]
async fn the_forge_app_of_a_tenant_that_moved_goes_and_connect_is_still_there() {
    let book = book().await;
    let acme = book.moved_tenant().await;
    let tx = book.registry.begin(acme).await.unwrap();
    tenant::learn_app_account(&tx, "the Forge app")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    book.close(acme, Door::Forge).await;
    let row = book.row(acme).await;
    assert_eq!(
        (row.state, row.installation_id, row.api_base_url),
        (TenantState::Installed, None, None)
    );
    assert_eq!(row.app_account_id, None, "to be learned again");
    assert_eq!(book.access(acme).await, CONNECT);
    assert_eq!(
        book.registry
            .tenant_by_installation("installation")
            .await
            .unwrap(),
        None
    );
    book.close(acme, Door::Connect).await;
    assert_eq!(book.row(acme).await.state, TenantState::Uninstalled);
}

#[tokio::test]
async fn forges_token_is_used_while_it_lives_and_connects_secret_after_it() {
    let book = book().await;
    let acme = book.moved_tenant().await;
    assert_eq!(book.access(acme).await, FORGE);
    book.clock
        .advance(TimeDelta::hours(4) - TimeDelta::seconds(31));
    assert_eq!(book.access(acme).await, FORGE);
    book.clock.advance(TimeDelta::seconds(1));
    assert_eq!(book.access(acme).await, CONNECT);
}

#[tokio::test]
async fn only_a_token_that_lives_clearly_longer_is_kept_and_none_says_more_than_it_may() {
    let book = book().await;
    let acme = book.forge_tenant("installation", "cloud").await;
    assert_eq!(book.access(acme).await, "waiting");
    assert!(!book.keep_token(acme, "dead", 0).await);
    assert!(book.keep_token(acme, "token", 60).await);
    assert!(!book.keep_token(acme, "same", 60).await);
    assert!(
        !book.keep_token(acme, "hardly", 61).await,
        "not more than a minute longer"
    );
    assert!(!book.keep_token(acme, "older", 10).await);
    assert_eq!(book.access(acme).await, FORGE);
    // Nobody vouches for what a token says of its end.
    assert!(book.keep_token(acme, "forever", 60 * 24 * 365).await);
    let until = book.row(acme).await.system_token_until;
    assert_eq!(until, Some(noon() + TimeDelta::hours(4)));
    book.clock.advance(TimeDelta::hours(1));
    assert!(book.keep_token(acme, "token", 240).await);
    assert_eq!(book.access(acme).await, FORGE);

    let connect = book.tenant("globex").await;
    assert!(
        !book.keep_token(connect, "stray", 240).await,
        "no Forge door"
    );
    book.close(acme, Door::Forge).await;
    assert!(!book.keep_token(acme, "late", 300).await, "the app is gone");
    assert_eq!(book.access(acme).await, "closed");
}

#[tokio::test]
async fn an_installation_is_known_by_its_id_alone() {
    let book = book().await;
    let acme = book.forge_tenant("one", "cloud").await;
    let known = book
        .registry
        .install_forge(&forge("one", "cloud"))
        .await
        .unwrap();
    assert_eq!((known.tenant, known.changes), (acme, vec![]));
    let again = book.forge_tenant("two", "cloud").await;
    assert_ne!(
        again, acme,
        "the same cloud is no reason to see another installation's data"
    );
    assert_eq!(
        book.registry.tenant_by_installation("two").await.unwrap(),
        Some(again)
    );

    let mut renamed = forge("one", "cloud");
    renamed.site_url = "https://globex.atlassian.net".to_owned();
    let installed = book.registry.install_forge(&renamed).await.unwrap();
    let from = "https://acme.atlassian.net".to_owned();
    assert_eq!(installed.changes, [Change::Renamed { from }]);
    assert_eq!(book.row(acme).await.site_url, renamed.site_url);

    book.close(acme, Door::Forge).await;
    let back = book.registry.install_forge(&renamed).await.unwrap();
    assert_eq!(
        (back.tenant, back.changes),
        (acme, vec![Change::Reinstalled])
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn forge_installations_at_once_end_in_one_row() {
    let book = book().await;
    for round in 0..5 {
        let id = format!("installation-{round}");
        let calls: Vec<_> = (0..8)
            .map(|_| {
                let (registry, call) = (book.registry.clone(), forge(&id, "cloud"));
                tokio::spawn(async move { registry.install_forge(&call).await.unwrap().tenant })
            })
            .collect();
        let first = book.forge_tenant(&id, "cloud").await;
        for call in calls {
            assert_eq!(call.await.unwrap(), first);
        }
    }
}

#[tokio::test]
async fn a_token_that_jira_refuses_makes_room_for_a_shorter_one() {
    let book = book().await;
    let acme = book.forge_tenant("installation", "cloud").await;
    assert!(book.keep_token(acme, "evil", 240).await);
    assert!(!book.keep_token(acme, "token", 120).await);
    let tx = book.registry.begin(acme).await.unwrap();
    let watch = tenant::TokenWatch::of(&tx);
    tx.commit().await.unwrap();
    // One that was replaced meanwhile is nobody's loss.
    assert!(!watch.refused(&"older".into()).await.unwrap());
    assert!(book.access(acme).await.starts_with("evil "));
    assert!(watch.refused(&"evil".into()).await.unwrap());
    // It may be good all the same, and is tried a little longer; each refusal does not prolong that.
    book.clock.advance(TimeDelta::minutes(10));
    assert!(book.access(acme).await.starts_with("evil "));
    assert!(!watch.refused(&"evil".into()).await.unwrap());
    book.clock.advance(TimeDelta::minutes(5));
    assert_eq!(book.access(acme).await, "waiting");
    assert!(book.keep_token(acme, "evil", 240).await);
    assert!(watch.refused(&"evil".into()).await.unwrap());
    assert!(book.keep_token(acme, "token", 120).await);
    assert_eq!(book.access(acme).await, FORGE);
}
