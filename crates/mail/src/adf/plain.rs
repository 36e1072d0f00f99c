use super::{
    Document, grammar,
    node::{Block, Inline, Marks, Row},
};

/// The same words in paragraphs only, without marks: for a Jira that refused the document.
pub fn plain(document: &Document) -> Document {
    let mut lines = Vec::new();
    for block in &document.blocks {
        flatten(block, "", &mut lines);
    }
    Document::of(lines)
}

fn flatten(block: &Block, before: &str, out: &mut Vec<Block>) {
    match block {
        Block::Paragraph(content) | Block::Heading { content, .. } => {
            out.push(line(before, content));
        }
        Block::Bullet(items) => {
            for item in items {
                flatten_item(item, before, "• ", out);
            }
        }
        Block::Ordered { order, items } => {
            for (item, number) in items.iter().zip(*order..) {
                flatten_item(item, before, &format!("{number}. "), out);
            }
        }
        Block::Quote(content) => {
            for block in content {
                flatten(block, &format!("{before}> "), out);
            }
        }
        Block::Code(text) => out.push(line(before, &grammar::lines(text))),
        Block::Table(rows) => out.extend(rows.iter().map(|row| table_row(before, row))),
        Block::Image { url, alt } => {
            let text = Inline::Text {
                text: format!("[image: {alt}] {url}"),
                marks: Marks::default(),
            };
            out.push(line(before, &[text]));
        }
        Block::Rule => {}
    }
}

fn flatten_item(item: &[Block], before: &str, bullet: &str, out: &mut Vec<Block>) {
    let indent = "\u{a0}".repeat(2);
    for (number, block) in item.iter().enumerate() {
        let lead = if number == 0 {
            format!("{before}{bullet}")
        } else {
            format!("{before}{indent}")
        };
        flatten(block, &lead, out);
    }
}

fn table_row(before: &str, row: &Row) -> Block {
    line(before, &grammar::one_line(row.clone()))
}

/// A paragraph without marks; the address of a link stands behind its words unless they are the address.
fn line(before: &str, content: &[Inline]) -> Block {
    let text = |text: String| Inline::Text {
        text,
        marks: Marks::default(),
    };
    let mut out = vec![text(before.to_owned())];
    for inline in content {
        match inline {
            Inline::Break => out.push(Inline::Break),
            Inline::Text { text: words, marks } => match &marks.link {
                Some(href) if href.trim_start_matches("mailto:") != words.trim() => {
                    out.push(text(format!("{words} ({href})")));
                }
                _ => out.push(text(words.clone())),
            },
        }
    }
    Block::Paragraph(out)
}
