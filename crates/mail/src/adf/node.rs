//! The nodes that we write.

/// A block. Where which one may stand is [`super::grammar`]'s.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    Paragraph(Vec<Inline>),
    Heading {
        level: u8,
        content: Vec<Inline>,
    },
    Bullet(Vec<Item>),
    Ordered {
        order: u32,
        items: Vec<Item>,
    },
    Quote(Vec<Block>),
    Code(String),
    Rule,
    Table(Vec<Row>),
    /// An image by its address (`mediaSingle` with an external `media`).
    Image {
        url: String,
        alt: String,
    },
}

pub(crate) type Item = Vec<Block>;
pub(crate) type Row = Vec<Cell>;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cell {
    pub(crate) header: bool,
    pub(crate) colspan: u32,
    pub(crate) rowspan: u32,
    pub(crate) blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Inline {
    Text { text: String, marks: Marks },
    Break,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Marks {
    pub(crate) strong: bool,
    pub(crate) em: bool,
    pub(crate) underline: bool,
    pub(crate) strike: bool,
    pub(crate) code: bool,
    pub(crate) shift: Option<Shift>,
    pub(crate) link: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shift {
    Sub,
    Sup,
}

/// Without the characters that Jira's storage does not take: controls and non-characters.
pub(crate) fn clean(text: &str) -> String {
    text.chars().filter_map(storable).collect()
}

/// The character that is stored for this one. U+0080 to U+009F are controls that nobody writes: they are
/// Windows-1252 under a wrong label, as the HTML standard reads them, too.
pub(crate) fn storable(character: char) -> Option<char> {
    match character {
        '\n' | '\t' => Some(character),
        '\u{80}'..='\u{9f}' => {
            let byte = [character as u32 as u8];
            let text = encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(&byte)
                .0;
            text.chars().next().filter(|decoded| !decoded.is_control())
        }
        '\u{fffe}' | '\u{ffff}' => None,
        other => (!other.is_control()).then_some(other),
    }
}

/// White space, and what looks like it.
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '\u{a0}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{34f}' | '\u{ad}'
        )
}
