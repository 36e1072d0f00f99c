use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::json;

use crate::{
    app::KEY,
    world::{Answer, World, answer, token},
};

pub(crate) async fn attach(world: &World, issue: &str, form: Form, check: Option<&str>) -> Answer {
    let target = format!("/rest/api/3/issue/{issue}/attachments");
    let secret = world.site().await["shared_secret"]
        .as_str()
        .unwrap()
        .to_owned();
    let token = token(&secret, KEY, "POST", &target, 180);
    let mut request = world
        .http
        .post(world.url(&target))
        .header("Authorization", format!("JWT {token}"));
    if let Some(check) = check {
        request = request.header("X-Atlassian-Token", check);
    }
    answer(request.multipart(form).send().await.unwrap()).await
}

pub(crate) fn part(name: &str, bytes: &[u8]) -> Part {
    Part::bytes(bytes.to_vec())
        .file_name(name.to_owned())
        .mime_str("image/png")
        .unwrap()
}

#[tokio::test]
async fn files_are_kept_and_given_back() {
    let world = World::installed().await;
    let issue = world.issue("x").await;
    let form = Form::new()
        .part("file", part("a.png", b"0123456789"))
        .part("file", part("b.png", b"bb"));
    let added = attach(&world, &issue, form, Some("no-check")).await;
    assert_eq!(added.status, 200, "{added:?}");
    assert_eq!(added.body[1]["filename"], "b.png");
    assert_eq!(added.body[0]["size"], 10);
    let id = added.body[0]["id"].as_str().unwrap();
    let content = format!("/rest/api/3/attachment/content/{id}");
    let redirect = world.call(Method::GET, &content, None).await;
    assert_eq!(redirect.status, 303);
    let location = redirect.headers["location"].to_str().unwrap();
    let fetched = world
        .http
        .get(location)
        .header("Range", "bytes=2-4")
        .send()
        .await
        .unwrap();
    assert_eq!(fetched.status(), 206);
    assert_eq!(fetched.bytes().await.unwrap(), &b"234"[..]);
    let direct = world
        .call(Method::GET, &format!("{content}?redirect=false"), None)
        .await;
    assert_eq!(direct.body, "0123456789");
    let forged = format!("{location}x");
    assert_eq!(world.http.get(forged).send().await.unwrap().status(), 403);
    world.stop().await;
}

#[tokio::test]
async fn a_file_of_the_store_may_stand_in_a_document() {
    let world = World::installed().await;
    let issue = world.issue("x").await;
    attach(
        &world,
        &issue,
        Form::new().part("file", part("a.png", b"a")),
        Some("no-check"),
    )
    .await;
    let issues = world
        .control(Method::GET, "/jira/acme/issues", None)
        .await
        .body;
    let media_id = issues[0]["attachments"][0]["media_id"].clone();
    let media =
        json!({"type": "media", "attrs": {"type": "file", "id": media_id, "collection": ""}});
    let content =
        json!([{"type": "mediaSingle", "attrs": {"layout": "center"}, "content": [media]}]);
    let request =
        json!({"fields": {"description": {"type": "doc", "version": 1, "content": content}}});
    let changed = world
        .call(
            Method::PUT,
            &format!("/rest/api/3/issue/{issue}"),
            Some(request),
        )
        .await;
    assert_eq!(changed.status, 204, "{changed:?}");
    world.stop().await;
}

#[tokio::test]
async fn uploads_have_their_conditions() {
    let world = World::installed().await;
    let issue = world.issue("x").await;
    let small = || Form::new().part("file", part("a", b"aaa"));
    assert_eq!(attach(&world, &issue, small(), None).await.status, 403);
    let wrong_name = Form::new().part("files", part("a", b"aaa"));
    assert_eq!(
        attach(&world, &issue, wrong_name, Some("no-check"))
            .await
            .status,
        400
    );
    assert_eq!(
        attach(&world, "SUP-99", small(), Some("no-check"))
            .await
            .status,
        404
    );
    world.settings(json!({"attachment_limit": 2})).await;
    let meta = world
        .call(Method::GET, "/rest/api/3/attachment/meta", None)
        .await
        .body;
    assert_eq!(meta, json!({"enabled": true, "uploadLimit": 2}));
    assert_eq!(
        attach(&world, &issue, small(), Some("no-check"))
            .await
            .status,
        413
    );
    world.settings(json!({"attachment_limit": 100})).await;
    let many = (0..61).fold(Form::new(), |form, at| {
        form.part("file", part(&at.to_string(), b"a"))
    });
    assert_eq!(
        attach(&world, &issue, many, Some("no-check")).await.status,
        413
    );
    let issues = world
        .control(Method::GET, "/jira/acme/issues", None)
        .await
        .body;
    assert_eq!(issues[0]["attachments"], json!([]));
    world.stop().await;
}
