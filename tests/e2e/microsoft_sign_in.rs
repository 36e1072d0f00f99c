//! Signing in where an administrator must consent, by the owner's link, on a shared mailbox; and by whoever should not.

use postroom_tests::{
    Browser, Stack,
    story::{self, MAILBOX, PATIENCE, Panel, signing},
    until,
};
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use crate::support::{control, nothing, stack, works};

const CARL: &str = story::CUSTOMER;

async fn installed(stack: &Stack) -> Panel {
    story::install(stack, "acme").await.unwrap();
    Panel::open(stack, "acme").await.unwrap()
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field]
        .as_str()
        .unwrap_or_else(|| panic!("no {field} in {value}"))
}

/// The normal first run of a new directory: users may not consent to mail scopes.
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_waits_for_the_administrator_and_goes_on_by_itself() {
    let stack = stack().await;
    let panel = installed(&stack).await;
    let policy = json!({ "name": "contoso", "consent_policy": "microsoft_managed" });
    control(&stack, "/microsoft/directories", &policy).await;
    let begun = signing::begin(&panel, &json!({ "purpose": "both" }))
        .await
        .unwrap();
    let id = text(&begun, "id");
    let window = signing::at_microsoft(text(&begun, "url"), MAILBOX)
        .await
        .unwrap();
    let waiting = signing::in_state(&panel, id, "waiting_for_approval")
        .await
        .unwrap();
    let link = text(&waiting, "approval_url").to_owned();
    let shown = window.link("approval").map(String::from);
    assert_eq!(shown.as_deref(), Some(link.as_str()), "{}", window.text());

    let page = Browser::open(&link).await.unwrap();
    assert!(page.text().contains("Mail.ReadWrite"), "{}", page.text());
    signing::approve(&link, signing::ADMINISTRATOR)
        .await
        .unwrap();

    let mut window = window;
    let url = window.url().clone();
    until("the window goes on", PATIENCE, async || {
        if window.has_form("confirm") {
            return Ok(Some(()));
        }
        window.follow(&url).await?;
        Ok(window.has_form("confirm").then_some(()))
    })
    .await
    .unwrap();
    signing::confirm(&mut window).await.unwrap();
    signing::in_state(&panel, id, "confirmed").await.unwrap();
    let taken = signing::take(&panel, id, &nothing()).await.unwrap();
    works(&panel, text(&taken, "source_id")).await;
    stack.stop().await.unwrap();
}

/// `admin_consent=True` is in the answer of an administrator who declined, too.
#[tokio::test(flavor = "multi_thread")]
async fn an_approval_that_was_declined_or_forged_approves_nothing() {
    let stack = stack().await;
    let panel = installed(&stack).await;
    let policy = json!({ "name": "contoso", "consent_policy": "microsoft_managed" });
    control(&stack, "/microsoft/directories", &policy).await;
    let begun = signing::begin(&panel, &json!({ "purpose": "both" }))
        .await
        .unwrap();
    let id = text(&begun, "id");
    signing::at_microsoft(text(&begun, "url"), MAILBOX)
        .await
        .unwrap();
    let waiting = signing::in_state(&panel, id, "waiting_for_approval")
        .await
        .unwrap();
    let mut window = Browser::open(text(&waiting, "approval_url")).await.unwrap();
    window.submit("approve", &[]).await.unwrap();
    while let Some(url) = window.link("continue") {
        window.follow(&url).await.unwrap();
    }
    window
        .submit("pick", &[("user", signing::ADMINISTRATOR)])
        .await
        .unwrap();
    window
        .submit("consent", &[("decision", "cancel")])
        .await
        .unwrap();
    let now = panel.get(&format!("/sign-ins/{id}")).await.unwrap();
    assert_eq!(now["state"], "waiting_for_approval", "{now}");
    assert!(now["approved_at"].is_null(), "{now}");
    let state = text(&begun, "url").rsplit('/').next().unwrap().to_owned();
    let forged = format!(
        "{}/microsoft/callback?admin_consent=True&tenant=c0570e00-0000-4000-8000-000000000002&state={state}",
        stack.app()
    );
    let answer = stack
        .http
        .request(Method::GET, &forged)
        .send()
        .await
        .unwrap();
    assert!(answer.status().as_u16() >= 400, "{}", answer.status());
    let now = panel.get(&format!("/sign-ins/{id}")).await.unwrap();
    assert!(now["approved_at"].is_null(), "{now}");
    stack.stop().await.unwrap();
}

