use super::{
    Document,
    node::{Block, Inline},
    note, value,
};

/// Characters of serialised ADF that Jira takes for a description or a comment ("It exceeds the allowed limit of
/// 32,767 characters").
pub const MAX_CHARS: usize = 32_767;

const NOTE: &str = "This mail was too long for Jira. The whole of it is attached.";

/// A document that keeps to a limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The document; with a note at its end where something was cut.
    pub document: Document,
    /// Whether something was cut.
    pub cut: bool,
}

/// Cuts a document so that its JSON has at most `max_chars` characters (UTF-16 code units, as Java counts them),
/// at a block boundary: whole blocks, then whole list items, rows or lines of the block that no longer fits. Only a
/// paragraph that is most of the document is cut through, between two words.
pub fn fit(document: Document, max_chars: usize) -> Fitted {
    if serialised_chars(&document) <= max_chars {
        return Fitted {
            document,
            cut: false,
        };
    }
    let note = note(NOTE);
    let frame = chars(&value::document(&[]));
    let mut room = max_chars.saturating_sub(frame + chars(&value::block(&note)) + 1);
    let mut kept = Vec::new();
    for block in document.blocks {
        let size = chars(&value::block(&block)) + 1;
        if size <= room {
            room -= size;
            kept.push(block);
            continue;
        }
        // A paragraph is cut through only where it is most of the document.
        let is_line = matches!(block, Block::Paragraph(_));
        if !is_line || room > max_chars / 2 {
            kept.extend(part_of(block, room));
        }
        break;
    }
    kept.push(note);
    let document = Document { blocks: kept };
    if serialised_chars(&document) <= max_chars {
        return Fitted {
            document,
            cut: true,
        };
    }
    // No room even for the note.
    Fitted {
        document: Document::default(),
        cut: true,
    }
}

/// The characters of a document's JSON: UTF-16 code units.
pub fn serialised_chars(document: &Document) -> usize {
    chars(&document.to_value())
}

fn chars(value: &serde_json::Value) -> usize {
    value.to_string().encode_utf16().count()
}

/// The largest beginning of a block that has room.
fn part_of(block: Block, room: usize) -> Option<Block> {
    match block {
        Block::Bullet(items) => most(&items, room, Block::Bullet),
        Block::Ordered { order, items } => {
            most(&items, room, |items| Block::Ordered { order, items })
        }
        Block::Table(rows) => most(&rows, room, Block::Table),
        Block::Quote(blocks) => most(&blocks, room, Block::Quote),
        Block::Paragraph(content) => most_inlines(content, room),
        Block::Code(text) => {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            most(&lines, room, |lines| Block::Code(lines.concat()))
        }
        Block::Heading { .. } | Block::Rule | Block::Image { .. } => None,
    }
}

/// As many as have room, found by halving.
fn most<T: Clone>(parts: &[T], room: usize, block: impl Fn(Vec<T>) -> Block) -> Option<Block> {
    let fits = |count: usize| chars(&value::block(&block(parts[..count].to_vec()))) < room;
    let (mut low, mut high) = (0, parts.len());
    while low < high {
        let middle = (low + high).div_ceil(2);
        if fits(middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    (low > 0).then(|| block(parts[..low].to_vec()))
}

/// Whole inlines; of the first that no longer fits as many words as do.
fn most_inlines(content: Vec<Inline>, room: usize) -> Option<Block> {
    let mut words = Vec::new();
    for inline in content {
        match inline {
            Inline::Text { text, marks } => {
                let pieces = text.split_inclusive(' ');
                words.extend(pieces.map(|piece| Inline::Text {
                    text: piece.to_owned(),
                    marks: marks.clone(),
                }));
            }
            Inline::Break => words.push(Inline::Break),
        }
    }
    let joined = |words: Vec<Inline>| super::grammar::document(vec![Block::Paragraph(words)]).pop();
    match most(&words, room, |words| joined(words).unwrap_or(Block::Rule))? {
        Block::Rule => None,
        block => Some(block),
    }
}
