use wiremock::MockServer;
use wiremock::matchers::body_string_contains;

use super::super::testing::{bodies, now, ok, online, shared, token, when};
use super::*;

fn page(attributes: &str, ids: &[&str]) -> String {
    let items = ids
        .iter()
        .map(|id| format!("<t:Message><t:ItemId Id=\"{id}\"/></t:Message>"));
    format!(
        "<m:RootFolder {attributes}><t:Items>{}</t:Items></m:RootFolder>",
        items.collect::<String>()
    )
}

#[tokio::test]
async fn short_and_empty_pages_do_not_end_a_listing() {
    let server = MockServer::start().await;
    for (offset, answer) in [
        (
            0,
            page(
                "IndexedPagingOffset=\"1\" IncludesLastItemInRange=\"false\"",
                &["A"],
            ),
        ),
        (
            1,
            page(
                "IndexedPagingOffset=\"250\" IncludesLastItemInRange=\"false\"",
                &[],
            ),
        ),
        (250, page("IncludesLastItemInRange=\"true\"", &["B"])),
    ] {
        when("FindItem")
            .and(body_string_contains(format!(" Offset=\"{offset}\"")))
            .respond_with(ok("FindItem", &answer))
            .expect(1)
            .mount(&server)
            .await;
    }
    let listed = online(&server)
        .list_messages(&token(), &shared(), "inbox", Some(now()))
        .await
        .unwrap();
    let ids: Vec<_> = listed.into_iter().map(|head| head.id).collect();
    assert_eq!(ids, ["A", "B"]);
    assert!(bodies(&server).await[2].contains(
        "<t:IsGreaterThanOrEqualTo><t:FieldURI FieldURI=\"item:DateTimeReceived\"></t:FieldURI>\
         <t:FieldURIOrConstant><t:Constant Value=\"2026-11-24T05:00:00Z\">"
    ));
}

#[tokio::test]
async fn pages_in_a_circle_end_with_an_error_and_not_with_half_a_list() {
    let server = MockServer::start().await;
    let again = page(
        "IndexedPagingOffset=\"0\" IncludesLastItemInRange=\"false\"",
        &["A"],
    );
    when("FindItem")
        .respond_with(ok("FindItem", &again))
        .expect(1)
        .mount(&server)
        .await;
    let error = online(&server)
        .list_messages(&token(), &shared(), "inbox", None)
        .await
        .unwrap_err();
    assert!(matches!(error, MailboxError::Repeating(_)));
    assert!(!bodies(&server).await[0].contains("m:Restriction"));
}

#[tokio::test]
async fn a_message_is_found_by_its_message_id_with_or_without_brackets() {
    let server = MockServer::start().await;
    let id = "Value=\"&lt;it&apos;s&amp;1@x.example&gt;\"";
    when("FindItem")
        .and(body_string_contains(id))
        .and(body_string_contains(
            "FieldURI=\"message:InternetMessageId\"",
        ))
        .respond_with(ok(
            "FindItem",
            &page("IncludesLastItemInRange=\"false\"", &["S"]),
        ))
        .expect(2)
        .mount(&server)
        .await;
    when("FindItem")
        .respond_with(ok(
            "FindItem",
            &page("IncludesLastItemInRange=\"true\"", &[]),
        ))
        .with_priority(9)
        .mount(&server)
        .await;
    let (ews, token, mailbox) = (online(&server), token(), shared());
    for (asked, expected) in [
        ("it's&1@x.example", Some("S")),
        (" <it's&1@x.example> ", Some("S")),
        ("<other@x.example>", None),
    ] {
        let found = ews
            .find_by_message_id(&token, &mailbox, "inbox", asked)
            .await;
        assert_eq!(
            found.unwrap().map(|head| head.id).as_deref(),
            expected,
            "{asked}"
        );
    }
}
