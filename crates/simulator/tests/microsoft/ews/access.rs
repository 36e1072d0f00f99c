use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

use super::client::{envelope, ews, told};
use crate::{
    browser::{graph, tokens},
    world::{ANN, CLIENT_ID, SCOPE, SUPPORT, World, mail},
};

const OWN_INBOX: &str = "<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id=\"inbox\"/></m:FolderIds></m:GetFolder>";

fn inbox_of(address: &str) -> String {
    OWN_INBOX.replace(
        "Id=\"inbox\"/>",
        &format!("Id=\"inbox\"><t:Mailbox><t:EmailAddress>{address}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>"),
    )
}

#[tokio::test]
async fn only_a_live_token_for_outlook_is_let_in() {
    let world = World::start().await;
    let mut ews = ews(&world, SUPPORT).await;
    assert_eq!(ews.done(OWN_INBOX).await.text("DisplayName"), "Inbox");
    world.clock.advance(TimeDelta::hours(2));
    let graph_token = tokens(&world, SUPPORT, SCOPE).await["access_token"].clone();
    for bearer in [
        ews.bearer.clone(),
        graph_token.as_str().unwrap().to_owned(),
        "x".into(),
    ] {
        ews.bearer = bearer;
        let answer = ews.request(envelope("", OWN_INBOX)).send().await.unwrap();
        assert_eq!(answer.status(), 401);
        let challenge = answer.headers()["www-authenticate"].to_str().unwrap();
        assert!(challenge.starts_with("Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\""));
        assert!(answer.headers().contains_key("x-ms-diagnostics"));
    }
}

#[tokio::test]
async fn a_foreign_mailbox_needs_full_access() {
    let world = World::start().await;
    let ews = ews(&world, ANN).await;
    world.drop_mail(SUPPORT, mail("x")).await;
    let theirs = inbox_of(SUPPORT);
    assert_eq!(ews.refused(&theirs).await, "ErrorAccessDenied");
    let delegation = json!({ "mailbox": SUPPORT, "delegate": ANN });
    world
        .control(Method::POST, "/microsoft/delegations", &delegation)
        .await;
    let told = ews.done(&theirs).await;
    assert_eq!(told.text("TotalCount"), "1");
    let id = &told.all("FolderId", "Id")[0];
    let by_id = OWN_INBOX.replace(
        "DistinguishedFolderId Id=\"inbox\"",
        &format!("FolderId Id=\"{id}\""),
    );
    assert_eq!(
        ews.done(&by_id).await.text("TotalCount"),
        "1",
        "a folder's id knows its mailbox"
    );
    let nobody = inbox_of("nobody@contoso.example");
    assert_eq!(ews.refused(&nobody).await, "ErrorNonExistentMailbox");
}

#[tokio::test]
async fn an_account_without_a_mailbox_must_name_one() {
    let world = World::start().await;
    let ews = ews(&world, ANN).await;
    let user = json!({ "address": ANN, "licensed": false });
    world.control(Method::POST, "/microsoft/users", &user).await;
    assert_eq!(ews.refused(OWN_INBOX).await, "ErrorMissingEmailAddress");
    assert_eq!(ews.refused(&inbox_of(ANN)).await, "ErrorNonExistentMailbox");
}

#[tokio::test]
async fn impersonation_is_a_role_of_its_own() {
    let world = World::start().await;
    let ews = ews(&world, ANN).await;
    world.drop_mail(SUPPORT, mail("x")).await;
    let header = format!(
        "<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>{SUPPORT}</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>"
    );
    let ask = || async {
        let request = ews.request(envelope(&header, OWN_INBOX));
        told(
            request
                .header("x-anchormailbox", SUPPORT)
                .send()
                .await
                .unwrap(),
        )
        .await
    };
    let full_access = json!({ "mailbox": SUPPORT, "delegate": ANN });
    world
        .control(Method::POST, "/microsoft/delegations", &full_access)
        .await;
    let refused = ask().await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (500, "ErrorImpersonateUserDenied")
    );
    let role = json!({ "mailbox": SUPPORT, "delegate": ANN, "impersonate": true });
    world
        .control(Method::POST, "/microsoft/delegations", &role)
        .await;
    assert_eq!(ask().await.text("TotalCount"), "1");
}

#[tokio::test]
async fn an_anchor_mailbox_must_exist() {
    let world = World::start().await;
    let ews = ews(&world, ANN).await;
    let request = ews.request(envelope("", OWN_INBOX));
    let answer = request
        .header("x-anchormailbox", "nobody@contoso.example")
        .send()
        .await
        .unwrap();
    assert_eq!(told(answer).await.code(), "ErrorNonExistentMailbox");
}

#[tokio::test]
async fn ews_is_switched_off_by_directory_by_list_and_by_date() {
    let world = World::start().await;
    let ews = ews(&world, SUPPORT).await;
    let status = || async {
        let answer = ews.request(envelope("", OWN_INBOX)).send().await.unwrap();
        answer.status().as_u16()
    };
    let switch = |policy: serde_json::Value| {
        let mut body = policy;
        body["name"] = json!("contoso");
        let world = &world;
        async move {
            world
                .control(Method::POST, "/microsoft/directories", &body)
                .await
        }
    };
    assert_eq!(status().await, 200);
    switch(json!({ "ews_enabled": false })).await;
    assert_eq!(status().await, 403);
    switch(json!({ "ews_enabled": true })).await;
    assert_eq!(status().await, 403, "nobody is on the list");
    let told = switch(json!({ "ews_allowed_app_ids": [CLIENT_ID] })).await;
    assert_eq!(
        told["ews"],
        json!({ "enabled": true, "allowed_app_ids": [CLIENT_ID] })
    );
    assert_eq!(status().await, 200);
    switch(json!({ "ews_enabled": null, "ews_allowed_app_ids": [] })).await;
    assert_eq!(status().await, 200, "the directory's turn has not come");
    graph(&world, SUPPORT, SCOPE)
        .await
        .get("/me/messages")
        .await;
    world.clock.advance(TimeDelta::days(128));
    let late = super::client::ews(&world, SUPPORT).await;
    let answer = late.request(envelope("", OWN_INBOX)).send().await.unwrap();
    assert_eq!(answer.status(), 403, "the first of April 2027 is past");
}

#[tokio::test]
async fn what_breaks_the_schema_is_a_fault() {
    let world = World::start().await;
    let ews = ews(&world, SUPPORT).await;
    let turned = "<m:GetFolder><m:FolderIds><t:DistinguishedFolderId Id=\"inbox\"/></m:FolderIds><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape></m:GetFolder>";
    let wrong_namespace = OWN_INBOX.replace("m:FolderShape", "t:FolderShape");
    let unknown = "<m:Nothing/>".to_owned();
    for operation in [
        turned.to_owned(),
        wrong_namespace,
        unknown,
        "<m:GetFolder>".into(),
    ] {
        let answer = ews.request(envelope("", &operation)).send().await.unwrap();
        let told = told(answer).await;
        assert_eq!(
            (told.status, told.code().as_str()),
            (500, "ErrorSchemaValidation")
        );
    }
    let json = ews
        .request(envelope("", OWN_INBOX))
        .header("content-type", "application/json");
    let plain = world
        .http
        .post(world.url("/EWS/Exchange.asmx"))
        .bearer_auth(&ews.bearer);
    drop(json);
    assert_eq!(
        plain
            .body(envelope("", OWN_INBOX))
            .send()
            .await
            .unwrap()
            .status(),
        415
    );
}
