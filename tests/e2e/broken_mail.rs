use postroom_tests::story::{self, all_ended};

use crate::support::{connected, stack};

/// A mail that cannot be parsed whole is delivered as far as it can be read, with the original attached.
#[tokio::test(flavor = "multi_thread")]
async fn a_broken_mail_is_delivered_with_its_original() {
    let stack = stack().await;
    let (panel, source) = connected(&stack).await;
    let raw = b"From: Carl <carl@customer.example>\r\nSubject: half\r\nContent-Type: multipart/mixed; \
        boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nThe first half.\r\n--x\r\nContent-Type: \
        image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!! not base64";
    story::drop_mail(&stack, raw.to_vec()).await.unwrap();
    all_ended(&panel, &source.source_id, 1).await.unwrap();
    let issues = story::issues(&stack, "acme").await.unwrap();
    assert_eq!(issues.len(), 1);
    assert!(
        issues[0]["description"]
            .to_string()
            .contains("The first half.")
    );
    let files = issues[0]["attachments"].as_array().unwrap();
    let original = files.iter().find(|file| file["filename"] == "original.eml");
    assert_eq!(original.unwrap()["size"], raw.len());
    stack.stop().await.unwrap();
}
