//! Sign-ins for other mailboxes, other people, other wires; and what waits when one comes in place of another.

pub(crate) mod people;

use actix_web::http::Method;
use chrono::TimeDelta;
use postroom_api::Limits;
use postroom_registry::{
    SourceId,
    connection::Protocol,
    outbound,
    source::{self, NewSource},
};
use serde_json::{Value, json};

use crate::support::{
    Stage,
    book::Tenant,
    entra::ALL_SCOPES,
    get,
    window::{Window, both, local},
};
use people::{ANN, BOB, left, serve_mailbox};

const READING: &str = "openid profile User.Read Mail.ReadWrite";
const SHARED: &str = "openid profile User.Read Mail.ReadWrite.Shared Mail.Send.Shared";

async fn source_row(stage: &Stage, of: &Tenant, id: SourceId) -> source::Model {
    let tx = stage.registry.begin(of.id).await.unwrap();
    source::find(&tx, id).await.unwrap()
}

#[actix_web::test]
async fn a_shared_mailbox_is_signed_in_for_by_somebody_with_rights_on_it() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let begin = json!({ "purpose": "both", "mailbox": "Support@contoso.example" });
    let window = stage.open_window(&acme, begin).await;
    assert_eq!(window.query["prompt"], "select_account");
    assert!(
        window.query["scope"].contains("Mail.Send.Shared"),
        "{:?}",
        window.query
    );
    let page = stage.sign_in_as(&window, SHARED, ANN).await.expect(200);
    assert!(page.text.contains("id=\"wrong-signer\""), "{}", page.text);
    let seen = stage.look(&acme, &window).await;
    assert_eq!(seen["mailbox"], "Support@contoso.example");
    assert_eq!(seen["signed_in_as"], "ann@contoso.example");
    assert_eq!(seen["signer_is_mailbox"], false);
    stage.press(&window, &page).await.expect(200);

    // Ann has no rights on it yet: what she says is proven by opening it.
    let denied = json!({ "error": { "code": "ErrorAccessDenied", "message": "no" } });
    stage.microsoft.reset().await;
    wiremock::Mock::given(wiremock::matchers::path_regex("/users/"))
        .respond_with(wiremock::ResponseTemplate::new(403).set_body_json(denied))
        .mount(&stage.microsoft)
        .await;
    let taken = stage.take(&acme, &window).await.expect(200).json();
    assert_eq!(
        (&taken["state"], &taken["failure"]["code"]),
        (&json!("failed"), &json!("ErrorAccessDenied"))
    );
    assert_eq!(stage.connected(&acme).await, (0, 0));
}

#[actix_web::test]
async fn a_shared_mailbox_that_opens_is_connected_under_its_own_address() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let begin = json!({ "purpose": "both", "mailbox": "support@contoso.example" });
    let window = stage.open_window(&acme, begin).await;
    let page = stage.sign_in_as(&window, SHARED, ANN).await.expect(200);
    stage.press(&window, &page).await.expect(200);
    for spelling in [
        "users/support@contoso.example",
        "users/support%40contoso.example",
    ] {
        serve_mailbox(&stage.microsoft, spelling, json!([])).await;
    }
    let taken = stage.take(&acme, &window).await.expect(200).json();
    assert_eq!(taken["state"], "connected", "{taken}");
    let source = format!("/sources/{}", taken["source_id"].as_str().unwrap());
    let source = stage
        .admin(&acme, Method::GET, &source, None)
        .await
        .expect(200)
        .json();
    assert_eq!(source["mailbox"], "support@contoso.example");
    assert_eq!(source["signed_in_as"], "ann@contoso.example");
}

#[actix_web::test]
async fn the_wrong_signer_signs_in_as_somebody_else() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage
        .open_window(
            &acme,
            json!({ "purpose": "both", "mailbox": "ann@contoso.example" }),
        )
        .await;
    let page = stage.sign_in_as(&window, SHARED, BOB).await.expect(200);
    let gone = stage
        .submit(&page, "again", Some(window.cookie.clone()))
        .await
        .expect(200);
    let anew = left(&gone, window.sign_in.clone());
    assert_eq!(anew.query["prompt"], "select_account");
    let seen = stage.look(&acme, &anew).await;
    assert_eq!(
        (&seen["state"], &seen["signed_in_as"]),
        (&json!("started"), &Value::Null)
    );
    // Bob's page is of no use any more.
    stage.press(&window, &page).await.expect(400);
    // It is Ann's own mailbox: Microsoft is asked for the scopes of one's own, and no page is in between.
    let back = stage.sign_in_as(&anew, SHARED, ANN).await.expect(302);
    let to: url::Url = back.header("location").parse().unwrap();
    let own = Window {
        query: to.query_pairs().into_owned().collect(),
        ..anew
    };
    assert!(!own.query["scope"].contains("Shared"), "{:?}", own.query);
    let page = stage.sign_in_as(&own, ALL_SCOPES, ANN).await.expect(200);
    assert!(!page.text.contains("wrong-signer"), "{}", page.text);
    stage.press(&own, &page).await.expect(200);
    assert_eq!(
        stage.take(&acme, &own).await.expect(200).json()["state"],
        "connected"
    );
}

