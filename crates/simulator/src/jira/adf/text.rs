//! A document as plain text, for searches.

use serde_json::Value;

use super::children;

/// All its text; blocks end with a line break.
pub(crate) fn plain(document: &Value) -> String {
    let mut out = String::new();
    write(document, &mut out);
    out.trim_end().to_owned()
}

fn write(node: &Value, out: &mut String) {
    match node["type"].as_str().unwrap_or_default() {
        "text" => out.push_str(node["text"].as_str().unwrap_or_default()),
        "hardBreak" => out.push('\n'),
        "mention" | "status" | "emoji" => {
            out.push_str(node["attrs"]["text"].as_str().unwrap_or_default());
        }
        "inlineCard" | "blockCard" => {
            out.push_str(node["attrs"]["url"].as_str().unwrap_or_default());
        }
        "paragraph" | "heading" | "codeBlock" | "taskItem" | "decisionItem" => {
            children(node).for_each(|child| write(child, out));
            out.push('\n');
        }
        _ => children(node).for_each(|child| write(child, out)),
    }
}
