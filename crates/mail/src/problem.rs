use serde::{Deserialize, Serialize};

/// Something in a mail that could not be read as it was meant. A mail with problems is still a mail: what
/// could be read is there, and the raw body is kept by the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Problem {
    /// No header field was found at all.
    NoHeaders,
    /// A line among the header fields is none; it was left out.
    BrokenHeaderLine,
    /// `From` is missing or holds no address.
    NoSender,
    /// `Date` is missing or cannot be read.
    NoDate,
    /// A multipart part names no boundary, or its boundary never occurs.
    NoBoundary,
    /// The closing boundary is missing: the mail may have been cut off.
    Unclosed,
    /// The content of a part is not in the encoding that its header names; its bytes are kept as they came.
    Undecodable {
        /// The encoding as named: `base64`, `x-uuencode`…
        encoding: String,
    },
    /// A charset that nobody knows; the text was read as UTF-8 or Windows-1252.
    UnknownCharset {
        /// The charset as named.
        charset: String,
    },
    /// The charset that is named is not the one that is used.
    WrongCharset {
        /// The charset as named.
        charset: String,
    },
    /// Parts are nested deeper than [`crate::mime::MAX_DEPTH`]; the rest is one attachment.
    TooDeep,
    /// More parts than [`crate::mime::MAX_PARTS`]; the rest was left in the raw mail.
    TooManyParts,
}

impl Problem {
    /// Whether words or files of the mail may be missing from what was read, so that a reader needs the original.
    pub fn may_hide_content(&self) -> bool {
        match self {
            Self::NoSender | Self::NoDate | Self::WrongCharset { .. } => false,
            Self::NoHeaders
            | Self::BrokenHeaderLine
            | Self::NoBoundary
            | Self::Unclosed
            | Self::Undecodable { .. }
            | Self::UnknownCharset { .. }
            | Self::TooDeep
            | Self::TooManyParts => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ParsedMail;

    #[test]
    fn a_mail_without_a_date_hides_nothing_and_one_that_was_cut_off_may() {
        let dateless = ParsedMail::parse(b"From: a@b.example\r\nSubject: x\r\n\r\nHi\r\n");
        assert_eq!(dateless.problems, [Problem::NoDate]);
        assert!(!dateless.problems.iter().any(Problem::may_hide_content));
        let cut = ParsedMail::parse(
            b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nHi",
        );
        assert!(cut.problems.iter().any(Problem::may_hide_content));
    }
}
