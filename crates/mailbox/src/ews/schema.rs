//! Holds every request of this module to Microsoft's schemas, where they are at hand: `POSTROOM_SPECS` names the folder
//! that has `ews/soap11.xsd`, and `xmllint` is installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::{DateTime, Utc};
use wiremock::MockServer;

use super::EwsClient;
use super::testing::{bodies, items, now, ok, online, refusal, token, when};
use crate::{ChangeCursor, MailboxAddress, Outgoing};

/// Everything that XML treats specially.
const NASTY: &str = "AAMk<\"'&>/+=é\u{1f980}\t";

#[tokio::test]
async fn every_request_is_valid() {
    let server = exchange().await;
    let ews = online(&server);
    for mailbox in [MailboxAddress::Me, MailboxAddress::Shared(NASTY.into())] {
        for folder in ["inbox", NASTY] {
            everything(&ews, &mailbox, folder).await;
        }
    }
    let bodies = bodies(&server).await;
    for operation in [
        "GetFolder",
        "FindFolder",
        "SyncFolderItems",
        "GetItem",
        "FindItem",
        "UpdateItem",
        "MoveItem",
        "DeleteItem",
        "CreateItem",
    ] {
        let opening = format!("<m:{operation}");
        assert!(
            bodies.iter().any(|body| body.contains(&opening)),
            "{operation}"
        );
    }
    let Some(schema) = schema() else {
        eprintln!("not validated: POSTROOM_SPECS is not set, or xmllint is not installed");
        return;
    };
    validate(&schema, &bodies);
}

/// Answers every operation; the first change of a message wants a change key.
async fn exchange() -> MockServer {
    let server = MockServer::start().await;
    let item = items(
        "<t:Message><t:MimeContent>QUJD</t:MimeContent><t:ItemId Id=\"A\" ChangeKey=\"&lt;K\"/></t:Message>",
    );
    let found = "<m:RootFolder IncludesLastItemInRange=\"true\"/>";
    when("UpdateItem")
        .respond_with(refusal("UpdateItem", "ErrorChangeKeyRequired"))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    for (operation, inner) in [
        (
            "GetFolder",
            "<m:Folders><t:Folder><t:FolderId Id=\"F\"/></t:Folder></m:Folders>",
        ),
        ("FindFolder", found),
        (
            "SyncFolderItems",
            "<m:SyncState>S</m:SyncState><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>",
        ),
        ("FindItem", found),
        ("GetItem", &item),
        ("CreateItem", &item),
        ("UpdateItem", &item),
        ("MoveItem", &item),
        ("DeleteItem", ""),
    ] {
        let mock = when(operation).respond_with(ok(operation, inner));
        mock.mount(&server).await;
    }
    server
}

async fn everything(ews: &EwsClient, mailbox: &MailboxAddress, folder: &str) {
    let token = &token();
    ews.mailbox_folder(token, mailbox, folder).await.unwrap();
    ews.folders(token, mailbox, None).await.unwrap();
    ews.folders(token, mailbox, Some(folder)).await.unwrap();
    sync(ews, mailbox, folder, None).await;
    sync(ews, mailbox, folder, Some(now())).await;
    ews.message(token, mailbox, NASTY).await.unwrap();
    ews.raw(token, mailbox, NASTY, 99).await.unwrap();
    ews.mark_read(token, mailbox, NASTY).await.unwrap();
    ews.categorise(token, mailbox, NASTY, NASTY).await.unwrap();
    ews.move_to(token, mailbox, NASTY, folder).await.unwrap();
    ews.delete(token, mailbox, NASTY).await.unwrap();
    ews.list_messages(token, mailbox, folder, None)
        .await
        .unwrap();
    ews.list_messages(token, mailbox, folder, Some(now()))
        .await
        .unwrap();
    ews.find_sent(token, mailbox, NASTY).await.unwrap();
    let mail = Outgoing {
        mime: NASTY.as_bytes(),
        message_id: NASTY,
        from: None,
    };
    ews.send(token, mailbox, &mail).await.unwrap();
    ews.test_draft(token, mailbox).await.unwrap();
    ews.list_one(token, mailbox, folder).await.unwrap();
    ews.send_nothing(token, mailbox, "a&<b>@c.example")
        .await
        .unwrap();
}

async fn sync(
    ews: &EwsClient,
    mailbox: &MailboxAddress,
    folder: &str,
    since: Option<DateTime<Utc>>,
) {
    for state in [None, Some(NASTY.to_owned())] {
        let cursor = ChangeCursor {
            folder: folder.to_owned(),
            since,
            state,
        };
        ews.sync_page(&token(), mailbox, &cursor, 1_000)
            .await
            .unwrap();
    }
}

fn schema() -> Option<PathBuf> {
    let specs = PathBuf::from(std::env::var_os("POSTROOM_SPECS")?);
    let installed = Command::new("xmllint")
        .arg("--version")
        .stderr(Stdio::null())
        .status();
    installed.ok()?;
    Some(specs.join("ews/soap11.xsd"))
}

/// All at once: reading the schemas takes far longer than a request.
fn validate(schema: &Path, requests: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    for (number, request) in requests.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{number}.xml")), request).unwrap();
    }
    let files = std::fs::read_dir(folder.path()).unwrap();
    let output = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .args(files.map(|file| file.unwrap().path()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert_eq!(said.matches(" validates").count(), requests.len());
}
