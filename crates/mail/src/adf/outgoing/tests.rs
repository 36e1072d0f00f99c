use serde_json::json;

use super::*;

fn comment() -> Value {
    json!({ "type": "doc", "version": 1, "content": [
        { "type": "paragraph", "content": [
            { "type": "text", "text": "Hello " },
            { "type": "mention", "attrs": { "id": "1", "text": "@Carl" } },
            { "type": "text", "text": " <b> & ", "marks": [{ "type": "strong" }] },
            { "type": "emoji", "attrs": { "shortName": ":smile:", "text": "😄" } },
            { "type": "hardBreak" },
            { "type": "text", "text": "here", "marks": [{ "type": "link", "attrs": { "href": "https://x.example/?a=\"b\"" } }] },
            { "type": "text", "text": "bad", "marks": [{ "type": "link", "attrs": { "href": "javascript:x" } }] },
        ] },
        { "type": "orderedList", "attrs": { "order": 2 }, "content": [
            { "type": "listItem", "content": [
                { "type": "paragraph", "content": [{ "type": "text", "text": "one" }] },
                { "type": "bulletList", "content": [
                    { "type": "listItem", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "in" }] }] } ] } ] },
            { "type": "listItem", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "two" }] }] } ] },
        { "type": "panel", "attrs": { "panelType": "info" }, "content": [
            { "type": "paragraph", "content": [{ "type": "text", "text": "note" }] }] },
        { "type": "codeBlock", "content": [{ "type": "text", "text": "a\n  <b>" }] },
        { "type": "mediaSingle", "content": [{ "type": "media", "attrs": { "type": "file", "id": "x", "alt": "shot.png" } }] },
        { "type": "table", "content": [{ "type": "tableRow", "content": [
            { "type": "tableHeader", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "k" }] }] },
            { "type": "tableCell", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "v" }] }] } ] }] },
        { "type": "somethingNew", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "kept" }] }] },
    ] })
}

#[test]
fn comment_reads_as_text() {
    let expected = "Hello @Carl <b> & 😄\nhere <https://x.example/?a=\"b\">bad\n\n2. one\n\n   * in\n3. two\n\nnote\n\na\n  <b>\n\n\
                    [attachment: shot.png]\n\nk | v\n\nkept";
    assert_eq!(to_text(&comment()), expected);
}

#[test]
fn comment_is_html_with_everything_escaped() {
    let html = to_html(&comment());
    for piece in [
        "Hello @Carl<strong> &lt;b&gt; &amp; </strong>😄<br>",
        "<a href=\"https://x.example/?a=&quot;b&quot;\">here</a>bad",
        "<ol start=\"2\">\n<li><p>one</p>\n<ul>\n<li><p>in</p>",
        "<pre>a\n  &lt;b&gt;</pre>",
        "[attachment: shot.png]",
        "<th><p>k</p>\n</th><td><p>v</p>\n</td>",
        "<p>kept</p>",
    ] {
        assert!(html.contains(piece), "{piece} in {html}");
    }
    assert!(!html.contains("javascript"));
}

#[test]
fn any_json_is_rendered() {
    for value in [
        json!(null),
        json!([1]),
        json!({ "type": 5, "content": {} }),
        json!({ "type": "text" }),
    ] {
        assert_eq!(
            (to_html(&value), to_text(&value)),
            (String::new(), String::new())
        );
    }
    let mut deep = json!({ "type": "text", "text": "deep" });
    for _ in 0..300 {
        deep = json!({ "type": "panel", "content": [deep] });
    }
    assert!(!to_html(&deep).contains("deep") && !to_text(&deep).contains("deep"));
}

#[test]
fn our_own_documents_read_back() {
    let document = crate::adf::from_html(
        "<p>a <b>b</b></p><ul><li>c</ul>",
        &crate::adf::ImageNames::none(),
    );
    assert_eq!(to_text(&document.to_value()), "a b\n\n* c");
    assert_eq!(
        to_html(&document.to_value()),
        "<p>a <strong>b</strong></p>\n<ul>\n<li><p>c</p>\n</li>\n</ul>\n"
    );
}
