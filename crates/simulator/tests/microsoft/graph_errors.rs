use chrono::TimeDelta;
use reqwest::Method;
use rstest::rstest;
use serde_json::json;

use crate::{
    browser::graph,
    world::{ANN, Graph, SCOPE, SUPPORT, World},
};

#[tokio::test]
async fn without_a_good_token_nothing_opens() {
    let world = World::start().await;
    let answer = world.http.get(world.url("/v1.0/me")).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    assert!(
        answer.headers()["www-authenticate"]
            .to_str()
            .unwrap()
            .starts_with("Bearer ")
    );
    let made_up = Graph {
        world: &world,
        bearer: "made-up".into(),
    };
    let refused = made_up
        .refused(made_up.ask(Method::GET, "/me/messages"))
        .await;
    assert_eq!(refused, (401, "InvalidAuthenticationToken".into()));
}

#[tokio::test]
async fn a_token_ends() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    graph.get("/me").await;
    world.clock.advance(TimeDelta::minutes(91));
    assert_eq!(graph.refused(graph.ask(Method::GET, "/me")).await.0, 401);
}

#[rstest]
#[case::write(Method::PATCH, "/me/messages/x", "User.Read Mail.Read")]
#[case::delete(Method::DELETE, "/me/messages/x", "User.Read Mail.Read")]
#[case::send(Method::POST, "/me/sendMail", "User.Read Mail.ReadWrite")]
#[case::read(Method::GET, "/me/messages", "User.Read Mail.Send")]
#[case::profile_only(Method::GET, "/me/mailFolders/inbox", "User.Read")]
#[tokio::test]
async fn each_operation_needs_its_scope(
    #[case] method: Method,
    #[case] path: &str,
    #[case] scope: &str,
) {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, scope).await;
    assert_eq!(
        graph.refused(graph.ask(method, path)).await,
        (403, "ErrorAccessDenied".into())
    );
}

#[tokio::test]
async fn another_mailbox_needs_a_shared_scope_and_exchanges_permission() {
    let world = World::start().await;
    let path = format!("/users/{SUPPORT}/messages");
    let own_only = graph(&world, ANN, SCOPE).await;
    let denied = (403, "ErrorAccessDenied".to_owned());
    let grant = json!({ "mailbox": SUPPORT, "delegate": ANN });
    world
        .control(Method::POST, "/microsoft/delegations", &grant)
        .await;
    assert_eq!(
        own_only.refused(own_only.ask(Method::GET, &path)).await,
        denied
    );
    let shared = graph(&world, ANN, "User.Read Mail.Read.Shared").await;
    shared.get(&path).await;
    assert_eq!(
        shared
            .refused(shared.ask(Method::PATCH, &format!("{path}/x")))
            .await,
        denied
    );
    world
        .control(Method::DELETE, "/microsoft/delegations", &json!(null))
        .await;
    assert_eq!(shared.refused(shared.ask(Method::GET, &path)).await, denied);
}

#[tokio::test]
async fn the_own_mailbox_opens_under_its_address_too() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    graph
        .get(&format!("/users/{SUPPORT}/mailFolders/inbox/messages"))
        .await;
    graph.get("/users/support%40contoso.example/messages").await;
}

#[tokio::test]
async fn what_is_not_there_has_its_code() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let id = world.drop_mail(ANN, crate::world::mail("x")).await;
    let cases = [
        (
            "/users/nobody@contoso.example/messages",
            404,
            "ErrorInvalidUser",
        ),
        ("/me/messages/nonsense", 400, "ErrorInvalidIdMalformed"),
        (&format!("/me/messages/{id}"), 404, "ErrorItemNotFound"),
        (
            "/me/mailFolders/nonsense/messages",
            404,
            "ErrorItemNotFound",
        ),
        ("/me/messages?$select=colour", 400, "BadRequest"),
        (
            "/me/messages?$orderby=receivedDateTime&$filter=isRead%20eq%20false",
            400,
            "InefficientFilter",
        ),
        ("/me/nonsense", 400, "BadRequest"),
    ];
    for (path, status, code) in cases {
        assert_eq!(
            graph.refused(graph.ask(Method::GET, path)).await,
            (status, code.to_owned()),
            "{path}"
        );
    }
}

#[tokio::test]
async fn an_account_without_a_licence_has_no_mailbox() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    world
        .control(
            Method::POST,
            "/microsoft/users",
            &json!({ "address": SUPPORT, "licensed": false }),
        )
        .await;
    let refused = graph.refused(graph.ask(Method::GET, "/me/messages")).await;
    assert_eq!(refused, (404, "MailboxNotEnabledForRESTAPI".into()));
    assert!(graph.get("/me").await["mail"].is_null());
}
