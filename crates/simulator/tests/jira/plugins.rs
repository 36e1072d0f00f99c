//! The plugin manager, asked as atlassian-connect-express asks it.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::{
    app::KEY,
    world::{Answer, World, answer, eventually},
};

const ROOT: &str = "/rest/plugins/1.0/";

fn ask(world: &World, method: Method, path: &str) -> RequestBuilder {
    let request = world.http.request(method, world.url(path));
    request.basic_auth("alice@example.com", Some("token"))
}

async fn send(request: RequestBuilder) -> Answer {
    answer(request.send().await.unwrap()).await
}

async fn begin(world: &World) -> Answer {
    let root = send(ask(world, Method::GET, ROOT)).await;
    let token = root.headers["upm-token"].to_str().unwrap();
    let wanted = json!({"pluginUri": world.app.descriptor_url()}).to_string();
    let request = ask(world, Method::POST, &format!("{ROOT}?token={token}"))
        .header(
            "content-type",
            "application/vnd.atl.plugins.remote.install+json",
        )
        .body(wanted);
    send(request).await
}

/// What the install came to.
async fn settled(world: &World, begun: &Answer) -> Answer {
    let pending = begun.body["links"]["self"].as_str().unwrap();
    eventually(async || {
        let now = send(ask(world, Method::GET, pending)).await;
        let runs = now.status == 200 && now.body["status"]["done"] == false;
        (!runs).then_some(now)
    })
    .await
}

#[tokio::test]
async fn an_app_installs_itself_and_takes_itself_off() {
    let world = World::start().await;
    let settings = send(ask(&world, Method::GET, &format!("{ROOT}settings"))).await;
    assert_eq!(settings.body["settings"][0]["value"], true);
    let begun = begin(&world).await;
    assert_eq!(begun.status, 202, "{begun:?}");
    assert!(begun.body["pingAfter"].is_number());
    let done = settled(&world, &begun).await;
    assert_eq!(done.status, 303);
    let key = format!("{ROOT}{KEY}-key");
    assert!(done.headers["location"].to_str().unwrap().ends_with(&key));
    let app = send(ask(&world, Method::GET, &key)).await;
    assert_eq!(
        (&app.body["key"], &app.body["enabled"]),
        (&json!(KEY), &json!(true))
    );
    assert_eq!(world.site().await["app_key"], KEY);
    let listed = send(ask(&world, Method::GET, ROOT)).await;
    let text = listed.body["plugins"][0]["key"].clone();
    assert_eq!(text, KEY);
    assert_eq!(send(ask(&world, Method::DELETE, &key)).await.status, 204);
    assert_eq!(world.app.received("/uninstalled").len(), 1);
    assert_eq!(send(ask(&world, Method::DELETE, &key)).await.status, 404);
    world.stop().await;
}

#[tokio::test]
async fn an_install_that_fails_says_why() {
    let world = World::start().await;
    world.app.answer("/installed", &[500]);
    let begun = begin(&world).await;
    let failed = settled(&world, &begun).await;
    assert_eq!(failed.body["status"]["done"], true);
    let message = failed.body["status"]["errorMessage"].as_str().unwrap();
    assert!(message.contains("500"), "{message}");
    assert_eq!(world.site().await["app_key"], Value::Null);
    world.stop().await;
}

#[tokio::test]
async fn only_an_administrator_with_a_fresh_token_installs() {
    let world = World::start().await;
    assert_eq!(send(world.http.get(world.url(ROOT))).await.status, 401);
    let bob = world.http.get(world.url(ROOT));
    assert_eq!(
        send(bob.basic_auth("bob@example.com", Some("x")))
            .await
            .status,
        403
    );
    let nobody = world.http.get(world.url(ROOT));
    assert_eq!(send(nobody.basic_auth("", Some(""))).await.status, 401);
    let path = format!("{ROOT}?token=made-up");
    assert_eq!(send(ask(&world, Method::POST, &path)).await.status, 403);
    assert_eq!(begin(&world).await.status, 202);
    world.stop().await;
}
