use std::sync::LazyLock;

use regex::Regex;

use super::{
    Document,
    node::{Block, Inline, Marks, clean},
};

/// Plain text as paragraphs: an empty line begins a new one, web addresses become links.
pub fn from_text(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut paragraph = Vec::new();
    for line in clean(text).lines() {
        let line = line.trim_end();
        if line.is_empty() {
            blocks.push(Block::Paragraph(std::mem::take(&mut paragraph)));
            continue;
        }
        if !paragraph.is_empty() {
            paragraph.push(Inline::Break);
        }
        paragraph.extend(linked(line));
    }
    blocks.push(Block::Paragraph(paragraph));
    Document::of(blocks)
}

static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("(?i)https?://").ok());

/// A line with its `http://` and `https://` addresses as links.
fn linked(line: &str) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut rest = line;
    while let Some(start) = ADDRESS
        .as_ref()
        .and_then(|address| Some(address.find(rest)?.start()))
    {
        let (before, from) = rest.split_at(start);
        let end =
            from.find(|character: char| character.is_whitespace() || "<>\"|".contains(character));
        let mut address = &from[..end.unwrap_or(from.len())];
        address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
        if address.ends_with(')') && !address.contains('(') {
            address = address.trim_end_matches(')');
        }
        let host = address.split_once("//").map_or("", |(_, host)| host);
        let link = host
            .starts_with(|first: char| first.is_alphanumeric() || first == '[')
            .then(|| address.to_owned());
        out.push(text(before, None));
        out.push(text(address, link));
        rest = &from[address.len()..];
    }
    out.push(text(rest, None));
    out
}

fn text(text: &str, link: Option<String>) -> Inline {
    Inline::Text {
        text: text.to_owned(),
        marks: Marks {
            link,
            ..Marks::default()
        },
    }
}
