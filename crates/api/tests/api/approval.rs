//! Where an administrator of the directory must approve: the wait, the administrator's link, and what neither can be
//! turned into.

use actix_web::cookie::Cookie;
use chrono::TimeDelta;
use serde_json::{Value, json};
use url::{Url, form_urlencoded};

use crate::{
    sign_ins::people::{ANN, left},
    support::{
        Answer, Stage,
        book::Tenant,
        entra::ALL_SCOPES,
        get,
        window::{Window, both, local},
    },
};

/// A window whose sign-in Microsoft sent back because an administrator must approve.
async fn waits(stage: &Stage, of: &Tenant, code: u32) -> Window {
    let window = stage.open_window(of, both()).await;
    let description = format!("AADSTS{code}: Admin approval is required.");
    let query = [
        ("error", "access_denied"),
        ("error_description", description.as_str()),
        ("state", window.state()),
    ];
    let back = stage.come_back(&window, &query).await.expect(303);
    assert!(
        back.header("location")
            .contains("/microsoft/waiting?ticket="),
        "{}",
        back.header("location")
    );
    window
}

fn waiting_path(window: &Window) -> String {
    let url = window.sign_in["url"].as_str().unwrap();
    let (_, ticket) = url.rsplit_once('/').unwrap();
    format!("/microsoft/waiting?ticket={ticket}")
}

async fn waiting(stage: &Stage, window: &Window) -> Answer {
    stage
        .send(get(&waiting_path(window)).cookie(window.cookie.clone()))
        .await
}

async fn goes_on(stage: &Stage, window: &Window) -> bool {
    let path = waiting_path(window).replace("waiting?", "waiting/look?");
    let look = stage
        .send(get(&path).cookie(window.cookie.clone()))
        .await
        .expect(200);
    look.json()["goes_on"].as_bool().unwrap()
}

/// An administrator's browser on its way to Microsoft.
struct Administrator {
    cookie: Cookie<'static>,
    state: String,
    url: Url,
}

async fn administrator(stage: &Stage, seen: &Value) -> Administrator {
    let page = stage
        .send(get(local(seen["approval_url"].as_str().unwrap())))
        .await
        .expect(200);
    assert_eq!(
        page.header("set-cookie"),
        "",
        "a link that was only opened does nothing"
    );
    let gone = stage.submit(&page, "approve", None).await.expect(200);
    let gone = left(&gone, json!(null));
    let mut url: Url = stage.microsoft.uri().parse().unwrap();
    url.query_pairs_mut().extend_pairs(&gone.query);
    Administrator {
        state: gone.query["state"].clone(),
        cookie: gone.cookie,
        url,
    }
}

async fn answer(stage: &Stage, query: &[(&str, &str)], cookie: Option<&Cookie<'static>>) -> Answer {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(query)
        .finish();
    let back = get(&format!("/microsoft/callback?{query}"));
    stage
        .send(match cookie {
            Some(cookie) => back.cookie(cookie.clone()),
            None => back,
        })
        .await
}

#[actix_web::test]
async fn a_sign_in_that_needs_an_approval_waits_with_a_link() {
    for code in [90094, 90095, 65001] {
        let stage = Stage::new().await;
        let acme = stage.tenant("acme").await;
        let window = waits(&stage, &acme, code).await;
        let seen = stage.look(&acme, &window).await;
        assert_eq!(seen["state"], "waiting_for_approval");
        let link = seen["approval_url"].as_str().unwrap();
        let page = waiting(&stage, &window).await.expect(200);
        assert!(
            page.text.contains(link) || page.text.contains(&link.replace('/', "&#x2f;")),
            "{}",
            page.text
        );
        assert!(
            page.text.contains("<noscript><meta http-equiv=\"refresh\""),
            "{}",
            page.text
        );
        assert!(
            page.header("set-cookie").contains("Max-Age=2592000"),
            "{}",
            page.header("set-cookie")
        );
        stage.take(&acme, &window).await.expect(409);
    }
}

#[actix_web::test]
async fn the_administrators_link_names_the_site_and_the_permissions() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let begin = json!({ "purpose": "both", "consent": "admin" });
    let seen = stage.begin(&acme, begin).await;
    assert_eq!(seen["state"], "waiting_for_approval");
    let link = seen["approval_url"].as_str().unwrap();
    assert!(!link.contains(seen["url"].as_str().unwrap().rsplit_once('/').unwrap().1));
    let page = stage.send(get(local(link))).await.expect(200);
    for words in [
        "jira.acme.example",
        "Mail.ReadWrite",
        "Mail.Send",
        "send mail from this mailbox",
        "client",
    ] {
        assert!(page.text.contains(words), "{words} is not in {}", page.text);
    }
    let administrator = administrator(&stage, &seen).await;
    let asked: std::collections::HashMap<_, _> =
        administrator.url.query_pairs().into_owned().collect();
    assert!(asked["scope"].contains("Mail.Send"), "{asked:?}");
    assert_eq!(
        asked["redirect_uri"],
        "https://postroom.example.com/microsoft/callback"
    );
}

