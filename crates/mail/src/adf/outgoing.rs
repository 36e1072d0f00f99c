//! ADF that comes from Jira, for outgoing mail. Nothing is taken for granted: unknown nodes are their text.

mod html;
mod text;

use serde_json::Value;

/// Deeper nodes are left out: serde_json itself reads 128 levels, four to a list.
const MAX_DEPTH: usize = 100;

/// A comment or description as HTML for a mail: a fragment without `html` and `body`. All text is escaped; links
/// are http, https, mailto and tel only.
pub fn to_html(adf: &Value) -> String {
    let mut out = String::new();
    html::node(adf, 0, &mut out);
    out
}

/// The same as plain text with `\n` at line ends.
pub fn to_text(adf: &Value) -> String {
    text::document(adf)
}

fn kind(node: &Value) -> &str {
    node["type"].as_str().unwrap_or_default()
}

fn content(node: &Value) -> &[Value] {
    node["content"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// What an inline node without text of its own reads as: a mention, an emoji, a date, a status, a card, a file.
fn inline_words(node: &Value) -> Option<String> {
    let attributes = &node["attrs"];
    let text = |name: &str| {
        attributes[name]
            .as_str()
            .map(str::to_owned)
            .filter(|text| !text.is_empty())
    };
    match kind(node) {
        "mention" => Some(text("text").map_or("@somebody".to_owned(), |name| {
            format!("@{}", name.trim_start_matches('@'))
        })),
        "emoji" => text("text").or_else(|| text("shortName")),
        "status" => text("text").map(|status| format!("[{status}]")),
        "date" => date(attributes),
        "inlineCard" | "blockCard" | "embedCard" => text("url"),
        "media" | "mediaInline" => {
            let name = text("alt").or_else(|| text("__fileName"));
            Some(name.map_or("[attachment]".to_owned(), |name| {
                format!("[attachment: {name}]")
            }))
        }
        "placeholder" => text("text"),
        _ => None,
    }
}

/// A date node holds milliseconds since 1970, as a string.
fn date(attributes: &Value) -> Option<String> {
    let timestamp = &attributes["timestamp"];
    let millis = timestamp
        .as_i64()
        .or_else(|| timestamp.as_str()?.parse().ok())?;
    Some(
        chrono::DateTime::from_timestamp_millis(millis)?
            .format("%Y-%m-%d")
            .to_string(),
    )
}

#[cfg(test)]
mod tests;
