//! What real sites do to an installed Connect app, in the orders in which they do it: the mailbox stays connected, in
//! one row, and its mail goes on.

use postroom_tests::{
    Ports, Setup, Stack,
    story::{self, Connected, PATIENCE, Panel, all_ended},
    until,
};
use serde_json::{Value, json};

use crate::support::{connected, control, nothing, rotate_secret, stack, write_mail};

/// A site with a mailbox, and how many mails it had.
struct Site {
    stack: Stack,
    connected: Connected,
    mails: usize,
}

impl Site {
    async fn at_work() -> Self {
        let setup = Setup::default().setting(
            "POSTROOM_ALLOWED_SITES",
            "http://localhost:*,http://127.0.0.1:*",
        );
        let stack = Stack::start_with(Ports::free().unwrap(), setup)
            .await
            .unwrap();
        let (_, connected) = connected(&stack).await;
        let mut site = Self {
            stack,
            connected,
            mails: 0,
        };
        site.mail_goes_on("at first").await;
        site
    }

    /// One more mail is one more issue, and the tenant is the one that it was.
    async fn mail_goes_on(&mut self, when: &str) {
        self.mails += 1;
        write_mail(&self.stack, &format!("mail-{}", self.mails)).await;
        self.mails_are_issues(when).await;
    }

    async fn mails_are_issues(&self, when: &str) {
        let panel = Panel::open(&self.stack, "acme").await.unwrap();
        let ended = all_ended(&panel, &self.connected.source_id, self.mails).await;
        assert!(ended.is_ok(), "{when}: {ended:?}");
        let issues = story::issues(&self.stack, "acme").await.unwrap();
        assert_eq!(issues.len(), self.mails, "{when}");
        let rows = self
            .stack
            .database
            .number("SELECT count(*) FROM tenant")
            .await;
        assert_eq!(rows.unwrap(), 1, "{when}");
    }

    async fn control(&self, path: &str, body: &Value) -> Value {
        control(&self.stack, &format!("/jira/acme/{path}"), body).await
    }

    /// As [`Site::control`], for what is refused when it comes twice within a second.
    async fn insist(&self, path: &str, body: &Value) -> Value {
        let url = format!("{}/jira/acme/{path}", self.stack.control());
        until(path, PATIENCE, async || {
            Ok(self.stack.http.post(&url, body).await.ok())
        })
        .await
        .unwrap()
    }

    async fn state(&self, state: &str) {
        let sql = format!("SELECT count(*) FROM tenant WHERE state = '{state}'");
        until(&format!("the tenant is {state}"), PATIENCE, async || {
            Ok((self.stack.database.number(&sql).await? == 1).then_some(()))
        })
        .await
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_is_renamed_imported_and_rotated_stays_one() {
    let mut site = Site::at_work().await;
    rotate_secret(&site.stack, "acme").await;
    site.mail_goes_on("after a rotation").await;

    let other = format!("http://127.0.0.1:{}", site.stack.ports.acme);
    let renamed = site
        .insist(
            "rename",
            &json!({ "base_url": other, "display_url": "http://localhost:1" }),
        )
        .await;
    assert_eq!(renamed["status"], 204, "{renamed}");
    site.mail_goes_on("after a rename").await;
    let host = "SELECT count(*) FROM tenant WHERE site_url LIKE 'http://127.0.0.1:%'";
    assert_eq!(site.stack.database.number(host).await.unwrap(), 1);

    let imported = site.insist("import", &nothing()).await;
    assert_eq!(imported["status"], 204, "{imported}");
    site.mail_goes_on("after an import with another client key")
        .await;
    let sql = format!(
        "SELECT count(*) FROM tenant WHERE client_key = '{}'",
        imported["client_key"].as_str().unwrap()
    );
    assert_eq!(site.stack.database.number(&sql).await.unwrap(), 1);
    site.stack.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_uninstall_in_any_order_and_a_reinstall_lose_no_mail() {
    let mut site = Site::at_work().await;
    for (how, disabled) in [
        (json!({ "order": "uninstalled_first" }), [204, 401]),
        (
            json!({ "order": "uninstalled_first", "unsigned_disabled": true }),
            [401, 401],
        ),
        (json!({ "order": "together" }), [204, 401]),
    ] {
        let gone = site.control("uninstall", &how).await;
        assert_eq!(gone["uninstalled_status"], 204, "{how}: {gone}");
        let status = gone["disabled_status"].as_u64().unwrap();
        assert!(disabled.contains(&status), "{how}: {gone}");
        site.state("uninstalled").await;
        // It comes while nobody may look, and waits in the mailbox.
        site.mails += 1;
        write_mail(&site.stack, &format!("mail-{}", site.mails)).await;
        let descriptor = format!("{}/atlassian-connect.json", site.stack.app());
        site.insist("install", &json!({ "descriptor_url": descriptor }))
            .await;
        site.state("installed").await;
        site.mails_are_issues(&format!("{how}, and a reinstall"))
            .await;
        site.mail_goes_on(&format!("{how}, and a reinstall")).await;
    }
    site.stack.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_first_installs_at_once_are_one_site() {
    let stack = stack().await;
    for (number, site) in (1_i64..).zip(["acme", "globex"]) {
        until("one of two installs is taken", PATIENCE, async || {
            let (one, two) =
                tokio::join!(story::install(&stack, site), story::install(&stack, site));
            Ok(one.or(two).ok())
        })
        .await
        .unwrap();
        let rows = stack.database.number("SELECT count(*) FROM tenant").await;
        assert_eq!(rows.unwrap(), number);
        // What the site holds for the secret is what we hold for it.
        let panel = Panel::open(&stack, site).await.unwrap();
        assert_eq!(panel.get("/me").await.unwrap()["role"], "administrator");
    }
    stack.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_installs_at_once_are_one_site() {
    let mut site = Site::at_work().await;
    let body = json!({ "descriptor_url": format!("{}/atlassian-connect.json", site.stack.app()) });
    let url = format!("{}/jira/acme/install", site.stack.control());
    for _ in 0..3 {
        until("one of two installs is taken", PATIENCE, async || {
            let (one, two) = tokio::join!(
                site.stack.http.post(&url, &body),
                site.stack.http.post(&url, &body)
            );
            Ok(one.or(two).ok())
        })
        .await
        .unwrap();
        site.mail_goes_on("after two installs at once").await;
    }
    site.control("disable", &nothing()).await;
    site.state("disabled").await;
    site.control("enable", &nothing()).await;
    site.state("installed").await;
    site.mail_goes_on("after a pause").await;
    site.stack.stop().await.unwrap();
}
