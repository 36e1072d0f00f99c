//! What may stand where, and what becomes of what may not.

use super::node::{Block, Cell, Inline, Item, Marks, Row};

/// Lists in lists. Deeper ones are levelled: Jira's editor shows six levels, and JSON readers stop at a depth.
const MAX_LIST_DEPTH: usize = 8;

/// Where blocks stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Document,
    Quote,
    Cell,
    Item { depth: usize },
}

/// Makes blocks fit to be the content of a document.
pub(super) fn document(blocks: Vec<Block>) -> Vec<Block> {
    settle(blocks, Place::Document)
}

/// At most as deep as the blocks are, which the reader of HTML bounds.
fn settle(blocks: Vec<Block>, place: Place) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        settle_block(block, place, &mut out);
    }
    out
}

fn settle_block(block: Block, place: Place, out: &mut Vec<Block>) {
    let nested = matches!(place, Place::Item { .. } | Place::Quote);
    match block {
        Block::Paragraph(content) => out.extend(paragraph(content).map(Block::Paragraph)),
        Block::Heading { level, content } if !nested => {
            let level = level.clamp(1, 6);
            out.extend(paragraph(content).map(|content| Block::Heading { level, content }));
        }
        Block::Heading { content, .. } => {
            out.extend(paragraph(strong(content)).map(Block::Paragraph));
        }
        Block::Code(text) => out.extend(code(&text)),
        Block::Image { url, alt } => out.push(Block::Image { url, alt }),
        Block::Rule if nested => {}
        Block::Rule => out.push(Block::Rule),
        Block::Quote(content) if nested => out.extend(settle(content, place)),
        Block::Quote(content) => {
            let content = settle(content, Place::Quote);
            if !content.is_empty() {
                out.push(Block::Quote(content));
            }
        }
        Block::Bullet(items) => list(items, None, place, out),
        Block::Ordered { order, items } => list(items, Some(order), place, out),
        Block::Table(rows) if place == Place::Document => out.extend(table(rows)),
        Block::Table(rows) => {
            for row in rows {
                out.extend(paragraph(one_line(row)).map(Block::Paragraph));
            }
        }
    }
}

fn list(items: Vec<Item>, order: Option<u32>, place: Place, out: &mut Vec<Block>) {
    let depth = match place {
        Place::Item { depth } => depth + 1,
        _ => 0,
    };
    if depth >= MAX_LIST_DEPTH {
        for item in items {
            out.extend(settle(item, place));
        }
        return;
    }
    let items: Vec<Item> = items
        .into_iter()
        .filter_map(|item| list_item(item, depth))
        .collect();
    if items.is_empty() {
        return;
    }
    out.push(match order {
        Some(order) => Block::Ordered { order, items },
        None => Block::Bullet(items),
    });
}

/// An item begins with a paragraph, a picture or code: Jira refused lists as the first thing for years.
fn list_item(item: Item, depth: usize) -> Option<Item> {
    let mut item = settle(item, Place::Item { depth });
    if matches!(item.first()?, Block::Bullet(_) | Block::Ordered { .. }) {
        item.insert(0, Block::Paragraph(Vec::new()));
    }
    Some(item)
}

/// Every row as wide as the widest, so that the table is a rectangle; not where cells span rows.
fn table(rows: Vec<Row>) -> Option<Block> {
    let mut rows: Vec<Row> = rows.into_iter().filter(|row| !row.is_empty()).collect();
    for cell in rows.iter_mut().flatten() {
        cell.blocks = settle(std::mem::take(&mut cell.blocks), Place::Cell);
    }
    let wide = |row: &Row| row.iter().map(|cell| cell.colspan as usize).sum::<usize>();
    let width = rows.iter().map(wide).max().unwrap_or_default();
    let spanned = rows.iter().flatten().any(|cell| cell.rowspan > 1);
    if !spanned {
        for row in &mut rows {
            let header = row.iter().all(|cell| cell.header);
            while wide(row) < width {
                row.push(Cell {
                    header,
                    colspan: 1,
                    rowspan: 1,
                    blocks: Vec::new(),
                });
            }
        }
    }
    (!rows.is_empty()).then_some(Block::Table(rows))
}

/// A row where no table may stand: its cells beside each other.
pub(super) fn one_line(row: Row) -> Vec<Inline> {
    let mut line = Vec::new();
    for cell in row {
        let content = inlines(cell.blocks);
        if content.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(Inline::Text {
                text: " | ".to_owned(),
                marks: Marks::default(),
            });
        }
        line.extend(content);
    }
    line
}

/// All that is in blocks as one paragraph, a break between the blocks.
pub(super) fn inlines(blocks: Vec<Block>) -> Vec<Inline> {
    let mut out = Vec::new();
    for block in blocks {
        let content = match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => content,
            Block::Bullet(items) | Block::Ordered { items, .. } => {
                inlines(items.into_iter().flatten().collect())
            }
            Block::Quote(content) => inlines(content),
            Block::Code(text) => lines(&text),
            Block::Table(rows) => {
                let rows = rows.into_iter().map(|row| Block::Paragraph(one_line(row)));
                inlines(rows.collect())
            }
            Block::Image { alt, .. } => vec![Inline::Text {
                text: format!("[image: {alt}]"),
                marks: Marks::default(),
            }],
            Block::Rule => continue,
        };
        if !out.is_empty() && !content.is_empty() {
            out.push(Inline::Break);
        }
        out.extend(content);
    }
    out
}

pub(super) fn lines(text: &str) -> Vec<Inline> {
    let mut out = Vec::new();
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push(Inline::Break);
        }
        out.push(Inline::Text {
            text: line.to_owned(),
            marks: Marks::default(),
        });
    }
    out
}

/// No empty text, no break at either end, equal neighbours joined; `None` where nothing is left.
fn paragraph(content: Vec<Inline>) -> Option<Vec<Inline>> {
    let mut out: Vec<Inline> = Vec::with_capacity(content.len());
    for inline in content {
        match inline {
            Inline::Break if out.is_empty() => {}
            Inline::Break => out.push(Inline::Break),
            Inline::Text { text, .. } if text.is_empty() => {}
            Inline::Text { text, mut marks } => {
                if marks.code {
                    // `code` stands with a link or alone.
                    marks = Marks {
                        code: true,
                        link: marks.link,
                        ..Marks::default()
                    };
                }
                if let Some(Inline::Text {
                    text: last,
                    marks: own,
                }) = out.last_mut()
                    && *own == marks
                {
                    last.push_str(&text);
                } else {
                    out.push(Inline::Text { text, marks });
                }
            }
        }
    }
    while matches!(out.last(), Some(Inline::Break)) {
        out.pop();
    }
    (!out.is_empty()).then_some(out)
}

fn code(text: &str) -> Option<Block> {
    let text = text.trim_matches('\n').trim_end();
    (!text.trim().is_empty()).then(|| Block::Code(text.to_owned()))
}

fn strong(content: Vec<Inline>) -> Vec<Inline> {
    let bold = |inline| match inline {
        Inline::Text { text, marks } => Inline::Text {
            text,
            marks: Marks {
                strong: true,
                ..marks
            },
        },
        Inline::Break => Inline::Break,
    };
    content.into_iter().map(bold).collect()
}