#[actix_web::test]
async fn signing_in_again_needs_the_browser_and_our_own_form() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    let page = stage.sign_in_as(&window, ALL_SCOPES, ANN).await.expect(200);
    stage.submit(&page, "again", None).await.expect(400);
    let (action, mut fields) = people::form(&page, "again");
    fields.insert("csrf".into(), "forged".into());
    let forged = crate::support::request(Method::POST, &action).set_form(&fields);
    stage
        .send(forged.cookie(window.cookie.clone()))
        .await
        .expect(400);
    assert_eq!(stage.look(&acme, &window).await["state"], "authorized");
}

#[actix_web::test]
async fn names_are_shown_and_never_run() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    let page = stage
        .sign_in_as(&window, ALL_SCOPES, people::IMPOSTOR)
        .await
        .expect(200);
    assert!(
        page.text.contains("&lt;script&gt;alert(1)"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
    for odd in [
        "\"><script>@x.example",
        "a\u{0}@x.example",
        "javascript:alert(1)",
    ] {
        let begin = json!({ "purpose": "both", "mailbox": odd, "asked": "owner" });
        let refused = stage
            .admin(&acme, Method::POST, "/sign-ins", Some(begin))
            .await
            .expect(422);
        assert_eq!(refused.json()["error"]["field"], "mailbox");
    }
}

#[actix_web::test]
async fn a_ticket_leads_nowhere_but_to_us_and_to_microsoft() {
    let stage = Stage::new().await;
    for odd in [
        "https://evil.example",
        "//evil.example",
        "%2f%2fevil.example",
        "..%2f..%2fpanel",
        "%0d%0aLocation:%20x",
    ] {
        for path in ["sign-in", "owner", "approve"] {
            let page = stage.send(get(&format!("/microsoft/{path}/{odd}"))).await;
            assert!(
                page.status.is_client_error(),
                "{path} {odd} {}",
                page.status
            );
            assert_eq!(page.header("location"), "");
        }
        for path in ["confirm", "waiting", "waiting/look"] {
            let page = stage
                .send(get(&format!("/microsoft/{path}?ticket={odd}")))
                .await;
            assert!(
                page.status.is_client_error(),
                "{path} {odd} {}",
                page.status
            );
            assert_eq!(page.header("location"), "");
        }
    }
}

#[actix_web::test]
async fn the_least_is_asked_for() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage
        .open_window(&acme, json!({ "purpose": "source" }))
        .await;
    assert!(
        !window.query["scope"].contains("Mail.Send"),
        "{:?}",
        window.query
    );
    let source = stage.source(&acme).await;
    let change = json!({ "settle": "leave" });
    stage
        .admin(
            &acme,
            Method::PATCH,
            &format!("/sources/{source}"),
            Some(change),
        )
        .await
        .expect(200);
    let window = stage
        .open_window(
            &acme,
            json!({ "purpose": "source", "source_id": source.to_string() }),
        )
        .await;
    let scopes: Vec<_> = window.query["scope"].split(' ').collect();
    assert!(
        scopes.contains(&"Mail.Read") && !scopes.contains(&"Mail.ReadWrite"),
        "{scopes:?}"
    );
    let window = stage
        .open_window(&acme, json!({ "purpose": "source", "protocol": "ews" }))
        .await;
    let scopes = &window.query["scope"];
    assert!(
        scopes.contains("/EWS.AccessAsUser.All") && !scopes.contains("Mail."),
        "{scopes}"
    );
}

#[actix_web::test]
async fn who_tries_links_without_end_is_sent_away() {
    let limits = Limits {
        address_per_second: 1,
        ..Limits::default()
    };
    let stage = Stage::limited(limits).await;
    let send = stage.serve().await;
    for path in [
        "sign-in/a",
        "owner/a",
        "approve/a",
        "waiting?ticket=a",
        "confirm?ticket=a",
    ] {
        let mut last = send(get(&format!("/microsoft/{path}"))).await;
        for _ in 0..8 {
            last = send(get(&format!("/microsoft/{path}"))).await;
        }
        assert_eq!(last.status, 429, "{path}");
        assert_ne!(last.header("retry-after"), "");
    }
}

