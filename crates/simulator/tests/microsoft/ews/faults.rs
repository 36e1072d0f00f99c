use serde_json::json;

use super::client::{ews, find_item};
use crate::world::{SUPPORT, World};

#[tokio::test]
async fn a_response_code_comes_in_the_answer_or_as_a_fault() {
    let world = World::start().await;
    let ews = ews(&world, SUPPORT).await;
    let find = find_item("inbox", "", "");
    let fault = json!({ "host": "ews", "response_code": "ErrorMailboxStoreUnavailable" });
    world.fault(fault).await;
    let told = ews.ask(&find).await;
    assert_eq!(
        (told.status, told.code().as_str()),
        (200, "ErrorMailboxStoreUnavailable")
    );
    let busy = json!({ "host": "ews", "status": 500, "response_code": "ErrorServerBusy", "back_off_ms": 297_749 });
    world.fault(busy).await;
    let told = ews.ask(&find).await;
    assert_eq!(
        (told.status, told.code().as_str()),
        (500, "ErrorServerBusy")
    );
    assert_eq!(told.all("Value", "Name"), ["BackOffMilliseconds"]);
    assert_eq!(told.text("Value"), "297749");
    let inner = json!({ "host": "ews", "response_code": "ErrorInternalServerError", "inner_code": "ErrorServerBusy" });
    world.fault(inner).await;
    let told = ews.ask(&find).await;
    assert_eq!(
        (told.status, told.code().as_str()),
        (200, "ErrorInternalServerError")
    );
    assert!(
        told.xml
            .contains("<t:Value Name=\"InnerErrorResponseCode\">ErrorServerBusy</t:Value>")
    );
    ews.done(&find).await;
}

#[tokio::test]
async fn a_fault_chooses_the_operation_and_requests_are_remembered_by_it() {
    let world = World::start().await;
    let ews = ews(&world, SUPPORT).await;
    world
        .fault(json!({ "host": "ews", "match": "GetItem", "status": 503 }))
        .await;
    ews.done(&find_item("inbox", "", "")).await;
    let id = world.drop_mail(SUPPORT, crate::world::mail("x")).await;
    let get = super::client::get_item(&id, "<t:BaseShape>IdOnly</t:BaseShape>");
    assert_eq!(ews.ask(&get).await.status, 503);
    let requests = world.look("/requests?host=ews").await;
    let told: Vec<_> = requests
        .as_array()
        .unwrap()
        .iter()
        .map(|request| {
            (
                request["operation"].as_str().unwrap(),
                request["status"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(told, [("FindItem", 200), ("GetItem", 503)]);
}

#[tokio::test]
async fn a_code_of_ews_is_for_ews_alone() {
    let world = World::start().await;
    let url = format!("{}/microsoft/faults", world.simulator.control_url());
    for wrong in [
        json!({ "host": "login", "response_code": "ErrorServerBusy" }),
        json!({ "host": "ews", "response_code": "busy" }),
        json!({ "host": "ews", "status": 500, "back_off_ms": 1 }),
        json!({ "host": "ews", "code": 50173 }),
    ] {
        let answer = world.http.post(&url).json(&wrong).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{wrong}");
    }
}
