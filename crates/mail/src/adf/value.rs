//! Nodes as JSON.

use serde_json::{Map, Value, json};

use super::node::{Block, Cell, Inline, Item, Marks, Row, Shift};

pub(super) fn document(blocks: &[Block]) -> Value {
    json!({ "type": "doc", "version": 1, "content": blocks.iter().map(block).collect::<Vec<_>>() })
}

pub(super) fn block(block: &Block) -> Value {
    match block {
        Block::Paragraph(content) => json!({ "type": "paragraph", "content": inlines(content) }),
        Block::Heading { level, content } => {
            json!({ "type": "heading", "attrs": { "level": level }, "content": inlines(content) })
        }
        Block::Bullet(items) => json!({ "type": "bulletList", "content": list(items) }),
        Block::Ordered { order: 1, items } => {
            json!({ "type": "orderedList", "content": list(items) })
        }
        Block::Ordered { order, items } => {
            json!({ "type": "orderedList", "attrs": { "order": order }, "content": list(items) })
        }
        Block::Quote(content) => json!({ "type": "blockquote", "content": blocks(content) }),
        Block::Code(text) => {
            json!({ "type": "codeBlock", "content": [{ "type": "text", "text": text }] })
        }
        Block::Rule => json!({ "type": "rule" }),
        Block::Table(rows) => {
            json!({ "type": "table", "content": rows.iter().map(row).collect::<Vec<_>>() })
        }
        Block::Image { url, alt } => image(url, alt),
    }
}

fn blocks(content: &[Block]) -> Vec<Value> {
    content.iter().map(block).collect()
}

fn list(items: &[Item]) -> Vec<Value> {
    items
        .iter()
        .map(|item| json!({ "type": "listItem", "content": blocks(item) }))
        .collect()
}

fn image(url: &str, alt: &str) -> Value {
    let mut attributes = json!({ "type": "external", "url": url });
    if !alt.is_empty() {
        attributes["alt"] = json!(alt);
    }
    let media = json!({ "type": "media", "attrs": attributes });
    json!({ "type": "mediaSingle", "attrs": { "layout": "center" }, "content": [media] })
}

fn row(row: &Row) -> Value {
    json!({ "type": "tableRow", "content": row.iter().map(cell).collect::<Vec<_>>() })
}

fn cell(cell: &Cell) -> Value {
    let kind = if cell.header {
        "tableHeader"
    } else {
        "tableCell"
    };
    let mut content = blocks(&cell.blocks);
    if content.is_empty() {
        content.push(json!({ "type": "paragraph", "content": [] }));
    }
    let mut attributes = Map::new();
    if cell.colspan > 1 {
        attributes.insert("colspan".to_owned(), json!(cell.colspan));
    }
    if cell.rowspan > 1 {
        attributes.insert("rowspan".to_owned(), json!(cell.rowspan));
    }
    if attributes.is_empty() {
        return json!({ "type": kind, "content": content });
    }
    json!({ "type": kind, "attrs": attributes, "content": content })
}

fn inlines(content: &[Inline]) -> Vec<Value> {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> Value {
    match inline {
        Inline::Break => json!({ "type": "hardBreak" }),
        Inline::Text { text, marks } => {
            let marks = mark_list(marks);
            if marks.is_empty() {
                json!({ "type": "text", "text": text })
            } else {
                json!({ "type": "text", "text": text, "marks": marks })
            }
        }
    }
}

fn mark_list(marks: &Marks) -> Vec<Value> {
    let mut list = Vec::new();
    if let Some(href) = &marks.link {
        list.push(json!({ "type": "link", "attrs": { "href": href } }));
    }
    let plain = [
        (marks.code, "code"),
        (marks.strong, "strong"),
        (marks.em, "em"),
        (marks.underline, "underline"),
        (marks.strike, "strike"),
    ];
    list.extend(
        plain
            .iter()
            .filter(|(on, _)| *on)
            .map(|(_, name)| json!({ "type": name })),
    );
    if let Some(shift) = marks.shift {
        let shift = if shift == Shift::Sub { "sub" } else { "sup" };
        list.push(json!({ "type": "subsup", "attrs": { "type": shift } }));
    }
    list
}
