use std::fmt::Write as _;

use serde_json::Value;

use super::{MAX_DEPTH, content, inline_words, kind};
use crate::{adf::html::safe_link, html::escape};

pub(super) fn node(node: &Value, depth: usize, out: &mut String) {
    if depth > MAX_DEPTH {
        return;
    }
    match kind(node) {
        "text" => return text(node, out),
        "hardBreak" => return out.push_str("<br>\n"),
        "rule" => return out.push_str("<hr>\n"),
        _ => {}
    }
    if let Some(words) = inline_words(node) {
        return words_of(node, &words, out);
    }
    let (open, close) = tags(node);
    out.push_str(&open);
    for child in content(node) {
        self::node(child, depth + 1, out);
    }
    out.push_str(close);
}

fn tags(node: &Value) -> (String, &'static str) {
    let attributes = &node["attrs"];
    let (open, close) = match kind(node) {
        "paragraph" => ("<p>", "</p>\n"),
        "heading" => return heading(attributes),
        "bulletList" | "taskList" | "decisionList" => ("<ul>\n", "</ul>\n"),
        "orderedList" => match attributes["order"].as_u64() {
            Some(order) if order != 1 => return (format!("<ol start=\"{order}\">\n"), "</ol>\n"),
            _ => ("<ol>\n", "</ol>\n"),
        },
        "listItem" | "decisionItem" => ("<li>", "</li>\n"),
        "taskItem" if attributes["state"] == "DONE" => ("<li>&#9745; ", "</li>\n"),
        "taskItem" => ("<li>&#9744; ", "</li>\n"),
        "blockquote" => (
            "<blockquote style=\"margin:0 0 0 .8ex;border-left:2px solid #c1c7d0;padding-left:1ex\">\n",
            "</blockquote>\n",
        ),
        "panel" => (
            "<div style=\"border:1px solid #c1c7d0;padding:8px\">\n",
            "</div>\n",
        ),
        "codeBlock" => ("<pre>", "</pre>\n"),
        "table" => (
            "<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\">\n",
            "</table>\n",
        ),
        "tableRow" => ("<tr>", "</tr>\n"),
        "tableCell" => return cell("td", attributes),
        "tableHeader" => return cell("th", attributes),
        "expand" | "nestedExpand" => return expand(attributes),
        _ => ("", ""),
    };
    (open.to_owned(), close)
}

fn heading(attributes: &Value) -> (String, &'static str) {
    const CLOSE: [&str; 6] = [
        "</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n",
    ];
    let level = attributes["level"].as_u64().unwrap_or(1).clamp(1, 6) as usize;
    (format!("<h{level}>"), CLOSE[level - 1])
}

fn cell(name: &str, attributes: &Value) -> (String, &'static str) {
    let mut open = format!("<{name}");
    for span in ["colspan", "rowspan"] {
        if let Some(count) = attributes[span]
            .as_u64()
            .filter(|count| (2..1_000).contains(count))
        {
            let _ = write!(open, " {span}=\"{count}\"");
        }
    }
    open.push('>');
    (open, if name == "th" { "</th>" } else { "</td>" })
}

fn expand(attributes: &Value) -> (String, &'static str) {
    let mut open = "<div>".to_owned();
    if let Some(title) = attributes["title"]
        .as_str()
        .filter(|title| !title.is_empty())
    {
        open.push_str("<p><strong>");
        escape(title, &mut open);
        open.push_str("</strong></p>\n");
    }
    (open, "</div>\n")
}

fn words_of(node: &Value, words: &str, out: &mut String) {
    let href = node["attrs"]["url"].as_str().and_then(safe_link);
    match href {
        Some(href) => link(&href, words, out),
        None => escape(words, out),
    }
}

fn link(href: &str, words: &str, out: &mut String) {
    out.push_str("<a href=\"");
    escape(href, out);
    out.push_str("\">");
    escape(words, out);
    out.push_str("</a>");
}

fn text(node: &Value, out: &mut String) {
    let mut close: Vec<&str> = Vec::new();
    for mark in node["marks"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
    {
        let name = match kind(mark) {
            "strong" => "strong",
            "em" => "em",
            "underline" => "u",
            "strike" => "s",
            "code" => "code",
            "subsup" if mark["attrs"]["type"] == "sub" => "sub",
            "subsup" => "sup",
            "link" => {
                let Some(href) = mark["attrs"]["href"].as_str().and_then(safe_link) else {
                    continue;
                };
                out.push_str("<a href=\"");
                escape(&href, out);
                out.push_str("\">");
                close.push("a");
                continue;
            }
            _ => continue,
        };
        let _ = write!(out, "<{name}>");
        close.push(name);
    }
    escape(node["text"].as_str().unwrap_or_default(), out);
    for name in close.iter().rev() {
        let _ = write!(out, "</{name}>");
    }
}
