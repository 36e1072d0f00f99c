//! The built-in check: known nodes in their places, texts that are not empty, known marks.
//!
//! Source: Atlassian's page "Atlassian Document Format" (its hierarchy of nodes and marks).

use serde_json::Value;

use super::AdfProblem;

const BLOCKS: [&str; 16] = [
    "blockquote",
    "bulletList",
    "codeBlock",
    "expand",
    "heading",
    "mediaGroup",
    "mediaSingle",
    "orderedList",
    "panel",
    "paragraph",
    "rule",
    "table",
    "taskList",
    "decisionList",
    "blockCard",
    "embedCard",
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
        marks(child, &at)?;
        inside(kind, child, &at)?;
    }
    Ok(())
}

fn may_hold(parent: &str, child: &str) -> bool {
    match parent {
        "bulletList" | "orderedList" => child == "listItem",
        "taskList" => matches!(child, "taskItem" | "taskList" | "blockTaskItem"),
        "decisionList" => child == "decisionItem",
        "table" => child == "tableRow",
        "tableRow" => matches!(child, "tableCell" | "tableHeader"),
        "mediaSingle" => matches!(child, "media" | "caption"),
        "mediaGroup" => child == "media",
        "codeBlock" => child == "text",
        "paragraph" | "heading" | "taskItem" | "decisionItem" | "caption" => {
            INLINES.contains(&child)
        }
        "listItem" => matches!(
            child,
            "paragraph" | "bulletList" | "orderedList" | "taskList" | "codeBlock" | "mediaSingle"
        ),
        "tableCell" | "tableHeader" => child == "nestedExpand" || BLOCKS.contains(&child),
        "doc" | "blockquote" | "panel" | "expand" | "nestedExpand" => BLOCKS.contains(&child),
        _ => false,
    }
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
