use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::Method;
use rstest::rstest;
use serde_json::json;

use super::client::{ews, find_item, get_item, move_item};
use crate::{
    browser::graph,
    world::{ANN, SCOPE, SUPPORT, World, mail},
};

const WITH_FILES: &str = "From: Carl <carl@customer.example>\r\nTo: support@contoso.example\r\nSubject: Files & more\r\nMessage-ID: <f@customer.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>\r\n--b\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\nContent-Transfer-Encoding: base64\r\n\r\naGk=\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ntext\r\n--b--\r\n";

const ID_ONLY: &str = "<t:BaseShape>IdOnly</t:BaseShape>";
const MIME: &str =
    "<t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent>";
const ALL: &str = "<t:BaseShape>AllProperties</t:BaseShape>";

#[tokio::test]
async fn the_mime_is_what_came_in() {
    let world = World::start().await;
    world.drop_mail(SUPPORT, WITH_FILES).await;
    let ews = ews(&world, SUPPORT).await;
    let id = &ews.inbox().await[0];
    let told = ews.done(&get_item(id, MIME)).await;
    assert_eq!(
        STANDARD.decode(told.text("MimeContent")).unwrap(),
        WITH_FILES.as_bytes()
    );
    assert_eq!(told.count("Subject"), 0, "the shape asked for ids alone");
    let by_name = "<t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI=\"item:MimeContent\"/><t:FieldURI FieldURI=\"item:Subject\"/></t:AdditionalProperties>";
    let told = ews.done(&get_item(id, by_name)).await;
    assert_eq!(
        (told.count("MimeContent"), told.text("Subject").as_str()),
        (1, "Files & more")
    );
    let listed = find_item("inbox", "", "").replace(ALL, MIME);
    assert_eq!(ews.refused(&listed).await, "ErrorInvalidPropertyRequest");
}

#[tokio::test]
async fn all_properties_come_with_attachments_and_headers() {
    let world = World::start().await;
    world.drop_mail(SUPPORT, WITH_FILES).await;
    let ews = ews(&world, SUPPORT).await;
    let id = &ews.inbox().await[0];
    let told = ews.done(&get_item(id, ALL)).await;
    assert_eq!(told.text("Body"), "<p>Hello</p>");
    assert_eq!(told.text("InternetMessageId"), "<f@customer.example>");
    assert!(
        told.all("InternetMessageHeader", "HeaderName")
            .contains(&"Message-ID".to_owned())
    );
    let ids = told.all("AttachmentId", "Id");
    let get = |id: &str| {
        format!(
            "<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id=\"{id}\"/></m:AttachmentIds></m:GetAttachment>"
        )
    };
    assert_eq!(ews.done(&get(&ids[0])).await.text("Content"), "aGk=");
    let inner = ews.done(&get(&ids[1])).await;
    assert!(inner.xml.contains("<t:ItemAttachment>"));
    assert!(
        STANDARD
            .decode(inner.text("MimeContent"))
            .unwrap()
            .starts_with(b"Subject: inner")
    );
}

fn update(id: &str, key: &str, resolution: &str, field: &str) -> String {
    format!(
        "<m:UpdateItem MessageDisposition=\"SaveOnly\" ConflictResolution=\"{resolution}\" SuppressReadReceipts=\"true\"><m:ItemChanges><t:ItemChange><t:ItemId Id=\"{id}\"{key}/><t:Updates>{field}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>"
    )
}

const READ: &str = "<t:SetItemField><t:FieldURI FieldURI=\"message:IsRead\"/><t:Message><t:IsRead>true</t:IsRead></t:Message></t:SetItemField>";
const RED: &str = "<t:SetItemField><t:FieldURI FieldURI=\"item:Categories\"/><t:Message><t:Categories><t:String>Red</t:String></t:Categories></t:Message></t:SetItemField>";

