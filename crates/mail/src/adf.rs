//! Atlassian Document Format: what Jira Cloud's REST API v3 takes and gives for descriptions and comments.
//!
//! A [`Document`] is valid by its construction: what the grammar does not allow in a place is turned into what
//! it does allow there, and no word is lost. The grammar is the JSON schema of the npm package
//! `@atlaskit/adf-schema` (`dist/json-schema/v1/full.json`), narrowed where older Jira versions were stricter.
//!
//! ```
//! use postroom_mail::adf::{self, ImageNames};
//! let document = adf::from_html("<p>Hello <b>you</b></p>", &ImageNames::none());
//! assert_eq!(document.to_value()["content"][0]["content"][1]["marks"][0]["type"], "strong");
//! ```

mod fit;
mod from_text;
mod grammar;
mod html;
mod images;
mod node;
mod outgoing;
mod plain;
mod value;

pub use fit::{Fitted, MAX_CHARS, fit, serialised_chars};
pub use from_text::from_text;
pub use html::from_html;
pub use images::{Image, ImageNames};
pub use outgoing::{to_html, to_text};
pub use plain::plain;

use std::fmt;

use node::{Block, Inline, Marks};
use serde::{Serialize, Serializer};

/// A document that Jira takes. Serialises to ADF JSON, version 1.
#[derive(Clone, Default, PartialEq)]
pub struct Document {
    blocks: Vec<Block>,
}

impl Document {
    /// A document of these blocks, made to fit the grammar.
    pub(crate) fn of(blocks: Vec<Block>) -> Self {
        Self {
            blocks: grammar::document(blocks),
        }
    }

    /// True when there is nothing to read in it.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Adds a paragraph of plain words at the beginning.
    #[must_use]
    pub fn with_first_paragraph(mut self, text: &str) -> Self {
        self.blocks
            .insert(0, Block::Paragraph(words(text, Marks::default())));
        Self::of(self.blocks)
    }

    /// Adds a paragraph of plain words, in italics, at the end.
    #[must_use]
    pub fn with_note(mut self, text: &str) -> Self {
        self.blocks.push(note(text));
        Self::of(self.blocks)
    }

    /// Adds the blocks of another document at the end.
    #[must_use]
    pub fn followed_by(mut self, other: Document) -> Self {
        self.blocks.extend(other.blocks);
        self
    }

    /// The ADF JSON.
    pub fn to_value(&self) -> serde_json::Value {
        value::document(&self.blocks)
    }
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

/// Without content.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("blocks", &self.blocks.len())
            .finish()
    }
}

fn note(text: &str) -> Block {
    Block::Paragraph(words(
        text,
        Marks {
            em: true,
            ..Marks::default()
        },
    ))
}

fn words(text: &str, marks: Marks) -> Vec<Inline> {
    vec![Inline::Text {
        text: node::clean(text),
        marks,
    }]
}

#[cfg(test)]
mod tests;
