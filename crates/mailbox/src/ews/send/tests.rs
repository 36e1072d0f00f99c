use wiremock::MockServer;
use wiremock::matchers::body_string_contains;

use super::super::testing::{at, ok, online, refusal, shared, token, when};
use super::*;

const MAIL: Outgoing<'_> = Outgoing {
    mime: b"To: x\r\n\r\nhello",
    message_id: "1@x.example",
    from: None,
};

async fn send(server: &MockServer) -> Result<Sent, MailboxError> {
    online(server).send(&token(), &shared(), &MAIL).await
}

#[tokio::test]
async fn a_message_goes_as_base64_and_its_copy_to_the_mailboxs_own_sent_items() {
    let server = MockServer::start().await;
    let mime = STANDARD.encode("To: x\r\n\r\nhello");
    when("CreateItem MessageDisposition=\"SendAndSaveCopy\"")
        .and(body_string_contains(format!(">{mime}</t:MimeContent>")))
        .and(body_string_contains(
            "<m:SavedItemFolderId><t:DistinguishedFolderId Id=\"sentitems\"><t:Mailbox>\
             <t:EmailAddress>help@contoso.example</t:EmailAddress>",
        ))
        .respond_with(ok("CreateItem", "<m:Items/>"))
        .expect(1)
        .mount(&server)
        .await;
    send(&server).await.unwrap();
}

#[tokio::test]
async fn a_refusal_says_why_and_nothing_is_sent_twice() {
    let server = MockServer::start().await;
    for code in [
        "ErrorSendAsDenied",
        "ErrorMessageSizeExceeded",
        "ErrorInternalServerError",
    ] {
        when("CreateItem")
            .respond_with(refusal("CreateItem", code))
            .up_to_n_times(1)
            .expect(1)
            .mount(&server)
            .await;
    }
    assert!(matches!(
        send(&server).await,
        Err(MailboxError::SendAsDenied(_))
    ));
    assert!(matches!(
        send(&server).await,
        Err(MailboxError::TooLarge { .. })
    ));
    assert!(send(&server).await.unwrap_err().maybe_done());
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_request_leaves_the_outcome_unknown() {
    use tokio::io::AsyncReadExt as _;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "http://{}/EWS/Exchange.asmx",
        listener.local_addr().unwrap()
    );
    let server = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        assert_ne!(socket.read(&mut [0; 4096]).await.unwrap(), 0);
    });
    let sent = at(&url).send(&token(), &shared(), &MAIL).await;
    let error = sent.unwrap_err();
    assert!(error.maybe_done(), "{error:?}");
    server.await.unwrap();
}

#[tokio::test]
async fn a_sent_copy_is_looked_for_in_sent_items() {
    let server = MockServer::start().await;
    let found = "<m:RootFolder IncludesLastItemInRange=\"true\"><t:Items><t:Message><t:ItemId Id=\"S\"/>\
                 <t:InternetMessageId>&lt;1@x.example&gt;</t:InternetMessageId></t:Message></t:Items></m:RootFolder>";
    when("FindItem")
        .and(body_string_contains(
            "<m:ParentFolderIds><t:DistinguishedFolderId Id=\"sentitems\"><t:Mailbox>",
        ))
        .and(body_string_contains("Value=\"&lt;1@x.example&gt;\""))
        .respond_with(ok("FindItem", found))
        .expect(1)
        .mount(&server)
        .await;
    let sent = online(&server)
        .find_sent(&token(), &shared(), "<1@x.example>")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (sent.id.as_str(), sent.internet_message_id.as_deref()),
        ("S", Some("<1@x.example>"))
    );
}
