//! A document as wiki markup, which is what webhooks carry in place of ADF.

use serde_json::Value;

use super::children;

/// The document in Jira's wiki markup.
pub(crate) fn wiki(document: &Value) -> String {
    let mut out = String::new();
    blocks(document, "", &mut out);
    out.trim_end().to_owned()
}

fn blocks(parent: &Value, bullet: &str, out: &mut String) {
    for node in children(parent) {
        block(node, bullet, out);
    }
}

fn block(node: &Value, bullet: &str, out: &mut String) {
    match node["type"].as_str().unwrap_or_default() {
        "paragraph" => {
            out.push_str(&inlines(node));
            out.push_str(if bullet.is_empty() { "\n\n" } else { "\n" });
        }
        "heading" => {
            let level = node["attrs"]["level"].as_u64().unwrap_or(1);
            out.push_str(&format!("h{level}. {}\n\n", inlines(node)));
        }
        "rule" => out.push_str("----\n\n"),
        "codeBlock" => {
            let language = node["attrs"]["language"].as_str();
            let language = language.map_or(String::new(), |name| format!(":{name}"));
            out.push_str(&format!(
                "{{code{language}}}\n{}\n{{code}}\n\n",
                inlines(node)
            ));
        }
        "blockquote" => wrapped(node, "quote", out),
        "panel" => wrapped(node, "panel", out),
        "bulletList" => list(node, &format!("{bullet}*"), out),
        "orderedList" => list(node, &format!("{bullet}#"), out),
        "table" => table(node, out),
        "media" => out.push_str(&format!("!{}!\n\n", media_name(node))),
        _ => blocks(node, bullet, out),
    }
}

fn wrapped(node: &Value, word: &str, out: &mut String) {
    let mut inner = String::new();
    blocks(node, "", &mut inner);
    out.push_str(&format!("{{{word}}}\n{}\n{{{word}}}\n\n", inner.trim_end()));
}

fn list(node: &Value, bullet: &str, out: &mut String) {
    for item in children(node) {
        out.push_str(bullet);
        out.push(' ');
        blocks(item, bullet, out);
    }
    if bullet.len() == 1 {
        out.push('\n');
    }
}

fn table(node: &Value, out: &mut String) {
    for row in children(node) {
        for cell in children(row) {
            let mut inner = String::new();
            blocks(cell, "", &mut inner);
            let bar = if cell["type"] == "tableHeader" {
                "||"
            } else {
                "|"
            };
            out.push_str(&format!("{bar}{}", inner.trim()));
        }
        out.push_str("|\n");
    }
    out.push('\n');
}

fn inlines(node: &Value) -> String {
    children(node).map(inline).collect()
}

fn inline(node: &Value) -> String {
    let attrs = &node["attrs"];
    let attr = |name: &str| attrs[name].as_str().unwrap_or_default();
    match node["type"].as_str().unwrap_or_default() {
        "text" => marked(node),
        "hardBreak" => "\n".to_owned(),
        "mention" => format!("[~accountid:{}]", attr("id")),
        "emoji" | "status" => attr("text").to_owned(),
        "inlineCard" => format!("[{}]", attr("url")),
        "mediaInline" => format!("!{}!", media_name(node)),
        _ => String::new(),
    }
}

fn marked(node: &Value) -> String {
    let mut text = node["text"].as_str().unwrap_or_default().to_owned();
    for mark in node["marks"].as_array().into_iter().flatten() {
        text = match mark["type"].as_str().unwrap_or_default() {
            "strong" => format!("*{text}*"),
            "em" => format!("_{text}_"),
            "code" => format!("{{{{{text}}}}}"),
            "strike" => format!("-{text}-"),
            "underline" => format!("+{text}+"),
            "link" => {
                let href = mark["attrs"]["href"].as_str().unwrap_or_default();
                if href == text {
                    format!("[{href}]")
                } else {
                    format!("[{text}|{href}]")
                }
            }
            _ => text,
        };
    }
    text
}

fn media_name(node: &Value) -> &str {
    let attrs = &node["attrs"];
    ["url", "alt", "id"]
        .iter()
        .find_map(|name| attrs[*name].as_str())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn marks_lists_and_links() {
        let document = json!({"type": "doc", "version": 1, "content": [
            {"type": "paragraph", "content": [
                {"type": "text", "text": "Hello "},
                {"type": "text", "text": "you", "marks": [{"type": "strong"}]},
                {"type": "hardBreak"},
                {"type": "text", "text": "here", "marks": [{"type": "link", "attrs": {"href": "https://a.b"}}]}]},
            {"type": "bulletList", "content": [{"type": "listItem", "content": [
                {"type": "paragraph", "content": [{"type": "text", "text": "one"}]}]}]},
            {"type": "blockquote", "content": [
                {"type": "paragraph", "content": [{"type": "text", "text": "quoted"}]}]},
        ]});
        assert_eq!(
            wiki(&document),
            "Hello *you*\n[here|https://a.b]\n\n* one\n\n{quote}\nquoted\n{quote}"
        );
    }
}
