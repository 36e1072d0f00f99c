use std::path::PathBuf;

use postroom_simulator::Options;
use reqwest::{StatusCode, header::COOKIE};
use serde_json::{Value, json};

use super::backend::bearer;
use crate::world::{Answer, World, answer};

const ADMIN: &str = "/forge/postroom-panel";
const PROJECT: &str = "/forge/postroom-project-panel";

async fn look(world: &World, name: &str, path: &str) -> (u16, String) {
    let cookie = format!("sim_user={}", world.account(name).await);
    let request = world.http.get(world.url(path)).header(COOKIE, cookie);
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    // Templates write slashes as entities.
    (status, answer.text().await.unwrap().replace("&#x2f;", "/"))
}

async fn invoke(world: &World, name: &str, page: &str, call: Value) -> Answer {
    call_by(world, "ui-remote-fetch", name, page, call).await
}

async fn call_by(world: &World, way: &str, name: &str, page: &str, mut call: Value) -> Answer {
    call["invokeType"] = way.into();
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let url = world.url(&format!("{path}/invoke?{query}"));
    let cookie = format!("sim_user={}", world.account(name).await);
    let request = world.http.post(url).header(COOKIE, cookie).json(&call);
    answer(request.send().await.unwrap()).await
}

#[tokio::test]
async fn a_page_is_shown_to_those_whom_it_is_for() {
    let (world, _) = World::with_forge(json!({})).await;
    let sup = format!("{PROJECT}?project=SUP");
    let ops = format!("{PROJECT}?project=OPS");
    let expected = [
        ("Alice Admin", [200, 200, 200]),
        ("Pia Project", [403, 200, 403]),
        ("Bob Agent", [403, 403, 403]),
    ];
    for (name, statuses) in expected {
        for (path, status) in [ADMIN, &sup, &ops].into_iter().zip(statuses) {
            assert_eq!(look(&world, name, path).await.0, status, "{name} {path}");
            let call = json!({"path": "/x"});
            let answer = invoke(&world, name, path, call).await;
            assert_eq!(answer.status, status, "{name} {path}");
        }
    }
    assert_eq!(
        look(&world, "Alice Admin", PROJECT).await.0,
        400,
        "without a project"
    );
    assert_eq!(look(&world, "Alice Admin", "/forge/none").await.0, 404);
    let (_, projects) = look(&world, "Pia Project", "/").await;
    assert!(projects.contains(&sup) && !projects.contains(&ops));
    assert!(!projects.contains(&format!("href=\"{ADMIN}\"")));
    world.stop().await;
}

#[tokio::test]
async fn the_host_tells_the_page_where_it_is() {
    let (world, installed) = World::with_forge(json!({})).await;
    let (_, page) = look(&world, "Alice Admin", &format!("{ADMIN}?theme=dark")).await;
    let (_, rest) = page.split_once("type=\"application/json\">").unwrap();
    let told: Value = serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap();
    let base = world.simulator.atlassian_url();
    assert_eq!(told["src"], format!("{base}/forge/static/index.html"));
    let (context, site) = (&told["context"], world.site().await);
    assert_eq!(context["accountId"], world.account("Alice Admin").await);
    assert_eq!(context["cloudId"], site["cloud_id"]);
    assert_eq!(context["theme"]["colorMode"], "dark");
    assert_eq!(context["extension"], json!({"type": "jira:adminPage"}));
    assert_eq!(
        told["navigation"],
        json!([world.app.base_url]),
        "the remote, wherever it is"
    );
    assert!(installed["installation_id"].is_string());
    world.stop().await;
}