/// Another source of Ann's grant, on another mailbox.
async fn shared_too(stage: &Stage, of: &Tenant, beside: SourceId) -> SourceId {
    let tx = stage.registry.begin(of.id).await.unwrap();
    let row = source::find(&tx, beside).await.unwrap();
    let new = NewSource {
        grant_id: row.grant_id,
        outbound_id: None,
        mailbox: "support@contoso.example".into(),
        protocol: row.protocol,
        folder_id: "shared-inbox-id".into(),
        folder_name: "Inbox".into(),
        poll_interval_seconds: 15,
    };
    let id = source::create(&tx, new).await.unwrap().id;
    tx.commit().await.unwrap();
    id
}

#[actix_web::test]
async fn another_person_takes_one_mailbox_of_a_grant_that_serves_two() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let source = stage.source(&acme).await;
    let beside = shared_too(&stage, &acme, source).await;
    let (before, other) = (
        source_row(&stage, &acme, source).await,
        source_row(&stage, &acme, beside).await,
    );
    let begin = json!({ "purpose": "source", "source_id": source.to_string() });
    let window = stage.open_window(&acme, begin).await;
    let page = stage.sign_in_as(&window, READING, BOB).await.expect(200);
    let gone = stage.press(&window, &page).await.expect(200);
    let more = left(&gone, window.sign_in.clone());
    let page = stage
        .sign_in_as(&more, "openid User.Read Mail.ReadWrite.Shared", BOB)
        .await
        .expect(200);
    for spelling in ["users/ann@contoso.example", "users/ann%40contoso.example"] {
        serve_mailbox(&stage.microsoft, spelling, json!([])).await;
    }
    stage.press(&more, &page).await.expect(200);
    let taken = stage.take(&acme, &more).await.expect(200).json();
    assert_eq!(taken["state"], "connected", "{taken}");
    let after = source_row(&stage, &acme, source).await;
    assert_ne!(after.grant_id, before.grant_id);
    assert_eq!(
        (after.created_at, &after.folder_id, &after.cursor),
        (before.created_at, &before.folder_id, &before.cursor)
    );
    assert_eq!(
        source_row(&stage, &acme, beside).await.grant_id,
        other.grant_id
    );
}

#[actix_web::test]
async fn an_outbound_is_signed_in_anew_in_place() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.outbound(&acme).await;
    let begin = json!({ "purpose": "outbound", "outbound_id": id.to_string() });
    let window = stage.open_window(&acme, begin).await;
    let page = stage.sign_in_as(&window, ALL_SCOPES, ANN).await.expect(200);
    stage.press(&window, &page).await.expect(200);
    let taken = stage.take(&acme, &window).await.expect(200).json();
    assert_eq!(taken["outbound_id"], id.to_string());
    assert_eq!(stage.connected(&acme).await, (0, 1));
    let tx = stage.registry.begin(acme.id).await.unwrap();
    let grant = outbound::find(&tx, id).await.unwrap().grant_id;
    let grant = postroom_registry::grant::find(&tx, grant).await.unwrap();
    assert!(grant.scopes.contains(&"openid".to_owned()));
}

#[actix_web::test]
async fn an_outbound_over_ews_that_is_signed_in_for_graph_sends_by_graph() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.outbound_by(&acme, Protocol::Ews).await;
    let begin =
        json!({ "purpose": "outbound", "outbound_id": id.to_string(), "protocol": "graph" });
    let window = stage.open_window(&acme, begin).await;
    assert!(
        window.query["scope"].contains("Mail.Send"),
        "{:?}",
        window.query
    );
    let page = stage.sign_in_as(&window, ALL_SCOPES, ANN).await.expect(200);
    stage.press(&window, &page).await.expect(200);
    stage.take(&acme, &window).await.expect(200);
    let tx = stage.registry.begin(acme.id).await.unwrap();
    let row = outbound::find(&tx, id).await.unwrap();
    assert_eq!(row.protocol, Protocol::Graph);
    let path = "/audit?action=outbound.reauthorised";
    let trail = stage
        .admin(&acme, Method::GET, path, None)
        .await
        .expect(200);
    let changes = &trail.json()["items"][0]["changes"];
    let spoke = json!({ "field": "protocol", "from": "ews", "to": "graph" });
    assert!(changes.as_array().unwrap().contains(&spoke), "{changes}");
}

#[actix_web::test]
async fn a_source_on_its_way_to_graph_is_signed_in_for_graph() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.source_by(&acme, Protocol::Ews).await;
    let begin = json!({ "purpose": "source", "source_id": id.to_string() });
    let before = stage.open_window(&acme, begin.clone()).await;
    assert!(before.query["scope"].contains("EWS.AccessAsUser.All"));

    let path = format!("/sources/{id}/move-to-graph");
    let asked = async || stage.admin(&acme, Method::POST, &path, None).await;
    asked().await.expect(202);
    asked().await.expect(409);
    let path = "/audit?action=source.moved_to_graph";
    let trail = stage
        .admin(&acme, Method::GET, path, None)
        .await
        .expect(200);
    assert_eq!(trail.json()["items"].as_array().unwrap().len(), 1);

    let window = stage.open_window(&acme, begin).await;
    let scope = &window.query["scope"];
    assert!(
        scope.contains("Mail.ReadWrite") && !scope.contains("EWS"),
        "{scope}"
    );
}

