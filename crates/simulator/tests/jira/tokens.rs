use reqwest::{Method, header::AUTHORIZATION};
use serde_json::{Value, json};

use crate::{
    app::KEY,
    world::{Answer, World, answer, claims, qsh, token},
};

const MYSELF: &str = "/rest/api/3/myself";

async fn myself(world: &World, authorization: &str) -> Answer {
    let request = world
        .http
        .get(world.url(MYSELF))
        .header(AUTHORIZATION, authorization);
    answer(request.send().await.unwrap()).await
}

#[tokio::test]
async fn a_token_that_does_not_hold_is_refused_in_jiras_words() {
    let world = World::installed().await;
    let site = world.site().await;
    let secret = site["shared_secret"].as_str().unwrap();
    let client_key = site["client_key"].as_str().unwrap();
    let good = token(secret, KEY, "GET", MYSELF, 180);
    assert_eq!(myself(&world, &format!("JWT {good}")).await.status, 200);
    let bad = [
        ("issuer", token(secret, client_key, "GET", MYSELF, 180)),
        ("secret", token("other", KEY, "GET", MYSELF, 180)),
        ("method", token(secret, KEY, "POST", MYSELF, 180)),
        (
            "query",
            token(secret, KEY, "GET", "/rest/api/3/myself?expand=groups", 180),
        ),
        ("time", token(secret, KEY, "GET", MYSELF, -60)),
        ("form", "no.token.this".to_owned()),
    ];
    for (what, token) in bad {
        let refused = myself(&world, &format!("JWT {token}")).await;
        assert_eq!(refused.status, 401, "{what}");
        assert_eq!(refused.body["status-code"], 401, "{what}");
    }
    world.stop().await;
}

#[tokio::test]
async fn the_wrong_scheme_is_nobody() {
    let world = World::installed().await;
    let secret = world.site().await["shared_secret"]
        .as_str()
        .unwrap()
        .to_owned();
    let target = "/rest/api/3/issue";
    let token = token(&secret, KEY, "POST", target, 180);
    let fields = json!({"project": {"key": "SUP"}, "issuetype": {"name": "Task"}, "summary": "x"});
    let request = world
        .http
        .post(world.url(target))
        .bearer_auth(token)
        .json(&json!({"fields": fields}));
    let refused = answer(request.send().await.unwrap()).await;
    assert_eq!(refused.status, 400);
    let complaint =
        "Field 'summary' cannot be set. It is not on the appropriate screen, or unknown.";
    assert_eq!(refused.body["errors"]["summary"], complaint);
    world.stop().await;
}

#[tokio::test]
async fn a_get_with_a_body_is_refused() {
    let world = World::installed().await;
    let refused = world.call(Method::GET, MYSELF, Some(json!({}))).await;
    assert_eq!(refused.status, 403);
    world.stop().await;
}

#[tokio::test]
async fn a_scope_that_the_descriptor_does_not_ask_for_is_missing() {
    let world = World::start().await;
    world.app.describe("/scopes", json!(["READ"]));
    world.install("acme").await;
    let refused = world
        .call(Method::POST, "/rest/api/3/issue", Some(json!({})))
        .await;
    assert_eq!(refused.status, 403);
    assert_eq!(world.call(Method::GET, MYSELF, None).await.status, 200);
    world.stop().await;
}

async fn made(world: &World, wanted: Value) -> Value {
    let answer = world
        .control(Method::POST, "/jira/acme/token", Some(wanted))
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let secret = world.site().await["shared_secret"]
        .as_str()
        .unwrap()
        .to_owned();
    claims(answer.body["jwt"].as_str().unwrap(), &secret)
}

#[tokio::test]
async fn tokens_for_pages_name_the_user_and_what_they_are_for() {
    let world = World::installed().await;
    let bob = world.account("Bob Agent").await;
    let context = made(&world, json!({"account_id": bob, "kind": "context"})).await;
    assert_eq!(context["qsh"], "context-qsh");
    assert_eq!(context["sub"], bob.as_str());
    assert_eq!(context["iss"], world.site().await["client_key"]);
    assert_eq!(
        context["exp"].as_i64().unwrap() - context["iat"].as_i64().unwrap(),
        900
    );
    let wanted =
        json!({"account_id": bob, "kind": "page", "path": "/panel?a=1&b=2", "expires_in": 60});
    let page = made(&world, wanted).await;
    assert_eq!(page["qsh"], qsh("GET", "/panel?a=1&b=2"));
    assert_eq!(
        page["exp"].as_i64().unwrap() - page["iat"].as_i64().unwrap(),
        60
    );
    world.stop().await;
}

#[tokio::test]
async fn administrators_are_told_apart() {
    let world = World::installed().await;
    for (name, expected) in [
        ("Alice Admin", json!(["ADMINISTER"])),
        ("Bob Agent", json!([])),
    ] {
        let account_id = world.account(name).await;
        let asked = json!({"accountId": account_id, "globalPermissions": ["ADMINISTER"]});
        let granted = world
            .call(Method::POST, "/rest/api/3/permissions/check", Some(asked))
            .await;
        assert_eq!(granted.body["globalPermissions"], expected, "{name}");
        let path = format!(
            "/rest/api/3/user?accountId={}&expand=groups",
            account_id.replace(':', "%3A")
        );
        let user = world.call(Method::GET, &path, None).await;
        let groups = user.body["groups"]["items"].as_array().unwrap();
        let is_admin = groups
            .iter()
            .any(|group| group["name"] == "jira-administrators");
        assert_eq!(is_admin, name == "Alice Admin");
    }
    world.stop().await;
}
