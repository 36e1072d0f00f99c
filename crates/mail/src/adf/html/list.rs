use super::{
    super::node::{Block, Item},
    Flow, Id, Reader, Style,
    flow::WordItem,
};

/// `ul` and `ol`. A list directly in a list belongs to the item before it.
pub(super) fn read(reader: &Reader<'_>, id: Id, style: &Style, flow: &mut Flow) {
    let tree = reader.tree;
    let mut items: Vec<Item> = Vec::new();
    for child in tree.children(id) {
        let name = tree.name(*child);
        if crate::html::is_hidden(tree, *child) || !reader.has_anything(*child) {
            continue;
        }
        let inner = reader.inner_style(*child, style);
        if name == "li" {
            items.push(reader.content(*child, &inner));
            continue;
        }
        let mut stray = Flow::default();
        reader.node(*child, style, &mut stray);
        match items.last_mut() {
            Some(last) => last.extend(stray.finish()),
            None => items.push(stray.finish()),
        }
    }
    if tree.name(id) == "ol" {
        let start = tree
            .attribute(id, "start")
            .and_then(|start| start.trim().parse().ok());
        flow.block(Block::Ordered {
            order: start.unwrap_or(1),
            items,
        });
    } else {
        flow.block(Block::Bullet(items));
    }
}

/// An item outside of a list.
pub(super) fn stray(reader: &Reader<'_>, id: Id, style: &Style, flow: &mut Flow) {
    let item = reader.content(id, style);
    if let Some(Block::Bullet(items)) = flow.last_block() {
        items.push(item);
    } else {
        flow.block(Block::Bullet(vec![item]));
    }
}

/// A paragraph that Word wrote for a list item: its style says `mso-list: l0 level1 lfo1`, and its bullet stands in
/// an element of the style `mso-list: Ignore`.
pub(super) fn word_item(reader: &Reader<'_>, id: Id, style: &Style, flow: &mut Flow) -> bool {
    let Some(level) = reader.tree.attribute(id, "style").and_then(level) else {
        return false;
    };
    let below = reader.tree.below(id);
    let mark = below
        .into_iter()
        .find(|id| reader.tree.attribute(*id, "style").is_some_and(is_mark));
    let Some(mark) = mark else {
        return false;
    };
    let order = number(&reader.tree.text_below(mark));
    let mut content = Flow::default();
    reader.children_without(id, mark, style, &mut content);
    flow.word_item(WordItem {
        level,
        order,
        content: content.finish(),
    });
    true
}

fn level(style: &str) -> Option<usize> {
    let value = mso_list(style)?;
    let level = &value[value.find("level")? + 5..];
    level
        .chars()
        .next()?
        .to_digit(10)
        .map(|level| level.clamp(1, 9) as usize)
}

fn is_mark(style: &str) -> bool {
    mso_list(style).is_some_and(|value| value.trim().starts_with("ignore"))
}

fn mso_list(style: &str) -> Option<String> {
    let style = style.to_ascii_lowercase();
    let (_, value) = style.split_once("mso-list:")?;
    Some(value.split(';').next().unwrap_or_default().to_owned())
}

/// `3.`, `3)`, `(3)`; letters and Roman numbers count from 1.
fn number(mark: &str) -> Option<u32> {
    let mark = mark.trim_matches(|character: char| {
        character.is_whitespace() || character == '\u{a0}' || character == '('
    });
    let word = mark
        .split(|character: char| !character.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let closed = mark[word.len()..].starts_with(['.', ')']);
    match word.parse::<u32>() {
        Ok(number) => Some(number),
        Err(_) if closed && !word.is_empty() && word.len() <= 5 && word != "o" => Some(1),
        Err(_) => None,
    }
}

impl Reader<'_> {
    fn has_anything(&self, id: Id) -> bool {
        self.has_words(id)
            || self.tree.name(id) == "img"
            || self
                .tree
                .below(id)
                .iter()
                .any(|id| self.tree.name(*id) == "img")
    }

    /// The children of an element without one element somewhere below it.
    fn children_without(&self, id: Id, without: Id, style: &Style, flow: &mut Flow) {
        for child in self.tree.children(id) {
            if *child == without {
                continue;
            }
            if self.tree.below(*child).contains(&without) {
                let inner = self.inner_style(*child, style);
                self.children_without(*child, without, &inner, flow);
            } else {
                self.node(*child, style, flow);
            }
        }
    }
}