#[tokio::test]
async fn what_ews_changes_graph_sees_and_the_other_way_round() {
    let world = World::start().await;
    let immutable = world.drop_mail(SUPPORT, mail("x")).await;
    let ews = ews(&world, SUPPORT).await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let id = &ews.inbox().await[0];
    ews.done(&update(id, "", "AlwaysOverwrite", &format!("{READ}{RED}")))
        .await;
    let seen = graph
        .get_immutable(&format!("/me/messages/{immutable}"))
        .await;
    assert_eq!(
        (&seen["isRead"], &seen["categories"]),
        (&json!(true), &json!(["Red"]))
    );
    let told = ews
        .done(&move_item(
            id,
            "<t:DistinguishedFolderId Id=\"junkemail\"/>",
        ))
        .await;
    assert_ne!(told.all("ItemId", "Id")[0], *id, "a move gives a new id");
    assert_eq!(
        ews.refused(&get_item(id, ID_ONLY)).await,
        "ErrorItemNotFound"
    );
    let away = graph.ask(Method::POST, &format!("/me/messages/{immutable}/move"));
    graph
        .json(away.json(&json!({ "destinationId": "inbox" })))
        .await;
    assert_eq!(ews.inbox().await.len(), 1);
}

#[tokio::test]
async fn change_keys_guard_what_is_not_overwritten() {
    let world = World::start().await;
    world.drop_mail(SUPPORT, mail("x")).await;
    let ews = ews(&world, SUPPORT).await;
    let told = ews.done(&find_item("inbox", "", "")).await;
    let id = &told.all("ItemId", "Id")[0];
    let key = format!(" ChangeKey=\"{}\"", told.all("ItemId", "ChangeKey")[0]);
    let refused = ews.refused(&update(id, "", "AutoResolve", READ)).await;
    assert_eq!(refused, "ErrorChangeKeyRequiredForWriteOperations");
    ews.done(&update(id, &key, "NeverOverwrite", READ)).await;
    let refused = ews.refused(&update(id, &key, "NeverOverwrite", RED)).await;
    assert_eq!(refused, "ErrorIrresolvableConflict");
    ews.done(&update(id, &key, "AutoResolve", RED)).await;
    let without =
        update(id, &key, "AutoResolve", RED).replace(" MessageDisposition=\"SaveOnly\"", "");
    assert_eq!(
        ews.refused(&without).await,
        "ErrorMessageDispositionRequired"
    );
    let subject = "<t:SetItemField><t:FieldURI FieldURI=\"item:Subject\"/><t:Message><t:IsRead>true</t:IsRead></t:Message></t:SetItemField>";
    assert_eq!(
        ews.refused(&update(id, &key, "AutoResolve", subject)).await,
        "ErrorInvalidPropertySet"
    );
}

#[rstest]
#[case("MoveToDeletedItems", 1)]
#[case("HardDelete", 0)]
#[tokio::test]
async fn a_delete_is_soft_or_for_good(#[case] kind: &str, #[case] left: usize) {
    let world = World::start().await;
    world.drop_mail(SUPPORT, mail("x")).await;
    let ews = ews(&world, SUPPORT).await;
    let id = &ews.inbox().await[0];
    ews.done(&format!("<m:DeleteItem DeleteType=\"{kind}\"><m:ItemIds><t:ItemId Id=\"{id}\"/></m:ItemIds></m:DeleteItem>")).await;
    assert_eq!(ews.inbox().await.len(), 0);
    let deleted = ews.done(&find_item("deleteditems", "", "")).await;
    assert_eq!(deleted.count("Message"), left);
}

#[tokio::test]
async fn each_id_has_its_own_answer() {
    let world = World::start().await;
    world.drop_mail(SUPPORT, mail("x")).await;
    world.drop_mail(ANN, mail("y")).await;
    let theirs = ews(&world, ANN).await.inbox().await.remove(0);
    let ews = ews(&world, SUPPORT).await;
    let id = &ews.inbox().await[0];
    let several = get_item(id, ID_ONLY).replace(
        "</m:ItemIds>",
        &format!("<t:ItemId Id=\"{theirs}\"/><t:ItemId Id=\"x\"/><t:ItemId Id=\"\"/></m:ItemIds>"),
    );
    let told = ews.ask(&several).await;
    assert_eq!(
        told.all("GetItemResponseMessage", "ResponseClass"),
        ["Success", "Error", "Error", "Error"]
    );
    for code in [
        "NoError",
        "ErrorAccessDenied",
        "ErrorInvalidIdMalformed",
        "ErrorInvalidIdEmpty",
    ] {
        assert!(
            told.xml.contains(&format!("<m:ResponseCode>{code}<")),
            "{code}"
        );
    }
}