/// The owner of a mailbox has no Jira account: a link is enough, once.
#[tokio::test(flavor = "multi_thread")]
async fn the_owners_link_works_once_and_is_taken_by_who_made_it() {
    let stack = stack().await;
    let panel = installed(&stack).await;
    let wanted = json!({ "purpose": "both", "asked": "owner", "mailbox": MAILBOX });
    let begun = signing::begin(&panel, &wanted).await.unwrap();
    let (id, url) = (text(&begun, "id"), text(&begun, "url"));
    assert!(url.contains("/microsoft/owner/"), "{url}");
    let page = Browser::open(url).await.unwrap();
    assert!(
        page.text().contains(MAILBOX),
        "it names the mailbox: {}",
        page.text()
    );
    assert!(
        page.text().contains(text(&begun, "site")),
        "and the site: {}",
        page.text()
    );
    let mut window = signing::at_microsoft(url, MAILBOX).await.unwrap();
    signing::confirm(&mut window).await.unwrap();
    let mut late = Browser::open(url).await.unwrap();
    assert!(
        !late.has_form("owner")
            || late.submit("owner", &[]).await.is_err()
            || !late.has_form("pick"),
        "another browser begins it again: {}",
        late.text()
    );
    let other = Panel::open_as(&stack, "acme", false).await.unwrap();
    let path = format!("/sign-ins/{id}/take");
    let answer = other
        .ask(Method::POST, &path, Some(&nothing()))
        .await
        .unwrap();
    assert!(answer.status >= 400, "{answer:?}");
    signing::in_state(&panel, id, "confirmed").await.unwrap();
    let taken = signing::take(&panel, id, &nothing()).await.unwrap();
    works(&panel, text(&taken, "source_id")).await;
    stack.stop().await.unwrap();
}

/// The administrator signs in where the mailbox's user should.
#[tokio::test(flavor = "multi_thread")]
async fn the_wrong_signer_is_noticed_and_needs_rights_on_the_mailbox() {
    let stack = stack().await;
    let panel = installed(&stack).await;
    let wanted = json!({ "purpose": "source", "mailbox": MAILBOX });
    let ann = signing::ADMINISTRATOR;
    let through = async |panel: &Panel| {
        let begun = signing::begin(panel, &wanted).await.unwrap();
        let mut window = signing::at_microsoft(text(&begun, "url"), ann)
            .await
            .unwrap();
        let page = window.text();
        assert!(
            page.contains(&format!(
                "You signed in as {ann}; the mailbox is {MAILBOX}."
            )),
            "{page}"
        );
        window.submit("confirm", &[]).await.unwrap();
        // One more permission is asked for, and one more time.
        let mut window = signing::go_on(window, ann).await.unwrap();
        if window.has_form("confirm") {
            signing::confirm(&mut window).await.unwrap();
        }
        let id = text(&begun, "id").to_owned();
        signing::in_state(panel, &id, "confirmed").await.unwrap();
        let path = format!("/sign-ins/{id}/take");
        panel
            .ask(Method::POST, &path, Some(&nothing()))
            .await
            .unwrap()
    };
    let without_rights = through(&panel).await;
    let failure = &without_rights.body["failure"];
    assert_eq!(failure["code"], "ErrorAccessDenied", "{without_rights:?}");
    assert_eq!(failure["who_acts"], "microsoft_administrator");
    signing::share(&stack, MAILBOX, ann, false).await.unwrap();
    let with_rights = through(&panel).await;
    assert_eq!(with_rights.status, 200, "{with_rights:?}");
    works(&panel, text(&with_rights.body, "source_id")).await;
    stack.stop().await.unwrap();
}

/// Somebody sends the own sign-in to a victim, who goes through with it.
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_cannot_be_turned_round() {
    let stack = stack().await;
    let panel = installed(&stack).await;
    let begun = signing::begin(&panel, &json!({ "purpose": "both" }))
        .await
        .unwrap();
    let id = text(&begun, "id");
    // The stranger goes as far as Microsoft in the own browser, and sends that address on.
    let mut own = Browser::open(text(&begun, "url")).await.unwrap();
    while let Some(url) = own.link("continue") {
        own.follow(&url).await.unwrap();
    }
    let at_microsoft = own
        .visited()
        .iter()
        .rev()
        .find(|url| url.path().ends_with("/authorize"));
    let victims = signing::at_microsoft(at_microsoft.unwrap().as_str(), CARL)
        .await
        .unwrap();
    assert!(
        !victims.has_form("confirm"),
        "another browser gets no further: {}",
        victims.text()
    );
    let now = panel.get(&format!("/sign-ins/{id}")).await.unwrap();
    assert_eq!(now["state"], "started", "{now}");

    // A code or a state that was there once is refused.
    let window = signing::go_on(own, MAILBOX).await.unwrap();
    let back: Vec<Url> = window.visited().to_vec();
    let callback = back
        .iter()
        .find(|url| url.path() == "/microsoft/callback")
        .unwrap();
    let mut again = window;
    let shown = again.follow(callback).await;
    assert!(shown.is_ok());
    let now = panel.get(&format!("/sign-ins/{id}")).await.unwrap();
    assert_eq!(now["state"], "authorized", "it is bound as before: {now}");
    let replayed = stack
        .http
        .request(Method::GET, callback.as_str())
        .send()
        .await
        .unwrap();
    assert!(replayed.status().as_u16() >= 400, "{}", replayed.status());
    let sources = panel.get("/sources").await.unwrap();
    assert_eq!(sources["items"], json!([]));
    stack.stop().await.unwrap();
}
