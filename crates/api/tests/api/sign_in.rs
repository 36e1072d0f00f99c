//! A sign-in from the button in the panel to the connected mailbox.

use actix_web::http::Method;
use chrono::TimeDelta;
use serde_json::json;

use crate::support::{
    Stage,
    entra::ALL_SCOPES,
    get, jira,
    window::{both, local},
};

#[actix_web::test]
async fn the_mailbox_is_connected_when_the_panel_user_takes_it_and_not_before() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    assert_eq!(window.query["prompt"], "select_account");
    assert!(window.query["scope"].contains("Mail.Send"));
    assert_eq!(
        stage.take(&acme, &window).await.expect(409).code(),
        "conflict"
    );

    let page = stage.authorize(&window, ALL_SCOPES).await.expect(200);
    for words in [
        "ann@contoso.example",
        "jira.acme.example",
        "send mail from this mailbox",
    ] {
        assert!(page.text.contains(words), "{words} is not in {}", page.text);
    }
    let seen = stage.look(&acme, &window).await;
    assert_eq!(seen["state"], "authorized");
    assert_eq!(seen["mailbox"], "ann@contoso.example");
    stage.take(&acme, &window).await.expect(409);

    let done = stage.press(&window, &page).await.expect(200);
    assert!(
        done.text.contains("You can close this window"),
        "{}",
        done.text
    );
    assert_eq!(stage.look(&acme, &window).await["state"], "confirmed");
    assert_eq!(
        stage.connected(&acme).await,
        (0, 0),
        "nothing is connected in the window"
    );

    let taken = stage.take(&acme, &window).await.expect(200).json();
    assert_eq!(taken["state"], "connected");
    assert_eq!(stage.connected(&acme).await, (1, 1));
    let source = format!("/sources/{}", taken["source_id"].as_str().unwrap());
    let source = stage
        .admin(&acme, Method::GET, &source, None)
        .await
        .expect(200)
        .json();
    assert_eq!(source["mailbox"], "ann@contoso.example");
    assert_eq!(
        source["folder"],
        json!({ "id": "inbox-id", "name": "Inbox" })
    );
    assert_eq!(source["outbound_id"], taken["outbound_id"]);
    assert_eq!(source["start_from"], "2026-11-24T12:00:00Z");
}

#[actix_web::test]
async fn who_signed_in_and_did_not_press_connect_gave_nothing() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    let page = stage.authorize(&window, ALL_SCOPES).await.expect(200);
    let tx = stage.registry.begin(acme.id).await.unwrap();
    let kept = postroom_registry::grant::list(&tx).await.unwrap().remove(0);
    tx.commit().await.unwrap();
    let asked =
        json!({ "grant_id": kept.id, "mailbox": "ann@contoso.example", "protocol": "graph" });
    let admin = |method, path| stage.admin(&acme, method, path, None);

    let listed = admin(Method::GET, "/grants").await.expect(200).json();
    assert_eq!(listed["items"], json!([]));
    for path in ["/sources", "/outbounds"] {
        let made = stage.admin(&acme, Method::POST, path, Some(asked.clone()));
        made.await.expect(404);
    }
    stage.press(&window, &page).await.expect(200);
    let listed = admin(Method::GET, "/grants").await.expect(200).json();
    assert_eq!(listed["items"], json!([]), "nobody took it yet");

    stage.take(&acme, &window).await.expect(200);
    let listed = admin(Method::GET, "/grants").await.expect(200).json();
    assert_eq!(listed["items"][0]["id"], json!(kept.id));
}

#[actix_web::test]
async fn reloads_and_second_presses_are_harmless() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    let page = stage.authorize(&window, ALL_SCOPES).await.expect(200);
    let location = format!(
        "/microsoft/confirm?ticket={}",
        crate::support::window::hidden(&page.text, "ticket")
    );
    assert!(
        stage
            .confirm_page(&window, &location)
            .await
            .expect(200)
            .text
            .contains("id=\"confirm\"")
    );
    stage.press(&window, &page).await.expect(200);
    stage.press(&window, &page).await.expect(200);
    assert!(
        stage
            .confirm_page(&window, &location)
            .await
            .expect(200)
            .text
            .contains("Done")
    );
    let first = stage.take(&acme, &window).await.expect(200).json();
    assert_eq!(stage.take(&acme, &window).await.expect(200).json(), first);
    assert_eq!(stage.connected(&acme).await, (1, 1));
    let ticket = local(window.sign_in["url"].as_str().unwrap()).to_owned();
    stage.send(get(&ticket)).await.expect(400);
}

