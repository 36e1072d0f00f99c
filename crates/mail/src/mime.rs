//! The parts of a mail: an own walk over the boundaries, one level after the other.
//!
//! mail-parser reads the header fields (addresses, dates, encoded words, RFC 2231 parameters). It does not
//! walk the body: it nests one `message/rfc822` into the other without a bound, and a mail made of hundred
//! thousand of them ends the process when its tree is dropped.

mod boundary;
mod decode;
mod fields;

pub(crate) use fields::Fields;

use crate::Problem;

/// Multiparts within multiparts that are followed.
pub const MAX_DEPTH: usize = 64;
/// Parts of one mail that are looked at.
pub const MAX_PARTS: usize = 2_000;

/// One part: its header fields and its raw body, with the parts in it if it is a multipart.
pub(crate) struct Part<'a> {
    pub(crate) fields: Fields,
    pub(crate) body: &'a [u8],
    pub(crate) children: Vec<Part<'a>>,
    /// The content type, in lower case; `text/plain` where nothing sensible is named.
    pub(crate) media_type: String,
}

impl<'a> Part<'a> {
    /// Reads a whole mail. Never fails: bytes that are no mail are a `text/plain` body without header.
    pub(crate) fn read(raw: &'a [u8], problems: &mut Vec<Problem>) -> Part<'a> {
        let mut left = MAX_PARTS;
        Self::read_at(raw, 0, "text/plain", &mut left, problems)
    }

    fn read_at(
        whole: &'a [u8],
        depth: usize,
        default_type: &str,
        left: &mut usize,
        problems: &mut Vec<Problem>,
    ) -> Part<'a> {
        let (fields, body) = Fields::read(whole, depth == 0, problems);
        let media_type = fields
            .media_type()
            .unwrap_or_else(|| default_type.to_owned());
        let mut part = Part {
            fields,
            body,
            children: Vec::new(),
            media_type,
        };
        if part.media_type.starts_with("multipart/") {
            part.read_children(depth, left, problems);
        }
        part
    }

    fn read_children(&mut self, depth: usize, left: &mut usize, problems: &mut Vec<Problem>) {
        if depth >= MAX_DEPTH {
            note(problems, Problem::TooDeep);
            return;
        }
        let named = self.fields.content_type_attribute("boundary");
        let split = match named
            .as_deref()
            .and_then(|named| boundary::split(self.body, named))
        {
            Some(split) => split,
            None => {
                note(problems, Problem::NoBoundary);
                match boundary::guess(self.body)
                    .and_then(|guess| boundary::split(self.body, &guess))
                {
                    Some(split) => split,
                    None => {
                        self.media_type = "text/plain".to_owned();
                        return;
                    }
                }
            }
        };
        if !split.closed {
            note(problems, Problem::Unclosed);
        }
        let default_type = match self.media_type.as_str() {
            "multipart/digest" => "message/rfc822",
            _ => "text/plain",
        };
        for piece in split.pieces {
            if *left == 0 {
                note(problems, Problem::TooManyParts);
                return;
            }
            *left -= 1;
            self.children.push(Part::read_at(
                piece,
                depth + 1,
                default_type,
                left,
                problems,
            ));
        }
    }

    /// The decoded bytes; where they cannot be decoded, the bytes as they came, and a problem.
    pub(crate) fn content(&self, problems: &mut Vec<Problem>) -> Vec<u8> {
        decode::content(
            self.body,
            self.fields.transfer_encoding().as_deref(),
            problems,
        )
    }

    /// The decoded text of a text part.
    pub(crate) fn text(&self, problems: &mut Vec<Problem>) -> String {
        let bytes = self.content(problems);
        let charset = self.fields.content_type_attribute("charset");
        let is_html = self.media_type == "text/html";
        let text = crate::charset::decode(&bytes, charset.as_deref(), is_html, problems);
        text.replace("\r\n", "\n").replace('\r', "\n")
    }
}

/// Keeps each problem once.
pub(crate) fn note(problems: &mut Vec<Problem>, problem: Problem) {
    if !problems.contains(&problem) {
        problems.push(problem);
    }
}