fn message(id: &str, at: &str) -> Value {
    json!({ "id": id, "receivedDateTime": at, "subject": id, "internetMessageId": format!("<{id}@x.example>") })
}

/// A source that was offline for four days, signed in anew and confirmed. Three messages came, one is known.
async fn after_a_gap(stage: &Stage, acme: &Tenant) -> (SourceId, Window) {
    stage.clock.advance(TimeDelta::days(-4));
    let source = stage.source(acme).await;
    stage.mail(acme, source, "known").await;
    stage.clock.advance(TimeDelta::days(4));
    let begin = json!({ "purpose": "source", "source_id": source.to_string() });
    let window = stage.open_window(acme, begin).await;
    let page = stage.sign_in_as(&window, READING, ANN).await.expect(200);
    let came = ["known", "b", "c"].map(|id| message(id, "2026-11-22T08:00:00Z"));
    stage.microsoft.reset().await;
    serve_mailbox(&stage.microsoft, "me", json!(came)).await;
    stage.press(&window, &page).await.expect(200);
    (source, window)
}

#[actix_web::test]
async fn what_came_meanwhile_is_counted_before_it_is_taken() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let (source, window) = after_a_gap(&stage, &acme).await;
    let gap = stage.look(&acme, &window).await["gap"].clone();
    assert_eq!((&gap["mails"], &gap["more"]), (&json!(2), &json!(false)));
    assert_eq!(gap["offline_seconds"], 4 * 86_400);
    let before = source_row(&stage, &acme, source).await;
    stage.take(&acme, &window).await.expect(200);
    let after = source_row(&stage, &acme, source).await;
    assert_eq!(
        (after.start_from, after.cursor),
        (before.start_from, before.cursor)
    );
}

#[actix_web::test]
async fn a_part_of_the_time_can_be_left_out() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let (source, window) = after_a_gap(&stage, &acme).await;
    let take = format!("/sign-ins/{}/take", window.id());
    let from = |at: &str| json!({ "from": at });
    for odd in [
        from("2020-01-01T00:00:00Z"),
        from("2030-01-01T00:00:00Z"),
        from("yesterday"),
        json!("some"),
    ] {
        let body = json!({ "import": odd });
        let refused = stage
            .admin(&acme, Method::POST, &take, Some(body))
            .await
            .expect(422);
        assert_eq!(refused.json()["error"]["field"], "import");
    }
    let body = json!({ "import": { "from": "2026-11-23T00:00:00Z" } });
    stage
        .admin(&acme, Method::POST, &take, Some(body))
        .await
        .expect(200);
    let after = source_row(&stage, &acme, source).await;
    assert_eq!(
        after.start_from.unwrap().to_rfc3339(),
        "2026-11-23T00:00:00+00:00"
    );
}

#[actix_web::test]
async fn what_does_not_fit_together_is_refused() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let (source, outbound) = (stage.source(&acme).await, stage.outbound(&acme).await);
    let (source, outbound) = (source.to_string(), outbound.to_string());
    for (body, status) in [
        (
            json!({ "purpose": "both", "source_id": source, "outbound_id": outbound }),
            422,
        ),
        (
            json!({ "purpose": "source", "source_id": source, "mailbox": "other@contoso.example" }),
            422,
        ),
        (
            json!({ "purpose": "source", "source_id": source, "protocol": "ews" }),
            422,
        ),
        (json!({ "purpose": "source", "mailbox": "nobody" }), 422),
        (
            json!({ "purpose": "source", "registration_id": stage.clock.new_id() }),
            422,
        ),
        (
            json!({ "purpose": "source", "source_id": stage.clock.new_id() }),
            404,
        ),
    ] {
        stage
            .admin(&acme, Method::POST, "/sign-ins", Some(body))
            .await
            .expect(status);
    }
    let begin = json!({ "purpose": "source", "connection_id": source });
    let begun = stage.begin(&acme, begin).await;
    assert_eq!(begun["mailbox"], "ann@contoso.example");
    stage
        .send(get(local(begun["url"].as_str().unwrap())))
        .await
        .expect(302);
    let open = stage
        .admin(&acme, Method::GET, "/sign-ins?open=true", None)
        .await
        .expect(200)
        .json();
    assert_eq!(open["items"].as_array().unwrap().len(), 1);
}
