use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::Method;
use serde_json::json;

use super::client::{Ews, ews, find_item};
use crate::world::{ANN, SUPPORT, World};

fn create(disposition: &str, folder: &str, message: &str) -> String {
    format!(
        "<m:CreateItem MessageDisposition=\"{disposition}\">{folder}<m:Items><t:Message>{message}</t:Message></m:Items></m:CreateItem>"
    )
}

fn mime(from: &str) -> String {
    let raw = format!(
        "From: {from}\r\nTo: carl@customer.example\r\nSubject: Re: x\r\nMessage-ID: <own@contoso.example>\r\nIn-Reply-To: <x@customer.example>\r\n\r\nHello\r\n"
    );
    format!(
        "<t:MimeContent CharacterSet=\"UTF-8\">{}</t:MimeContent>",
        STANDARD.encode(raw)
    )
}

async fn count(ews: &Ews<'_>, folder: &str) -> usize {
    ews.done(&find_item(folder, "", "")).await.count("Message")
}

#[tokio::test]
async fn mime_is_sent_as_it_is_with_or_without_a_copy() {
    let world = World::start().await;
    let ews = ews(&world, SUPPORT).await;
    let told = ews
        .done(&create("SendAndSaveCopy", "", &mime(SUPPORT)))
        .await;
    assert_eq!((told.count("Items"), told.count("ItemId")), (1, 0));
    ews.done(&create("SendOnly", "", &mime(SUPPORT))).await;
    assert_eq!(count(&ews, "sentitems").await, 1);
    let arrived = world
        .look("/microsoft/mailboxes/carl@customer.example/mails")
        .await;
    assert_eq!(arrived.as_array().unwrap().len(), 2);
    assert_eq!(arrived[0]["internet_message_id"], "<own@contoso.example>");
}

#[tokio::test]
async fn another_sender_needs_send_as() {
    let world = World::start().await;
    let ews = ews(&world, ANN).await;
    let as_support = create("SendOnly", "", &mime(SUPPORT));
    let full_access = json!({ "mailbox": SUPPORT, "delegate": ANN });
    world
        .control(Method::POST, "/microsoft/delegations", &full_access)
        .await;
    assert_eq!(ews.refused(&as_support).await, "ErrorSendAsDenied");
    let send_as = json!({ "mailbox": SUPPORT, "delegate": ANN, "send_as": true });
    world
        .control(Method::POST, "/microsoft/delegations", &send_as)
        .await;
    let folder = format!(
        "<m:SavedItemFolderId><t:DistinguishedFolderId Id=\"sentitems\"><t:Mailbox><t:EmailAddress>{SUPPORT}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:SavedItemFolderId>"
    );
    ews.done(&create("SendAndSaveCopy", &folder, &mime(SUPPORT)))
        .await;
    assert_eq!(
        count(&ews, "sentitems").await,
        0,
        "the copy is in the shared mailbox"
    );
    let sent = world
        .look(&format!(
            "/microsoft/mailboxes/{SUPPORT}/mails?folder=sentitems"
        ))
        .await;
    assert_eq!(sent.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_draft_is_sent_by_its_id_and_change_key() {
    let world = World::start().await;
    let ews = ews(&world, SUPPORT).await;
    let message = "<t:Subject>Elements</t:Subject><t:Body BodyType=\"Text\">Hello</t:Body><t:Attachments><t:FileAttachment><t:Name>a.txt</t:Name><t:ContentType>text/plain</t:ContentType><t:Content>aGk=</t:Content></t:FileAttachment></t:Attachments><t:ToRecipients><t:Mailbox><t:Name>Carl</t:Name><t:EmailAddress>carl@customer.example</t:EmailAddress></t:Mailbox></t:ToRecipients>";
    let draft = ews.done(&create("SaveOnly", "", message)).await;
    assert_eq!(count(&ews, "drafts").await, 1);
    let (id, key) = (
        &draft.all("ItemId", "Id")[0],
        &draft.all("ItemId", "ChangeKey")[0],
    );
    let send = |key: &str| {
        format!(
            "<m:SendItem SaveItemToFolder=\"true\"><m:ItemIds><t:ItemId Id=\"{id}\"{key}/></m:ItemIds></m:SendItem>"
        )
    };
    assert_eq!(ews.refused(&send("")).await, "ErrorChangeKeyRequired");
    assert_eq!(
        ews.refused(&send(" ChangeKey=\"x\"")).await,
        "ErrorStaleObject"
    );
    ews.done(&send(&format!(" ChangeKey=\"{key}\""))).await;
    assert_eq!(
        (count(&ews, "drafts").await, count(&ews, "sentitems").await),
        (0, 1)
    );
    let arrived = world
        .look("/microsoft/mailboxes/carl@customer.example/mails")
        .await;
    assert_eq!(arrived[0]["subject"], "Elements");
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_with_its_code() {
    let world = World::start().await;
    let ews = ews(&world, SUPPORT).await;
    let bad = "<t:MimeContent>not base64!</t:MimeContent>";
    assert_eq!(
        ews.refused(&create("SendOnly", "", bad)).await,
        "ErrorMimeContentInvalidBase64String"
    );
    let nobody = "<t:Subject>x</t:Subject>";
    assert_eq!(
        ews.refused(&create("SendOnly", "", nobody)).await,
        "ErrorInvalidRecipients"
    );
    let unsaid =
        create("SendOnly", "", &mime(SUPPORT)).replace(" MessageDisposition=\"SendOnly\"", "");
    assert_eq!(
        ews.refused(&unsaid).await,
        "ErrorMessageDispositionRequired"
    );
    assert!(
        world
            .look("/microsoft/external")
            .await
            .as_array()
            .unwrap()
            .is_empty()
    );
}
