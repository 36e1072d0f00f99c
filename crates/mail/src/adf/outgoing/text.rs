use serde_json::Value;

use super::{MAX_DEPTH, content, inline_words, kind};

pub(super) fn document(adf: &Value) -> String {
    let lines = block(adf, 0);
    lines.join("\n").trim().to_owned()
}

/// The lines of a block node; an empty line stands after each paragraph.
fn block(node: &Value, depth: usize) -> Vec<String> {
    if depth > MAX_DEPTH {
        return Vec::new();
    }
    match kind(node) {
        "paragraph" | "heading" => spaced(&inline(content(node), depth)),
        "codeBlock" => spaced(&inline(content(node), depth)),
        "rule" => spaced("---"),
        "bulletList" | "decisionList" => list(node, depth, |_| "* ".to_owned()),
        "taskList" => list(node, depth, |item| {
            if item["attrs"]["state"] == "DONE" {
                "[x] "
            } else {
                "[ ] "
            }
            .to_owned()
        }),
        "orderedList" => {
            let mut number = node["attrs"]["order"].as_u64().unwrap_or(1);
            list(node, depth, |_| {
                number += 1;
                format!("{}. ", number - 1)
            })
        }
        "blockquote" => prefixed(blocks(content(node), depth + 1), "> ", "> "),
        "tableRow" => vec![row(node, depth)],
        "table" => {
            let mut lines = blocks(content(node), depth + 1);
            lines.push(String::new());
            lines
        }
        "text" | "hardBreak" => vec![inline(std::slice::from_ref(node), depth)],
        _ => other(node, depth),
    }
}

/// Nodes that we have no form for: their own words, then what is in them.
fn other(node: &Value, depth: usize) -> Vec<String> {
    if let Some(words) = inline_words(node) {
        return spaced(&words);
    }
    let title = node["attrs"]["title"]
        .as_str()
        .map(str::to_owned)
        .filter(|title| !title.is_empty());
    let mut lines: Vec<String> = title.as_deref().map(spaced).unwrap_or_default();
    if content(node).first().is_some_and(is_inline) {
        lines.extend(spaced(&inline(content(node), depth)));
    } else {
        lines.extend(blocks(content(node), depth + 1));
    }
    lines
}

fn is_inline(node: &Value) -> bool {
    matches!(
        kind(node),
        "text"
            | "hardBreak"
            | "mention"
            | "emoji"
            | "status"
            | "date"
            | "inlineCard"
            | "mediaInline"
            | "placeholder"
    )
}

fn blocks(nodes: &[Value], depth: usize) -> Vec<String> {
    nodes.iter().flat_map(|node| block(node, depth)).collect()
}

fn spaced(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    lines.push(String::new());
    lines
}

fn list(node: &Value, depth: usize, mut mark: impl FnMut(&Value) -> String) -> Vec<String> {
    let mut lines = Vec::new();
    for item in content(node) {
        let mut inner = other(item, depth + 1);
        while inner.last().is_some_and(String::is_empty) {
            inner.pop();
        }
        inner.dedup_by(|next, before| next.is_empty() && before.is_empty());
        let mark = mark(item);
        lines.extend(prefixed(inner, &mark, &" ".repeat(mark.len())));
    }
    lines.push(String::new());
    lines
}

/// Lines with something before them; an empty line has no space at its end, and the last one nothing at all.
fn prefixed(lines: Vec<String>, first: &str, next: &str) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    let with = |(number, line): (usize, String)| {
        let before = if number == 0 { first } else { next };
        match line.as_str() {
            "" if number == last => line,
            "" => before.trim_end().to_owned(),
            _ => format!("{before}{line}"),
        }
    };
    lines.into_iter().enumerate().map(with).collect()
}

fn row(node: &Value, depth: usize) -> String {
    let cells = content(node).iter().map(|cell| {
        let lines = blocks(content(cell), depth + 1);
        lines
            .into_iter()
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    });
    cells.collect::<Vec<_>>().join(" | ")
}

fn inline(nodes: &[Value], depth: usize) -> String {
    let mut out = String::new();
    for node in nodes {
        match kind(node) {
            "text" => out.push_str(&with_address(node)),
            "hardBreak" => out.push('\n'),
            _ => match inline_words(node) {
                Some(words) => out.push_str(&words),
                None if depth < MAX_DEPTH => out.push_str(&inline(content(node), depth + 1)),
                None => {}
            },
        }
    }
    out
}

/// The words of a link, and its address where that is not the words.
fn with_address(node: &Value) -> String {
    let text = node["text"].as_str().unwrap_or_default();
    let marks = node["marks"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let href = marks
        .iter()
        .find(|mark| kind(mark) == "link")
        .and_then(|mark| mark["attrs"]["href"].as_str());
    match href.and_then(crate::adf::html::safe_link) {
        Some(href) if href.trim_start_matches("mailto:") != text.trim() => {
            format!("{text} <{href}>")
        }
        _ => text.to_owned(),
    }
}
