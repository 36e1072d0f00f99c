//! The grammar once more, written from the schema, and documents of all kinds held against it.

use proptest::prelude::*;
use serde_json::Value;

use super::schema;
use crate::adf::{ImageNames, fit, from_html, from_text, plain, serialised_chars};

const ANYWHERE: [&str; 5] = [
    "paragraph",
    "bulletList",
    "orderedList",
    "codeBlock",
    "mediaSingle",
];

fn children_of(kind: &str) -> Vec<&'static str> {
    let with = |more: &[&'static str]| [&ANYWHERE[..], more].concat();
    match kind {
        "doc" => with(&["heading", "blockquote", "rule", "table"]),
        "tableCell" | "tableHeader" => with(&["heading", "blockquote", "rule"]),
        "blockquote" | "listItem" => ANYWHERE.to_vec(),
        "bulletList" | "orderedList" => vec!["listItem"],
        "table" => vec!["tableRow"],
        "tableRow" => vec!["tableCell", "tableHeader"],
        "paragraph" | "heading" => vec!["text", "hardBreak"],
        "codeBlock" => vec!["text"],
        "mediaSingle" => vec!["media"],
        _ => vec![],
    }
}

/// Panics where a node is not in the grammar.
pub(super) fn check(node: &Value) {
    let kind = node["type"].as_str().unwrap();
    let content = node["content"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let allowed = children_of(kind);
    for child in content {
        let child_kind = child["type"].as_str().unwrap();
        assert!(allowed.contains(&child_kind), "{child_kind} in {kind}");
        check(child);
    }
    match kind {
        "text" => check_text(node),
        "paragraph" | "hardBreak" | "rule" | "media" | "doc" => {}
        "listItem" => assert!(
            ["paragraph", "codeBlock", "mediaSingle"]
                .contains(&content[0]["type"].as_str().unwrap())
        ),
        _ => assert!(!content.is_empty(), "empty {kind}"),
    }
    if kind == "codeBlock" {
        assert!(content.iter().all(|text| text.get("marks").is_none()));
    }
}

fn check_text(node: &Value) {
    let text = node["text"].as_str().unwrap();
    assert!(!text.is_empty());
    assert!(!text.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
    let marks = node["marks"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let names: Vec<&str> = marks
        .iter()
        .map(|mark| mark["type"].as_str().unwrap())
        .collect();
    if names.contains(&"code") {
        assert!(
            names.iter().all(|name| ["code", "link"].contains(name)),
            "{names:?}"
        );
    }
    for mark in marks.iter().filter(|mark| mark["type"] == "link") {
        let href = mark["attrs"]["href"].as_str().unwrap();
        assert!(
            ["http://", "https://", "mailto:", "tel:"]
                .iter()
                .any(|scheme| href.starts_with(scheme)),
            "{href}"
        );
    }
}

/// HTML out of pieces that fit together badly.
fn htmlish() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "p",
        "div",
        "b",
        "code",
        "h1",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "blockquote",
        "pre",
        "hr",
        "br",
        "a href='https://x.example/'",
        "a href='javascript:x'",
        "img src=cid:a alt=q",
        "span style='mso-list:Ignore'",
        "p style='mso-list:l0 level3'",
        "sub",
        "dl",
        "dt",
        "dd",
        "table border=1",
        "td colspan=3",
        "script",
        "title",
    ]);
    let piece = prop_oneof![
        4 => tag.clone().prop_map(|tag| format!("<{tag}>")),
        3 => tag.prop_map(|tag| format!("</{}>", tag.split(' ').next().unwrap_or_default())),
        3 => "[a-z &;<>\u{a0}\u{1}\n]{0,8}",
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn html_is_always_within_the_grammar(html in htmlish(), limit in 200_usize..3_000) {
        let document = from_html(&html, &ImageNames::none());
        schema::check(&document.to_value());
        schema::check(&plain(&document).to_value());
        let fitted = fit(document, limit);
        schema::check(&fitted.document.to_value());
        prop_assert!(serialised_chars(&fitted.document) <= limit);
    }

    #[test]
    fn text_is_always_within_the_grammar(text in any::<String>()) {
        schema::check(&from_text(&text).to_value());
    }
}
