use super::super::node::{Block, Inline, Item, Marks, is_blank, storable};

/// Blocks under construction: white space as HTML has it, two breaks in a row end the paragraph.
#[derive(Default)]
pub(super) struct Flow {
    blocks: Vec<Block>,
    line: Vec<Inline>,
    breaks: usize,
    /// Items of a list that Word wrote as paragraphs.
    word_items: Vec<WordItem>,
}

pub(super) struct WordItem {
    pub(super) level: usize,
    /// The number that the list begins with, if it is numbered.
    pub(super) order: Option<u32>,
    pub(super) content: Vec<Block>,
}

impl Flow {
    pub(super) fn text(&mut self, text: &str, marks: &Marks, pre: bool) {
        let mut out = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '\n' if pre => {
                    self.push(std::mem::take(&mut out), marks);
                    self.line_break();
                }
                ' ' | '\t' if pre => out.push('\u{a0}'),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    let after_space = if out.is_empty() {
                        self.at_space()
                    } else {
                        out.ends_with(' ')
                    };
                    if !after_space {
                        out.push(' ');
                    }
                }
                other => out.extend(storable(other)),
            }
        }
        self.push(out, marks);
    }

    fn push(&mut self, text: String, marks: &Marks) {
        if text.is_empty() {
            return;
        }
        if !text.chars().all(is_blank) {
            self.write_breaks();
        } else if self.breaks > 0 {
            return;
        }
        self.line.push(Inline::Text {
            text,
            marks: marks.clone(),
        });
    }

    fn at_space(&self) -> bool {
        match self.line.last() {
            _ if self.breaks > 0 => true,
            Some(Inline::Text { text, .. }) => text.ends_with(' '),
            Some(Inline::Break) | None => true,
        }
    }

    fn write_breaks(&mut self) {
        match std::mem::take(&mut self.breaks) {
            0 => {}
            1 if !self.line.is_empty() => self.line.push(Inline::Break),
            _ => self.end_paragraph(),
        }
    }

    pub(super) fn line_break(&mut self) {
        self.breaks += 1;
    }

    pub(super) fn end_paragraph(&mut self) {
        self.breaks = 0;
        let mut line = std::mem::take(&mut self.line);
        trim(&mut line);
        if !line.is_empty() {
            self.end_word_list();
            self.blocks.push(Block::Paragraph(line));
        }
    }

    pub(super) fn block(&mut self, block: Block) {
        self.end_paragraph();
        self.end_word_list();
        self.blocks.push(block);
    }

    pub(super) fn blocks(&mut self, blocks: Vec<Block>) {
        self.end_paragraph();
        self.end_word_list();
        self.blocks.extend(blocks);
    }

    /// The last block, where the paragraph in work is empty.
    pub(super) fn last_block(&mut self) -> Option<&mut Block> {
        self.end_paragraph();
        self.end_word_list();
        self.blocks.last_mut()
    }

    pub(super) fn word_item(&mut self, item: WordItem) {
        self.end_paragraph();
        self.word_items.push(item);
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_paragraph();
        self.end_word_list();
        self.blocks
    }

    fn end_word_list(&mut self) {
        let items = std::mem::take(&mut self.word_items);
        if !items.is_empty() {
            let lowest = items.iter().map(|item| item.level).min().unwrap_or(1);
            let mut rest = items.into_iter().peekable();
            while rest.peek().is_some() {
                self.blocks.push(word_list(&mut rest, lowest));
            }
        }
    }
}

/// One list of a level: items of a deeper one belong to the item before. Levels are at most 9.
fn word_list(rest: &mut std::iter::Peekable<std::vec::IntoIter<WordItem>>, level: usize) -> Block {
    let order = rest.peek().and_then(|first| first.order);
    let mut items: Vec<Item> = Vec::new();
    while let Some(next) = rest.peek() {
        if next.level > level {
            let inner = word_list(rest, level + 1);
            match items.last_mut() {
                Some(item) => item.push(inner),
                None => items.push(vec![inner]),
            }
        } else if next.level < level || next.order.is_some() != order.is_some() {
            break;
        } else if let Some(next) = rest.next() {
            items.push(next.content);
        }
    }
    match order {
        Some(order) => Block::Ordered { order, items },
        None => Block::Bullet(items),
    }
}

/// Takes blank text and breaks off both ends.
fn trim(line: &mut Vec<Inline>) {
    let is_nothing = |inline: &Inline| match inline {
        Inline::Break => true,
        Inline::Text { text, .. } => text.chars().all(is_blank),
    };
    let first = line
        .iter()
        .position(|inline| !is_nothing(inline))
        .unwrap_or(line.len());
    line.drain(..first);
    let last = line
        .iter()
        .rposition(|inline| !is_nothing(inline))
        .map_or(0, |last| last + 1);
    line.truncate(last);
    if let Some(Inline::Text { text, .. }) = line.first_mut() {
        *text = text.trim_start_matches(is_blank).to_owned();
    }
    if let Some(Inline::Text { text, .. }) = line.last_mut() {
        text.truncate(text.trim_end_matches(is_blank).len());
    }
}
