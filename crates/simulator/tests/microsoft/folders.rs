use reqwest::Method;
use serde_json::json;

use crate::{
    browser::graph,
    world::{SCOPE, SUPPORT, World, mail},
};

#[tokio::test]
async fn a_well_known_name_and_an_id_are_the_same_folder() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    world.drop_mail(SUPPORT, mail("x")).await;
    let inbox = graph.get("/me/mailFolders/inbox").await;
    assert_eq!(
        (
            &inbox["displayName"],
            &inbox["totalItemCount"],
            &inbox["unreadItemCount"]
        ),
        (&json!("Inbox"), &json!(1), &json!(1))
    );
    let by_id = graph
        .get(&format!(
            "/me/mailFolders/{}",
            inbox["id"].as_str().unwrap()
        ))
        .await;
    assert_eq!(by_id["id"], inbox["id"]);
}

#[tokio::test]
async fn folders_are_listed_in_pages_and_found_by_name() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let page = graph.get("/me/mailFolders?$top=5").await;
    assert_eq!(page["value"].as_array().unwrap().len(), 5);
    let rest = graph.get(page["@odata.nextLink"].as_str().unwrap()).await;
    assert_eq!(rest["value"].as_array().unwrap().len(), 2);
    let made = graph
        .json(
            graph
                .ask(Method::POST, "/me/mailFolders")
                .json(&json!({ "displayName": "Done" })),
        )
        .await;
    let found = graph
        .get("/me/mailFolders?$filter=displayName eq 'Done'")
        .await;
    assert_eq!(found["value"][0]["id"], made["id"]);
    let twice = graph
        .ask(Method::POST, "/me/mailFolders")
        .json(&json!({ "displayName": "done" }));
    assert_eq!(
        graph.refused(twice).await,
        (409, "ErrorFolderExists".into())
    );
    let below = format!(
        "/me/mailFolders/{}/childFolders",
        made["id"].as_str().unwrap()
    );
    graph
        .json(
            graph
                .ask(Method::POST, &below)
                .json(&json!({ "displayName": "2026" })),
        )
        .await;
    assert_eq!(graph.get(&below).await["value"][0]["displayName"], "2026");
}
