//! A document as HTML, for the issue page.

use std::fmt::Write as _;

use serde_json::Value;

use super::children;

/// The document as HTML. `media_url` finds the address of a file in the media store.
pub(crate) fn html(document: &Value, media_url: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    inside(document, media_url, &mut out);
    out
}

/// Text that is safe inside HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

type MediaUrl<'a> = &'a dyn Fn(&str) -> Option<String>;

fn inside(node: &Value, media_url: MediaUrl<'_>, out: &mut String) {
    for child in children(node) {
        one(child, media_url, out);
    }
}

fn one(node: &Value, media_url: MediaUrl<'_>, out: &mut String) {
    let attr = |name: &str| escape(node["attrs"][name].as_str().unwrap_or_default());
    let kind = node["type"].as_str().unwrap_or_default();
    match kind {
        "text" => text(node, out),
        "hardBreak" => out.push_str("<br>"),
        "rule" => out.push_str("<hr>"),
        "mention" => push(
            out,
            &format!("<span class=\"mention\">{}</span>", attr("text")),
        ),
        "status" => push(
            out,
            &format!("<span class=\"lozenge\">{}</span>", attr("text")),
        ),
        "emoji" => push(out, &attr("text")),
        "date" => push(out, &format!("<time>{}</time>", attr("timestamp"))),
        "inlineCard" | "blockCard" | "embedCard" => {
            push(out, &format!("<a href=\"{0}\">{0}</a>", attr("url")));
        }
        "media" | "mediaInline" => media(node, media_url, out),
        _ => {
            let (open, close) = tags(kind, node);
            out.push_str(&open);
            inside(node, media_url, out);
            out.push_str(close);
        }
    }
}

fn tags(kind: &str, node: &Value) -> (String, &'static str) {
    let attrs = &node["attrs"];
    let (open, close) = match kind {
        "paragraph" => ("<p>", "</p>"),
        "heading" => return heading(attrs["level"].as_u64().unwrap_or(1)),
        "bulletList" => ("<ul>", "</ul>"),
        "orderedList" => ("<ol>", "</ol>"),
        "listItem" => ("<li>", "</li>"),
        "taskList" | "decisionList" => ("<ul class=\"tasks\">", "</ul>"),
        "taskItem" if attrs["state"] == "DONE" => ("<li>☑ ", "</li>"),
        "taskItem" => ("<li>☐ ", "</li>"),
        "decisionItem" => ("<li>", "</li>"),
        "blockquote" => ("<blockquote>", "</blockquote>"),
        "codeBlock" => ("<pre><code>", "</code></pre>"),
        "panel" => ("<div class=\"panel\">", "</div>"),
        "expand" | "nestedExpand" => {
            let title = escape(attrs["title"].as_str().unwrap_or("Details"));
            return (format!("<details><summary>{title}</summary>"), "</details>");
        }
        "table" => ("<table>", "</table>"),
        "tableRow" => ("<tr>", "</tr>"),
        "tableCell" => return cell("td", attrs, "</td>"),
        "tableHeader" => return cell("th", attrs, "</th>"),
        "mediaSingle" | "mediaGroup" => ("<figure>", "</figure>"),
        "caption" => ("<figcaption>", "</figcaption>"),
        _ => ("<div>", "</div>"),
    };
    (open.to_owned(), close)
}

/// Headings of a document stand below the headings of the page.
fn heading(level: u64) -> (String, &'static str) {
    match level {
        1 => ("<h3>".to_owned(), "</h3>"),
        2 => ("<h4>".to_owned(), "</h4>"),
        3 => ("<h5>".to_owned(), "</h5>"),
        _ => ("<h6>".to_owned(), "</h6>"),
    }
}

fn cell(tag: &str, attrs: &Value, close: &'static str) -> (String, &'static str) {
    let span = |name: &str| match attrs[name].as_u64() {
        Some(many) if many > 1 => format!(" {name}=\"{many}\""),
        _ => String::new(),
    };
    (
        format!("<{tag}{}{}>", span("colspan"), span("rowspan")),
        close,
    )
}

fn media(node: &Value, media_url: MediaUrl<'_>, out: &mut String) {
    let attrs = &node["attrs"];
    let alt = escape(attrs["alt"].as_str().unwrap_or_default());
    let url = match attrs["type"].as_str() {
        Some("external") => attrs["url"].as_str().map(str::to_owned),
        _ => attrs["id"].as_str().and_then(media_url),
    };
    match url {
        Some(url) => push(
            out,
            &format!("<img src=\"{}\" alt=\"{alt}\">", escape(&url)),
        ),
        None => push(
            out,
            &format!("<span class=\"missing\">[image {alt}]</span>"),
        ),
    }
}

fn text(node: &Value, out: &mut String) {
    let mut html = escape(node["text"].as_str().unwrap_or_default());
    for mark in node["marks"].as_array().into_iter().flatten() {
        let attrs = &mark["attrs"];
        let attr = |name: &str| escape(attrs[name].as_str().unwrap_or_default());
        html = match mark["type"].as_str().unwrap_or_default() {
            "strong" => format!("<strong>{html}</strong>"),
            "em" => format!("<em>{html}</em>"),
            "code" => format!("<code>{html}</code>"),
            "strike" => format!("<s>{html}</s>"),
            "underline" => format!("<u>{html}</u>"),
            "subsup" if attrs["type"] == "sub" => format!("<sub>{html}</sub>"),
            "subsup" => format!("<sup>{html}</sup>"),
            "textColor" => format!("<span style=\"color:{}\">{html}</span>", attr("color")),
            "link" if is_web(&attr("href")) => format!("<a href=\"{}\">{html}</a>", attr("href")),
            _ => html,
        };
    }
    out.push_str(&html);
}

fn is_web(href: &str) -> bool {
    ["http://", "https://", "mailto:", "/", "#"]
        .iter()
        .any(|begin| href.starts_with(begin))
}

fn push(out: &mut String, html: &str) {
    // Writing to a String does not fail.
    let _ = out.write_str(html);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn show(content: &Value) -> String {
        html(&json!({"content": content}), &|id| {
            (id == "m1").then(|| "/file".to_owned())
        })
    }

    #[test]
    fn text_is_escaped_and_scripts_are_no_links() {
        let mark = json!([{"type": "link", "attrs": {"href": "javascript:alert(1)"}}]);
        let shown = show(&json!([{"type": "text", "text": "<b>", "marks": mark}]));
        assert_eq!(shown, "&lt;b&gt;");
    }

    #[test]
    fn images_from_outside_and_from_the_store_are_shown() {
        let outside = json!({"type": "media", "attrs": {"type": "external", "url": "https://e/x?a=1&b=2", "alt": "x"}});
        let store = json!({"type": "media", "attrs": {"type": "file", "id": "m1"}});
        let shown = show(&json!([{"type": "mediaSingle", "content": [outside, store]}]));
        assert!(shown.contains("<img src=\"https://e/x?a=1&amp;b=2\" alt=\"x\">"));
        assert!(shown.contains("<img src=\"/file\""));
    }

    #[test]
    fn tables_keep_their_spans() {
        let cell = json!({"type": "tableCell", "attrs": {"colspan": 2}, "content": [{"type": "paragraph"}]});
        let shown =
            show(&json!([{"type": "table", "content": [{"type": "tableRow", "content": [cell]}]}]));
        assert_eq!(
            shown,
            "<table><tr><td colspan=\"2\"><p></p></td></tr></table>"
        );
    }
}
