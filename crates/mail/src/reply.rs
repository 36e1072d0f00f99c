//! What in a mail is new: the words of its writer, without the history that mail programs put below them.
//!
//! Only for comments: a mail that makes an issue is kept whole. Where nothing would be left, nothing is cut.

mod html;
mod lines;
mod signature;
mod table;

use serde::{Deserialize, Serialize};

use crate::{ParsedMail, html as markup};

/// How much is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// Quoted history only.
    #[default]
    Quotes,
    /// The signature, too.
    Full,
}

/// What was taken away, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// `quote` or `signature`.
    pub what: String,
    /// The rule's name and where it was learned, without words of the mail.
    pub because: String,
}

impl Cut {
    fn quote(because: &str) -> Self {
        Self {
            what: "quote".to_owned(),
            because: because.to_owned(),
        }
    }
}

/// The words of the writer.
#[derive(Clone, Default, PartialEq)]
pub struct VisibleReply {
    /// As plain text: from the text part, else from the HTML.
    pub text: String,
    /// As HTML, where the mail has HTML.
    pub html: Option<String>,
    /// What is not in them.
    pub cut: Vec<Cut>,
}

/// Lengths only.
impl std::fmt::Debug for VisibleReply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VisibleReply")
            .field("text", &self.text.len())
            .field("cut", &self.cut)
            .finish_non_exhaustive()
    }
}

/// The visible reply of a mail, without quoted history.
pub fn visible(mail: &ParsedMail) -> VisibleReply {
    visible_as(mail, Extent::Quotes)
}

/// The same, with the choice of what to cut.
pub fn visible_as(mail: &ParsedMail, extent: Extent) -> VisibleReply {
    visible_of(mail.text.as_deref(), mail.html.as_deref(), extent)
}

/// The same of a text, an HTML body or both.
pub fn visible_of(text: Option<&str>, html: Option<&str>, extent: Extent) -> VisibleReply {
    let mut cut = Vec::new();
    let new_html = html.map(|html| html::without_history(html, &mut cut));
    let text_is_empty = text.is_none_or(|text| text.trim().is_empty());
    let text = match (text, &new_html) {
        (Some(text), _) if !text_is_empty => text.to_owned(),
        (_, Some(html)) => markup::to_text(html),
        (text, None) => text.unwrap_or_default().to_owned(),
    };
    let text = lines::without_history(&text, extent, &mut cut);
    cut.dedup();
    VisibleReply {
        text,
        html: new_html,
        cut,
    }
}

#[cfg(test)]
mod tests;