#[actix_web::test]
async fn an_approval_connects_nothing_and_the_window_goes_on_by_itself() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = waits(&stage, &acme, 90094).await;
    stage.clock.advance(TimeDelta::seconds(5));
    assert!(!goes_on(&stage, &window).await);
    let seen = stage.look(&acme, &window).await;
    let administrator = administrator(&stage, &seen).await;
    let query = [
        ("admin_consent", "True"),
        ("tenant", "00000000-0000-0000-0000-00000000dead"),
        ("state", administrator.state.as_str()),
    ];
    let given = answer(&stage, &query, Some(&administrator.cookie))
        .await
        .expect(200);
    assert!(given.text.contains("approved"), "{}", given.text);
    let seen = stage.look(&acme, &window).await;
    assert_eq!(seen["state"], "waiting_for_approval");
    assert!(!seen["approved_at"].is_null());
    assert_eq!(stage.connected(&acme).await, (0, 0));
    assert!(goes_on(&stage, &window).await);

    let gone = waiting(&stage, &window).await.expect(302);
    let to: Url = gone.header("location").parse().unwrap();
    let query: std::collections::HashMap<_, _> = to.query_pairs().into_owned().collect();
    assert!(!query.contains_key("prompt"), "{query:?}");
    let window = Window { query, ..window };
    let page = stage.sign_in_as(&window, ALL_SCOPES, ANN).await.expect(200);
    stage.press(&window, &page).await.expect(200);
    let taken = stage.take(&acme, &window).await.expect(200).json();
    assert_eq!(taken["state"], "connected");
    let grants = stage
        .admin(&acme, actix_web::http::Method::GET, "/grants", None)
        .await
        .expect(200)
        .json();
    assert_eq!(grants["items"][0]["consent"], "admin");

    // What was approved for the organisation holds for who signs in next.
    let window = stage.open_window(&acme, both()).await;
    let page = stage.sign_in_as(&window, ALL_SCOPES, ANN).await.expect(200);
    stage.press(&window, &page).await.expect(200);
    stage.take(&acme, &window).await.expect(200);
    let seen = stage
        .admin(&acme, actix_web::http::Method::GET, "/microsoft", None)
        .await
        .expect(200)
        .json();
    assert_eq!(seen["directories"][0]["consent"], "admin", "{seen}");
}

#[actix_web::test]
async fn consent_with_an_error_is_none_and_an_answer_is_good_once() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = waits(&stage, &acme, 90094).await;
    let seen = stage.look(&acme, &window).await;
    let first = administrator(&stage, &seen).await;
    let refused = [
        ("admin_consent", "True"),
        ("error", "consent_required"),
        ("error_description", "AADSTS65004: declined"),
        ("state", first.state.as_str()),
    ];
    let page = answer(&stage, &refused, Some(&first.cookie))
        .await
        .expect(200);
    assert!(page.text.contains("not approved"), "{}", page.text);
    // The same state once more, now with a consent.
    let replayed = [("admin_consent", "True"), ("state", first.state.as_str())];
    answer(&stage, &replayed, Some(&first.cookie))
        .await
        .expect(400);
    let seen = stage.look(&acme, &window).await;
    assert_eq!(
        (&seen["state"], &seen["approved_at"]),
        (&json!("waiting_for_approval"), &Value::Null)
    );
    assert!(!goes_on(&stage, &window).await);
}

#[actix_web::test]
async fn an_approval_that_is_repeated_tells_nothing_new() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = waits(&stage, &acme, 90094).await;
    let seen = stage.look(&acme, &window).await;
    for _ in 0..3 {
        stage.clock.advance(TimeDelta::seconds(5));
        let again = administrator(&stage, &seen).await;
        let query = [("admin_consent", "True"), ("state", again.state.as_str())];
        answer(&stage, &query, Some(&again.cookie))
            .await
            .expect(200);
    }
    let path = "/audit?action=approval.given";
    let trail = stage
        .admin(&acme, actix_web::http::Method::GET, path, None)
        .await
        .expect(200)
        .json();
    assert_eq!(trail["items"].as_array().unwrap().len(), 1, "{trail}");
}

#[actix_web::test]
async fn a_consent_that_nobody_asked_for_is_refused() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = waits(&stage, &acme, 90094).await;
    let seen = stage.look(&acme, &window).await;
    let asked = administrator(&stage, &seen).await;
    let mine = stage.open_window(&acme, both()).await;
    for (state, cookie) in [
        ("made-up", None),
        ("made-up", Some(&asked.cookie)),
        // Another browser than the administrator's.
        (asked.state.as_str(), None),
        (asked.state.as_str(), Some(&window.cookie)),
        // The state of a sign-in is none of an approval.
        (mine.state(), Some(&mine.cookie)),
    ] {
        let forged = [("admin_consent", "True"), ("tenant", "t"), ("state", state)];
        let page = answer(&stage, &forged, cookie).await.expect(400);
        assert!(
            page.text.contains("cannot be used any more"),
            "{}",
            page.text
        );
    }
    // And the other way round: an approval's state brings no code.
    let code = [("code", "c"), ("state", asked.state.as_str())];
    answer(&stage, &code, Some(&asked.cookie)).await.expect(400);
    assert_eq!(stage.look(&acme, &window).await["approved_at"], Value::Null);
    assert_eq!(stage.look(&acme, &mine).await["state"], "started");
    stage.sign_in_as(&mine, ALL_SCOPES, ANN).await.expect(200);
}

