//! The built-in check: known nodes in their places, texts that are not empty, known marks.
//!
//! Source: Atlassian's page "Atlassian Document Format" (its hierarchy of nodes and marks).

use serde_json::Value;

use super::AdfProblem;

/// What nearly every place for blocks holds.
const PLAIN: [&str; 6] = [
    "paragraph",
    "bulletList",
    "orderedList",
    "codeBlock",
    "mediaSingle",
    "mediaGroup",
];
const INLINES: [&str; 8] = [
    "text",
    "hardBreak",
    "mention",
    "emoji",
    "inlineCard",
    "date",
    "status",
    "mediaInline",
];
const MARKS: [&str; 12] = [
    "strong",
    "em",
    "code",
    "strike",
    "underline",
    "subsup",
    "textColor",
    "backgroundColor",
    "link",
    "alignment",
    "indentation",
    "border",
];

/// Judges the whole document.
pub(super) fn check(document: &Value) -> Result<(), AdfProblem> {
    if document["type"] != "doc" || document["version"] != 1 {
        return Err(invalid("", "a document has type doc and version 1"));
    }
    if !document["content"].is_array() {
        return Err(invalid("", "a document has a content list"));
    }
    inside("doc", document, "")
}

fn inside(parent: &str, node: &Value, at: &str) -> Result<(), AdfProblem> {
    let Some(content) = node.get("content") else {
        return Ok(());
    };
    let content = content
        .as_array()
        .ok_or_else(|| invalid(at, "content must be a list"))?;
    for (index, child) in content.iter().enumerate() {
        let at = format!("{at}/content/{index}");
        let kind = child["type"]
            .as_str()
            .ok_or_else(|| invalid(&at, "a node has a type"))?;
        if !may_hold(parent, kind) {
            return Err(invalid(&at, &format!("{parent} cannot hold {kind}")));
        }
        if kind == "text" && child["text"].as_str().is_none_or(str::is_empty) {
            return Err(invalid(&at, "a text must not be empty"));
        }
        attributes(kind, &child["attrs"], &at)?;
        marks(child, &at)?;
        inside(kind, child, &at)?;
    }
    Ok(())
}

fn may_hold(parent: &str, child: &str) -> bool {
    let plain = PLAIN.contains(&child);
    let more = matches!(child, "heading" | "rule" | "taskList" | "decisionList");
    let boxes = matches!(child, "panel" | "blockquote");
    let cards = matches!(child, "blockCard" | "embedCard");
    match parent {
        "doc" => plain || more || boxes || cards || matches!(child, "table" | "expand"),
        "expand" => plain || more || boxes || cards || matches!(child, "table" | "nestedExpand"),
        "tableCell" | "tableHeader" => plain || more || boxes || cards || child == "nestedExpand",
        "nestedExpand" => plain || more || boxes,
        "panel" => plain || more || child == "blockCard",
        "blockquote" => plain,
        "listItem" => plain && child != "mediaGroup" || child == "taskList",
        "bulletList" | "orderedList" => child == "listItem",
        "taskList" => matches!(child, "taskItem" | "taskList" | "blockTaskItem"),
        "blockTaskItem" => child == "paragraph",
        "decisionList" => child == "decisionItem",
        "table" => child == "tableRow",
        "tableRow" => matches!(child, "tableCell" | "tableHeader"),
        "mediaSingle" => matches!(child, "media" | "caption"),
        "mediaGroup" => child == "media",
        "codeBlock" => child == "text",
        "paragraph" | "heading" | "taskItem" | "decisionItem" => INLINES.contains(&child),
        "caption" => INLINES.contains(&child) && child != "mediaInline",
        _ => false,
    }
}

/// The attributes without which a node means nothing.
fn attributes(kind: &str, attrs: &Value, at: &str) -> Result<(), AdfProblem> {
    let text = |name: &str| attrs[name].as_str().is_some_and(|text| !text.is_empty());
    let (fits, why) = match kind {
        "heading" => (
            attrs["level"]
                .as_u64()
                .is_some_and(|level| (1..=6).contains(&level)),
            "a heading has a level from 1 to 6",
        ),
        "media" if attrs["type"] == "external" => (text("url"), "external media have a url"),
        "media" | "mediaInline" => (text("id"), "media have an id"),
        "mention" => (text("id"), "a mention has an id"),
        "emoji" => (text("shortName"), "an emoji has a shortName"),
        "date" => (text("timestamp"), "a date has a timestamp"),
        _ => (true, ""),
    };
    if fits { Ok(()) } else { Err(invalid(at, why)) }
}

fn marks(node: &Value, at: &str) -> Result<(), AdfProblem> {
    let marks = node["marks"].as_array().into_iter().flatten();
    let mut kinds = Vec::new();
    for mark in marks {
        let kind = mark["type"].as_str().unwrap_or_default();
        if !MARKS.contains(&kind) {
            return Err(invalid(at, "there is no such mark"));
        }
        if kind == "link" && mark["attrs"]["href"].as_str().is_none_or(str::is_empty) {
            return Err(invalid(at, "a link needs its href"));
        }
        kinds.push(kind);
    }
    let code_beside = |kind: &&str| !matches!(*kind, "code" | "link");
    if kinds.contains(&"code") && kinds.iter().any(code_beside) {
        return Err(invalid(at, "code goes with link alone"));
    }
    Ok(())
}

fn invalid(at: &str, why: &str) -> AdfProblem {
    AdfProblem::Invalid(format!("{at} {why}").trim_start().to_owned())
}
