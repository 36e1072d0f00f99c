use serde_json::json;

use super::*;

fn judge(document: &Value) -> Result<(), AdfProblem> {
    AdfRules { schema: None }.check(document, |id| id == "known")
}

fn doc(content: &Value) -> Value {
    json!({"type": "doc", "version": 1, "content": content})
}

#[test]
fn text_becomes_paragraphs_that_are_taken() {
    let document = from_text("one\ntwo\r\n\r\nthree\n\n\n");
    assert_eq!(document["content"].as_array().unwrap().len(), 2);
    assert_eq!(document["content"][0]["content"][1]["type"], "hardBreak");
    judge(&document).unwrap();
}

#[test]
fn a_string_is_no_document() {
    assert_eq!(judge(&json!("text")), Err(AdfProblem::NotADocument));
}

#[test]
fn the_serialised_document_counts_against_the_limit() {
    let fits = doc(
        &json!([{"type": "paragraph", "content": [{"type": "text", "text": "x".repeat(32_600)}]}]),
    );
    judge(&fits).unwrap();
    let text = "x".repeat(32_767);
    let over = doc(&json!([{"type": "paragraph", "content": [{"type": "text", "text": text}]}]));
    assert_eq!(judge(&over), Err(AdfProblem::TooLong));
}

#[test]
fn empty_text_and_unknown_nodes_are_refused() {
    for bad in [
        json!([{"type": "paragraph", "content": [{"type": "text", "text": ""}]}]),
        json!([{"type": "heading", "attrs": {"level": 7}, "content": []}]),
        json!([{"type": "blockquote", "content": [{"type": "table", "content": []}]}]),
        json!([{"type": "blink", "content": []}]),
        json!([{"type": "text", "text": "inline at the top"}]),
        json!([{"type": "bulletList", "content": [{"type": "paragraph", "content": []}]}]),
        json!([{"type": "paragraph", "content": [{"type": "text", "text": "x", "marks": [{"type": "blink"}]}]}]),
    ] {
        assert!(
            matches!(judge(&doc(&bad)), Err(AdfProblem::Invalid(_))),
            "{bad}"
        );
    }
    assert!(judge(&json!({"type": "doc", "version": 2, "content": []})).is_err());
}

#[test]
fn a_file_must_be_in_the_media_store() {
    let with = |attrs: Value| {
        doc(&json!([{"type": "mediaSingle", "content": [{"type": "media", "attrs": attrs}]}]))
    };
    judge(&with(
        json!({"type": "file", "id": "known", "collection": ""}),
    ))
    .unwrap();
    judge(&with(
        json!({"type": "external", "url": "https://example.com/a.png"}),
    ))
    .unwrap();
    let unknown = with(json!({"type": "file", "id": "10001", "collection": ""}));
    assert_eq!(judge(&unknown), Err(AdfProblem::UnknownMedia));
}
