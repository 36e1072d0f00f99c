use reqwest::Method;
use serde_json::{Value, json};

use super::client::{ews, get_item};
use crate::{
    browser::graph,
    world::{ANN, Graph, SCOPE, SUPPORT, World, mail},
};

async fn translate(graph: &Graph<'_>, id: &str, from: &str, to: &str) -> Value {
    let body = json!({ "inputIds": [id], "sourceIdType": from, "targetIdType": to });
    let request = graph
        .ask(Method::POST, "/me/translateExchangeIds")
        .json(&body);
    graph.json(request).await["value"][0].clone()
}

#[tokio::test]
async fn an_id_keeps_its_item_through_all_formats() {
    let world = World::start().await;
    let mut immutable = String::new();
    // Enough mails that some ids differ between the spellings.
    for number in 0..20 {
        immutable = world.drop_mail(SUPPORT, mail(&format!("m{number}"))).await;
    }
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let ews = ews(&world, SUPPORT).await;
    let mut id = ews.inbox().await.remove(0);
    let steps = [
        "ewsId",
        "restId",
        "entryId",
        "immutableEntryId",
        "restImmutableEntryId",
    ];
    for (from, to) in steps.iter().zip(&steps[1..]) {
        id = translate(&graph, &id, from, to).await["targetId"]
            .as_str()
            .unwrap()
            .to_owned();
    }
    assert_eq!(id, immutable);
    let back = translate(&graph, &id, "restImmutableEntryId", "ewsId").await;
    let told = ews
        .done(&get_item(
            back["targetId"].as_str().unwrap(),
            "<t:BaseShape>Default</t:BaseShape>",
        ))
        .await;
    assert_eq!(told.text("Subject"), "m19");
    let wrong = translate(&graph, "nonsense", "ewsId", "restId").await;
    assert_eq!(
        (&wrong["targetId"], &wrong["errorDetails"]["code"]),
        (&Value::Null, &json!("ErrorInvalidIdMalformed"))
    );
}

#[tokio::test]
async fn ids_are_translated_for_their_owner_and_a_thousand_at_once() {
    let world = World::start().await;
    world.drop_mail(SUPPORT, mail("x")).await;
    let id = ews(&world, SUPPORT).await.inbox().await.remove(0);
    let ann = graph(&world, ANN, SCOPE).await;
    assert_eq!(
        translate(&ann, &id, "ewsId", "restId").await["targetId"],
        Value::Null
    );
    let body =
        json!({ "inputIds": vec!["x"; 1001], "sourceIdType": "ewsId", "targetIdType": "restId" });
    let request = ann
        .ask(Method::POST, "/me/translateExchangeIds")
        .json(&body);
    assert_eq!(ann.refused(request).await.0, 400);
}

#[tokio::test]
async fn ews_converts_ids_too() {
    let world = World::start().await;
    world.drop_mail(SUPPORT, mail("x")).await;
    let ews = ews(&world, SUPPORT).await;
    let id = ews.inbox().await.remove(0);
    let convert = |id: &str, from: &str, to: &str| {
        format!(
            "<m:ConvertId DestinationFormat=\"{to}\"><m:SourceIds><t:AlternateId Format=\"{from}\" Id=\"{id}\" Mailbox=\"{SUPPORT}\"/></m:SourceIds></m:ConvertId>"
        )
    };
    let hex = ews
        .done(&convert(&id, "EwsId", "HexEntryId"))
        .await
        .all("AlternateId", "Id")
        .remove(0);
    assert!(hex.starts_with("00000000") && hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let back = ews.done(&convert(&hex, "HexEntryId", "EwsId")).await;
    assert_eq!(back.all("AlternateId", "Id"), [id]);
    assert_eq!(
        ews.refused(&convert("zz", "HexEntryId", "EwsId")).await,
        "ErrorInvalidIdMalformed"
    );
}

#[tokio::test]
async fn names_are_resolved_to_people_of_the_directory() {
    let world = World::start().await;
    let ews = ews(&world, SUPPORT).await;
    let resolve = |entry: &str| {
        format!(
            "<m:ResolveNames ReturnFullContactData=\"false\"><m:UnresolvedEntry>{entry}</m:UnresolvedEntry></m:ResolveNames>"
        )
    };
    assert_eq!(ews.done(&resolve("ann")).await.text("EmailAddress"), ANN);
    assert_eq!(
        ews.refused(&resolve("carl")).await,
        "ErrorNameResolutionNoResults"
    );
    let user = json!({ "address": "anna@contoso.example" });
    world.control(Method::POST, "/microsoft/users", &user).await;
    let several = ews.ask(&resolve("ann")).await;
    assert_eq!(
        (several.code().as_str(), several.count("Resolution")),
        ("ErrorNameResolutionMultipleResults", 2)
    );
}

#[tokio::test]
async fn a_delegate_with_rights_translates_ids_of_the_shared_mailbox() {
    let world = World::start().await;
    let immutable = world.drop_mail(SUPPORT, mail("shared")).await;
    let scope = format!("{SCOPE} Mail.ReadWrite.Shared");
    let graph = graph(&world, ANN, &scope).await;
    let path = format!("/users/{SUPPORT}/translateExchangeIds");
    let body = json!({ "inputIds": [immutable], "sourceIdType": "restImmutableEntryId", "targetIdType": "ewsId" });
    let asked = || graph.ask(Method::POST, &path).json(&body);
    assert_eq!(
        graph.refused(asked()).await,
        (403, "ErrorAccessDenied".to_owned())
    );
    let rights = json!({ "mailbox": SUPPORT, "delegate": ANN });
    world
        .control(Method::POST, "/microsoft/delegations", &rights)
        .await;
    let told = graph.json(asked()).await;
    assert!(told["value"][0]["targetId"].is_string(), "{told}");
}