#[actix_web::test]
async fn the_window_asks_unseen_every_minute() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = waits(&stage, &acme, 90095).await;
    for error in ["login_required", "interaction_required", "consent_required"] {
        waiting(&stage, &window).await.expect(200);
        stage.clock.advance(TimeDelta::seconds(60));
        let gone = waiting(&stage, &window).await.expect(302);
        let to: Url = gone.header("location").parse().unwrap();
        let query: std::collections::HashMap<_, _> = to.query_pairs().into_owned().collect();
        assert_eq!(query["prompt"], "none");
        let back = [("error", error), ("state", query["state"].as_str())];
        let back = answer(&stage, &back, Some(&window.cookie))
            .await
            .expect(303);
        assert!(back.header("location").contains("/microsoft/waiting"));
        assert_eq!(
            stage.look(&acme, &window).await["state"],
            "waiting_for_approval"
        );
    }
    // It was approved without our link.
    stage.clock.advance(TimeDelta::seconds(60));
    let gone = waiting(&stage, &window).await.expect(302);
    let to: Url = gone.header("location").parse().unwrap();
    let window = Window {
        query: to.query_pairs().into_owned().collect(),
        ..window
    };
    let page = stage.sign_in_as(&window, ALL_SCOPES, ANN).await.expect(200);
    assert!(page.text.contains("id=\"confirm\""), "{}", page.text);
}

#[actix_web::test]
async fn only_the_browser_that_began_waits() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = waits(&stage, &acme, 90094).await;
    for path in [
        waiting_path(&window),
        waiting_path(&window).replace("waiting?", "waiting/look?"),
    ] {
        let page = stage.send(get(&path)).await.expect(400);
        assert!(page.text.contains("wrong browser"), "{}", page.text);
    }
    let open = local(window.sign_in["url"].as_str().unwrap()).to_owned();
    let back = stage
        .send(get(&open).cookie(window.cookie.clone()))
        .await
        .expect(303);
    assert!(back.header("location").contains("/microsoft/waiting"));
}

#[actix_web::test]
async fn a_wait_ends_after_thirty_days_or_when_it_is_taken_back() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = waits(&stage, &acme, 90094).await;
    let other = waits(&stage, &acme, 90094).await;
    let link = |seen: &Value| local(seen["approval_url"].as_str().unwrap()).to_owned();
    let links = [
        link(&stage.look(&acme, &window).await),
        link(&stage.look(&acme, &other).await),
    ];
    let page = stage.send(get(&links[0])).await.expect(200);
    let path = format!("/sign-ins/{}", other.id());
    stage
        .admin(&acme, actix_web::http::Method::DELETE, &path, None)
        .await
        .expect(204);
    stage.send(get(&links[1])).await.expect(400);
    waiting(&stage, &other).await.expect(410);
    stage.clock.advance(TimeDelta::days(30));
    stage.send(get(&links[0])).await.expect(410);
    stage.submit(&page, "approve", None).await.expect(410);
    waiting(&stage, &window).await.expect(410);
}

#[actix_web::test]
async fn an_unknown_link_shows_nothing() {
    let stage = Stage::new().await;
    for path in [
        "/microsoft/approve/made-up",
        "/microsoft/owner/made-up",
        "/microsoft/waiting?ticket=made-up",
    ] {
        let page = stage.send(get(path)).await.expect(400);
        assert!(
            page.text.contains("cannot be used any more"),
            "{}",
            page.text
        );
        assert_eq!(page.header("set-cookie"), "");
    }
}

#[actix_web::test]
async fn a_person_can_ask_for_the_link_before_anything_failed() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let begun = stage.begin(&acme, both()).await;
    assert_eq!(begun["approval_url"], Value::Null);
    let path = format!("/sign-ins/{}/ask-approval", begun["id"].as_str().unwrap());
    let asked = stage
        .admin(&acme, actix_web::http::Method::POST, &path, None)
        .await
        .expect(200)
        .json();
    assert_eq!(asked["state"], "waiting_for_approval");
    let again = stage
        .admin(&acme, actix_web::http::Method::POST, &path, None)
        .await
        .expect(200)
        .json();
    assert_eq!(asked["approval_url"], again["approval_url"]);
    let window = stage.go_to_microsoft(asked).await;
    stage.sign_in_as(&window, ALL_SCOPES, ANN).await.expect(200);
    stage
        .admin(&acme, actix_web::http::Method::POST, &path, None)
        .await
        .expect(409);
}