#[tokio::test]
async fn a_call_of_the_page_reaches_the_remote_in_the_users_name() {
    let (world, _) = World::with_forge(json!({})).await;
    world
        .app
        .say("/api/things", "application/json", r#"{"made": 1}"#);
    world.app.answer("/api/things", &[201]);
    let call = json!({
        "path": "/api/things?a=1", "method": "POST", "body": {"name": "x"},
        "headers": {"x-own": "1", "Authorization": "Bearer forged", "x-forge-oauth-system": "forged"},
    });
    let outcome = invoke(&world, "Alice Admin", ADMIN, call).await.body;
    assert_eq!(outcome["success"], true, "{outcome}");
    assert_eq!(outcome["payload"]["status"], 201);
    assert_eq!(outcome["payload"]["body"], json!({"made": 1}));
    assert_eq!(
        outcome["payload"]["headers"]["content-type"],
        json!(["application/json"])
    );
    let got = &world.app.received("/api/things")[0];
    assert_eq!(
        (got.query.as_str(), &got.body),
        ("a=1", &json!({"name": "x"}))
    );
    assert_eq!(got.headers["x-own"], "1");
    assert_eq!(
        got.headers["x-forge-oauth-system"],
        world.system_token().await
    );
    let claims = world.verified(bearer(got)).await;
    assert_eq!(claims["principal"], world.account("Alice Admin").await);
    world.stop().await;
}

/// `requestRemote`: Forge gives the token, and the page's own browser sends what the page likes beside it.
#[tokio::test]
async fn a_browser_sends_the_headers_that_a_page_names_but_the_token() {
    let (world, _) = World::with_forge(json!({})).await;
    let call = json!({
        "path": "/api/things",
        "headers": {"x-own": "1", "Authorization": "Bearer forged", "X-Forge-OAuth-System": "forged"},
    });
    let outcome = call_by(&world, "fetch-remote", "Alice Admin", ADMIN, call).await;
    assert_eq!(outcome.body["success"], true, "{outcome:?}");
    let got = &world.app.received("/api/things")[0];
    assert_eq!(got.headers["x-own"], "1");
    assert_eq!(got.headers["x-forge-oauth-system"], "forged");
    let claims = world.verified(bearer(got)).await;
    assert_eq!(claims["principal"], world.account("Alice Admin").await);
    world.stop().await;
}

#[tokio::test]
async fn only_json_passes_and_other_statuses_are_failures() {
    let (world, _) = World::with_forge(json!({})).await;
    let ask = async |path: &str| {
        invoke(&world, "Alice Admin", ADMIN, json!({"path": path}))
            .await
            .body
    };
    world.app.say(
        "/no",
        "application/json; charset=utf-8",
        r#"{"code": "not_found"}"#,
    );
    world.app.answer("/no", &[404]);
    let refused = ask("/no").await;
    assert_eq!(refused["success"], false);
    assert_eq!(refused["error"]["status"], 404);
    assert_eq!(refused["error"]["body"]["code"], "not_found");
    world.app.say("/text", "text/plain", "hello");
    world.app.answer("/text", &[200]);
    assert_eq!(ask("/text").await["error"]["code"], "INVALID_RESPONSE");
    assert_eq!(ask("/empty").await["payload"]["status"], 204);
    world.app.answer("/moved", &[302]);
    assert_eq!(ask("/moved").await["success"], false);
    let large = json!({"path": "/x", "method": "POST", "body": {"text": "x".repeat(600_000)}});
    assert_eq!(
        invoke(&world, "Alice Admin", ADMIN, large).await.status,
        400
    );
    let wrong = json!({"path": "//other.example.com", "method": "TRACE"});
    assert_eq!(
        invoke(&world, "Alice Admin", ADMIN, wrong).await.status,
        400
    );
    world.stop().await;
}

#[tokio::test]
async fn the_panel_comes_from_another_origin_with_the_bridge_and_a_policy() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("forge-panel");
    std::fs::create_dir_all(folder.join("assets")).unwrap();
    let html = "<!doctype html><html><head><title>x</title></head></html>";
    std::fs::write(folder.join("index.html"), html).unwrap();
    std::fs::write(folder.join("assets/a.js"), "let a;").unwrap();
    let world = World::with(Options {
        forge_panel_dir: Some(folder),
        ..Options::ephemeral()
    })
    .await;
    let get = async |path: &str| {
        let url = format!("{}{path}", world.simulator.atlassian_url());
        world.http.get(url).send().await.unwrap()
    };
    let page = get("/forge/static/index.html").await;
    let policy = page.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    let site = world.simulator.jira_url("acme").unwrap();
    assert!(policy.contains("script-src 'self' ;"), "{policy}");
    assert!(
        policy.contains(&format!("frame-ancestors 'self' {site}")),
        "{policy}"
    );
    assert!(
        policy.contains("'unsafe-inline'"),
        "the manifest asks for it: {policy}"
    );
    let text = page.text().await.unwrap();
    assert!(text.contains("<head><script src=\"/forge/bridge.js\"></script><title>"));
    let script = get("/forge/static/assets/a.js").await;
    let kind = script.headers()["content-type"].to_str().unwrap();
    assert!(kind.starts_with("text/javascript"), "{kind}");
    assert!(
        get("/forge/bridge.js")
            .await
            .text()
            .await
            .unwrap()
            .contains("__bridge")
    );
    let out = get("/forge/static/assets/%2e%2e/%2e%2e/index.html").await;
    assert_eq!(out.status(), StatusCode::NOT_FOUND);
    world.stop().await;
}

#[tokio::test]
async fn the_apps_page_offers_both_doors() {
    let world = World::installed().await;
    let alice = format!("sim_user={}", world.account("Alice Admin").await);
    let bob = format!("sim_user={}", world.account("Bob Agent").await);
    let post = async |cookie: &str, path: &str| {
        let form = [("remote_url", &world.app.base_url)];
        let request = world.http.post(world.url(path)).header(COOKIE, cookie);
        request.form(&form).send().await.unwrap().status().as_u16()
    };
    assert_eq!(post(&bob, "/apps/forge/install").await, 403);
    assert_eq!(post(&alice, "/apps/forge/install").await, 303);
    assert_eq!(world.app.received("/forge/lifecycle").len(), 1);
    let (_, page) = look(&world, "Alice Admin", "/apps").await;
    assert!(page.contains("id=\"uninstall\"") && page.contains("id=\"forge-uninstall\""));
    assert!(page.contains(ADMIN));
    assert_eq!(post(&alice, "/apps/forge/uninstall").await, 303);
    assert_eq!(world.app.received("/forge/goodbye").len(), 1);
    assert!(world.site().await["forge"].is_null());
    world.stop().await;
}
