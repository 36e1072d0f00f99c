use reqwest::{Method, header::COOKIE};
use serde_json::{Value, json};

use crate::{
    app::KEY,
    world::{World, claims, document, eventually},
};

/// A page of `acme` as a user sees it: its status and text.
async fn page(world: &World, account_id: &str, path: &str) -> (u16, String) {
    let request = world
        .http
        .get(world.url(path))
        .header(COOKIE, format!("sim_user={account_id}"));
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn an_issue_is_shown_and_can_be_commented() {
    let world = World::installed().await;
    let key = world.issue("Printer <b>burns</b>").await;
    let fields = json!({"fields": {"description": document("It is & hot")}});
    world
        .call(
            Method::PUT,
            &format!("/rest/api/3/issue/{key}"),
            Some(fields),
        )
        .await;
    let bob = world.account("Bob Agent").await;
    let (status, list) = page(&world, &bob, "/").await;
    assert_eq!(status, 200);
    assert!(list.contains(&format!("/browse/{key}")) && list.contains("&lt;b&gt;burns"));
    let form = [("text", "First\n\nSecond")];
    let sent = world
        .http
        .post(world.url(&format!("/browse/{key}/comment")))
        .header(COOKIE, format!("sim_user={bob}"))
        .form(&form);
    let answer = sent.send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let (_, issue) = page(&world, &bob, &format!("/browse/{key}")).await;
    assert!(issue.contains("<p>It is &amp; hot</p>"));
    assert!(issue.contains("<p>First</p><p>Second</p>") && issue.contains("Bob Agent"));
    eventually(async || world.app.received("/hook").pop()).await;
    assert_eq!(page(&world, &bob, "/browse/NO-1").await.0, 404);
    world.stop().await;
}

#[tokio::test]
async fn an_app_is_installed_and_taken_off_on_its_page() {
    let world = World::start().await;
    let (alice, bob) = (
        world.account("Alice Admin").await,
        world.account("Bob Agent").await,
    );
    let install = async |account_id: &str, url: String| {
        let request = world.http.post(world.url("/apps/install"));
        let request = request.header(COOKIE, format!("sim_user={account_id}"));
        let answer = request
            .form(&[("descriptor_url", url)])
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    assert_eq!(install(&bob, world.app.descriptor_url()).await.0, 403);
    world.app.answer("/installed", &[500]);
    let (status, text) = install(&alice, world.app.descriptor_url()).await;
    assert_eq!(status, 422);
    assert!(text.contains("HTTP response code 500"));
    assert_eq!(install(&alice, world.app.descriptor_url()).await.0, 303);
    assert!(
        page(&world, &alice, "/apps")
            .await
            .1
            .contains("form id=\"uninstall\"")
    );
    let request = world.http.post(world.url("/apps/uninstall"));
    let answer = request
        .header(COOKIE, format!("sim_user={alice}"))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 303);
    assert!(world.site().await["app_key"].is_null());
    world.stop().await;
}

#[tokio::test]
async fn the_host_page_signs_the_address_of_the_iframe() {
    let world = World::installed().await;
    let bob = world.account("Bob Agent").await;
    let panel = format!("/plugins/{KEY}/panel");
    let (status, text) = page(&world, &bob, &panel).await;
    assert_eq!(status, 200);
    assert!(text.contains("<h1>Mail panel</h1>"));
    let (_, frame) = page(&world, &bob, &format!("{panel}/frame")).await;
    let extension: Value = serde_json::from_str(&frame).unwrap();
    let url = extension["url"].as_str().unwrap();
    let (signed, token) = url.split_once("&jwt=").unwrap();
    let target = signed.strip_prefix(&world.app.base_url).unwrap();
    assert!(target.starts_with("/panel?mode=full&xdm_e=http%3A%2F%2Flocalhost"));
    let secret = world.site().await["shared_secret"]
        .as_str()
        .unwrap()
        .to_owned();
    let claims = claims(token, &secret);
    assert_eq!(claims["sub"], bob.as_str());
    let made = json!({"account_id": bob, "kind": "page", "path": target});
    let same = world
        .control(Method::POST, "/jira/acme/token", Some(made))
        .await;
    let same = crate::world::claims(same.body["jwt"].as_str().unwrap(), &secret);
    assert_eq!(claims["qsh"], same["qsh"]);
    world.stop().await;
}

#[tokio::test]
async fn pages_for_administrators_are_closed_to_others() {
    let world = World::installed().await;
    let (alice, bob) = (
        world.account("Alice Admin").await,
        world.account("Bob Agent").await,
    );
    let admin = format!("/plugins/{KEY}/admin");
    assert_eq!(page(&world, &alice, &admin).await.0, 200);
    assert_eq!(page(&world, &bob, &admin).await.0, 403);
    assert_eq!(
        page(&world, &alice, &format!("/plugins/{KEY}/none"))
            .await
            .0,
        404
    );
    let request = world
        .http
        .get(world.url("/login?user=bob@example.com&back=/apps"));
    let answer = request.send().await.unwrap();
    assert_eq!(answer.headers()["location"], "/apps");
    assert!(
        answer.headers()["set-cookie"]
            .to_str()
            .unwrap()
            .contains(&bob)
    );
    world.stop().await;
}

#[tokio::test]
async fn the_bridge_gets_context_tokens_for_the_current_user() {
    let world = World::installed().await;
    let bob = world.account("Bob Agent").await;
    let request = world
        .http
        .post(world.url(&format!("/plugins/{KEY}/panel/token")));
    let answer = request
        .header(COOKIE, format!("sim_user={bob}"))
        .send()
        .await
        .unwrap();
    let token: Value = answer.json().await.unwrap();
    let secret = world.site().await["shared_secret"]
        .as_str()
        .unwrap()
        .to_owned();
    let claims = claims(token["token"].as_str().unwrap(), &secret);
    assert_eq!(
        (&claims["qsh"], &claims["sub"]),
        (&json!("context-qsh"), &json!(bob))
    );
    world.stop().await;
}

#[tokio::test]
async fn a_projects_administrator_sees_its_tab_and_no_other() {
    let world = World::installed().await;
    let pia = world.account("Pia Project").await;
    let tab = format!("/plugins/{KEY}/tab");
    let sup = format!("{tab}?project=SUP");
    assert_eq!(page(&world, &pia, &sup).await.0, 200);
    assert_eq!(
        page(&world, &pia, &format!("{tab}?project=OPS")).await.0,
        403
    );
    assert_eq!(page(&world, &pia, &tab).await.0, 403, "without a project");
    let bob = world.account("Bob Agent").await;
    assert_eq!(page(&world, &bob, &sup).await.0, 403);
    let (_, projects) = page(&world, &pia, "/projects/SUP").await;
    let projects = projects.replace("&#x2f;", "/");
    assert!(projects.contains(&sup), "{projects}");
    let (_, frame) = page(&world, &pia, &format!("{tab}/frame?project=SUP")).await;
    let extension: Value = serde_json::from_str(&frame).unwrap();
    let url = extension["url"].as_str().unwrap();
    assert!(url.contains("/panel?project=10000&xdm_e="), "{url}");
    assert_eq!(extension["options"]["place"]["project"]["key"], "SUP");
    let secret = world.site().await["shared_secret"]
        .as_str()
        .unwrap()
        .to_owned();
    let token = claims(url.split_once("&jwt=").unwrap().1, &secret);
    assert_eq!(token["context"]["jira"]["project"]["id"], "10000");
    world.stop().await;
}