#[actix_web::test]
async fn a_reload_of_the_window_voids_the_departure_before() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let first = stage.open_window(&acme, both()).await;
    let second = stage.go_to_microsoft(first.sign_in.clone()).await;
    assert_ne!(first.state(), second.state());
    let old = stage
        .come_back(&first, &[("code", "c"), ("state", first.state())])
        .await;
    old.expect(400);
    let page = stage.authorize(&second, ALL_SCOPES).await.expect(200);
    stage.press(&second, &page).await.expect(200);
    assert_eq!(stage.look(&acme, &second).await["state"], "confirmed");
}

#[actix_web::test]
async fn only_the_account_that_began_sees_and_takes_it() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    let page = stage.authorize(&window, ALL_SCOPES).await.expect(200);
    stage.press(&window, &page).await.expect(200);
    let other = acme.context_token("other-admin");
    let path = format!("/sign-ins/{}", window.id());
    stage
        .panel(&other, Method::GET, &path, None)
        .await
        .expect(404);
    stage
        .panel(&other, Method::POST, &format!("{path}/take"), None)
        .await
        .expect(404);
    assert_eq!(stage.connected(&acme).await, (0, 0));
    stage
        .panel(
            &acme.context_token(jira::ADMIN),
            Method::POST,
            &format!("{path}/take"),
            None,
        )
        .await
        .expect(200);
}

#[actix_web::test]
async fn half_an_hour_later_it_is_too_late() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    stage.clock.advance(TimeDelta::minutes(30));
    stage
        .send(get(local(window.sign_in["url"].as_str().unwrap())))
        .await
        .expect(410);
    stage
        .come_back(&window, &[("code", "c"), ("state", window.state())])
        .await
        .expect(410);
    stage.clock.advance(-TimeDelta::minutes(28));
    assert_eq!(stage.look(&acme, &window).await["state"], "started");
}

#[actix_web::test]
async fn signing_in_again_replaces_the_grant_in_place() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let source = stage.source(&acme).await;
    let before = stage
        .admin(&acme, Method::GET, &format!("/sources/{source}"), None)
        .await
        .json();
    let begin = json!({ "purpose": "source", "connection_id": source });
    let window = stage.open_window(&acme, begin).await;
    let page = stage.authorize(&window, ALL_SCOPES).await.expect(200);
    stage.press(&window, &page).await.expect(200);
    let taken = stage.take(&acme, &window).await.expect(200).json();
    assert_eq!(taken["source_id"], source.to_string());
    assert_eq!(stage.connected(&acme).await, (1, 0));
    let after = stage
        .admin(&acme, Method::GET, &format!("/sources/{source}"), None)
        .await
        .json();
    assert_eq!(before["created_at"], after["created_at"]);
    let tx = stage.registry.begin(acme.id).await.unwrap();
    let row = postroom_registry::source::find(&tx, source).await.unwrap();
    let newest = postroom_registry::grant::list(&tx).await.unwrap();
    assert_eq!(newest.len(), 2);
    let fresh = newest
        .iter()
        .find(|grant| grant.scopes.contains(&"openid".to_owned()))
        .unwrap();
    assert_eq!(row.grant_id, fresh.id);
}

#[actix_web::test]
async fn a_mailbox_that_is_signed_in_twice_is_one_source_and_one_outbound() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    for _ in 0..2 {
        stage.microsoft.reset().await;
        let window = stage.open_window(&acme, both()).await;
        let page = stage.authorize(&window, ALL_SCOPES).await.expect(200);
        stage.press(&window, &page).await.expect(200);
        stage.take(&acme, &window).await.expect(200);
    }
    assert_eq!(stage.connected(&acme).await, (1, 1));
}

#[actix_web::test]
async fn the_cookie_belongs_to_the_window_alone() {
    let stage = Stage::at("https://postroom.example.com/mail", "/nowhere".into()).await;
    let acme = stage.tenant("acme").await;
    let begun = stage
        .admin(&acme, Method::POST, "/sign-ins", Some(both()))
        .await
        .expect(201)
        .json();
    let url = begun["url"].as_str().unwrap();
    assert!(
        url.starts_with("https://postroom.example.com/mail/microsoft/sign-in/"),
        "{url}"
    );
    let page = stage.send(get(local(url))).await.expect(302);
    let cookie = page.header("set-cookie");
    for part in [
        "postroom_sign_in_",
        "HttpOnly",
        "SameSite=Lax",
        "Secure",
        "Path=/mail/microsoft",
        "Max-Age=1800",
    ] {
        assert!(cookie.contains(part), "{part} is not in {cookie}");
    }
    let asked: url::Url = page.header("location").parse().unwrap();
    let redirect = asked
        .query_pairs()
        .find(|(name, _)| name == "redirect_uri")
        .unwrap()
        .1
        .into_owned();
    assert_eq!(
        redirect,
        "https://postroom.example.com/mail/microsoft/callback"
    );
}
