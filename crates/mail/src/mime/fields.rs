//! The header fields of one part.

use std::sync::LazyLock;

use mail_parser::{ContentType, HeaderName, HeaderValue, MessageParser};

use super::{boundary::lines, note};
use crate::Problem;

static PARSER: LazyLock<MessageParser> = LazyLock::new(MessageParser::default);

/// The header fields of one part, as written and as mail-parser understands them.
#[derive(Default)]
pub(crate) struct Fields {
    /// Lower-case name and unfolded raw value, in order.
    raw: Vec<(String, String)>,
    read: Vec<(HeaderName<'static>, HeaderValue<'static>)>,
}

impl Fields {
    /// Reads the header fields at the beginning of `part`; the rest is the body.
    pub(super) fn read<'a>(
        part: &'a [u8],
        is_mail: bool,
        problems: &mut Vec<Problem>,
    ) -> (Self, &'a [u8]) {
        let (block, body) = cut_header(part, is_mail, problems);
        if block.is_empty() {
            if is_mail {
                note(problems, Problem::NoHeaders);
            }
            return (Self::default(), body);
        }
        let text = crate::charset::header(&block);
        let raw = text
            .split('\n')
            .filter(|line| !line.is_empty())
            .fold(Vec::new(), unfold);
        let read = PARSER.parse_headers(text.as_bytes()).map(|mut message| {
            let headers = message.parts.swap_remove(0).headers;
            headers
                .into_iter()
                .map(|header| (header.name.into_owned(), header.value.into_owned()))
                .collect()
        });
        (
            Self {
                raw,
                read: read.unwrap_or_default(),
            },
            body,
        )
    }

    /// The raw value of the first field of this (lower-case) name, unfolded and trimmed.
    pub(crate) fn raw(&self, name: &str) -> Option<&str> {
        self.raw
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// The values of all fields of this name, as mail-parser read them.
    pub(crate) fn values(
        &self,
        name: HeaderName<'static>,
    ) -> impl Iterator<Item = &HeaderValue<'static>> {
        self.read
            .iter()
            .filter(move |(own, _)| *own == name)
            .map(|(_, value)| value)
    }

    /// `type/subtype` in lower case.
    pub(crate) fn media_type(&self) -> Option<String> {
        let content_type = self.content_type(HeaderName::ContentType)?;
        let subtype = content_type.subtype()?.trim().to_ascii_lowercase();
        let kind = content_type.ctype().trim().to_ascii_lowercase();
        let plain = |word: &str| {
            !word.is_empty()
                && word.len() <= 127
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() && byte != b'/')
        };
        (plain(&kind) && plain(&subtype)).then(|| format!("{kind}/{subtype}"))
    }

    pub(crate) fn content_type_attribute(&self, name: &str) -> Option<String> {
        self.attribute(HeaderName::ContentType, name)
    }

    /// The file name that the part names itself.
    pub(crate) fn file_name(&self) -> Option<String> {
        self.attribute(HeaderName::ContentDisposition, "filename")
            .or_else(|| self.attribute(HeaderName::ContentType, "name"))
            .filter(|name| !name.trim().is_empty())
    }

    /// `attachment`, `inline` or whatever is named, in lower case.
    pub(crate) fn disposition(&self) -> Option<String> {
        let disposition = self.content_type(HeaderName::ContentDisposition)?;
        Some(disposition.ctype().trim().to_ascii_lowercase())
    }

    pub(crate) fn content_id(&self) -> Option<String> {
        self.values(HeaderName::ContentId)
            .next()?
            .as_text()
            .map(|id| id.trim().to_owned())
            .filter(|id| !id.is_empty())
    }

    pub(super) fn transfer_encoding(&self) -> Option<String> {
        let raw = self.raw("content-transfer-encoding")?;
        let word = raw.split([';', '(', ' ', '\t']).next().unwrap_or_default();
        Some(word.trim_matches(['"', '\'']).to_ascii_lowercase())
    }

    fn content_type(&self, name: HeaderName<'static>) -> Option<&ContentType<'static>> {
        self.values(name).find_map(HeaderValue::as_content_type)
    }

    fn attribute(&self, field: HeaderName<'static>, name: &str) -> Option<String> {
        self.content_type(field)?.attribute(name).map(str::to_owned)
    }
}

/// Cuts the header off: everything up to the first empty line, without the lines that are no fields.
fn cut_header<'a>(
    part: &'a [u8],
    is_mail: bool,
    problems: &mut Vec<Problem>,
) -> (Vec<u8>, &'a [u8]) {
    let mut block = Vec::new();
    let mut skipping = false;
    for (at, line) in lines(part) {
        let end = at + line.len();
        if line.trim_ascii().is_empty() {
            if block.is_empty() && is_mail && !skipping {
                continue;
            }
            return (block, &part[end..]);
        }
        if is_field(line) {
            skipping = false;
            block.extend_from_slice(line);
        } else if line[0] == b' ' || line[0] == b'\t' {
            if !skipping && !block.is_empty() {
                block.extend_from_slice(line);
            }
        } else if is_envelope_line(line) && block.is_empty() {
            // The separator of an mbox file.
        } else if goes_on(&part[end..], is_mail) && (is_mail || !block.is_empty()) {
            note(problems, Problem::BrokenHeaderLine);
            skipping = true;
        } else {
            // A body begins without the empty line before it.
            if !block.is_empty() {
                note(problems, Problem::BrokenHeaderLine);
            }
            return (block, &part[at..]);
        }
    }
    (block, &[])
}

/// Whether the header goes on below a line that is no field: with a field, or, in a mail, with one of the fields that
/// every mail has before the next empty line (some relays break long fields without the space that joins them).
fn goes_on(below: &[u8], is_mail: bool) -> bool {
    const SURE: [&[u8]; 6] = [
        b"from:",
        b"to:",
        b"subject:",
        b"date:",
        b"message-id:",
        b"mime-version:",
    ];
    let is_sure = |line: &[u8]| {
        SURE.iter().any(|name| {
            line.get(..name.len())
                .is_some_and(|own| own.eq_ignore_ascii_case(name))
        })
    };
    let mut below = lines(below).map(|(_, line)| line);
    let next = below.next().unwrap_or_default();
    let mut header = below
        .take(200)
        .take_while(|line| !line.trim_ascii().is_empty());
    is_field(next) || (is_mail && !next.trim_ascii().is_empty() && header.any(is_sure))
}

fn is_envelope_line(line: &[u8]) -> bool {
    line.starts_with(b"From ") || line.starts_with(b">From ")
}

/// `name:` with a name of printable ASCII (RFC 5322 section 2.2); white space before the colon is forgiven.
fn is_field(line: &[u8]) -> bool {
    let Some(colon) = line.iter().position(|byte| *byte == b':') else {
        return false;
    };
    let name = line[..colon].trim_ascii_end();
    !name.is_empty() && name.len() < 200 && name.iter().all(u8::is_ascii_graphic)
}

fn unfold(mut fields: Vec<(String, String)>, line: &str) -> Vec<(String, String)> {
    let line = line.trim_end_matches('\r');
    if line.starts_with([' ', '\t']) {
        if let Some((_, value)) = fields.last_mut() {
            if !value.is_empty() {
                value.push(' ');
            }
            value.push_str(line.trim());
        }
    } else if let Some((name, value)) = line.split_once(':') {
        fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mail: &str) -> (Fields, String, Vec<Problem>) {
        let mut problems = Vec::new();
        let (fields, body) = Fields::read(mail.as_bytes(), true, &mut problems);
        let body = String::from_utf8_lossy(body).into_owned();
        (fields, body, problems)
    }

    #[test]
    fn folded_fields_are_joined() {
        let (fields, body, problems) = read("X-A: one\r\n  two\r\n\r\nbody");
        assert_eq!(fields.raw("x-a"), Some("one two"));
        assert_eq!((body.as_str(), problems), ("body", vec![]));
    }

    #[test]
    fn line_that_is_no_field_is_left_out() {
        let (fields, body, problems) = read("From x@y Mon\nTo: a@b\nwhat is this\nCc: c@d\n\nbody");
        assert_eq!(
            (fields.raw("to"), fields.raw("cc")),
            (Some("a@b"), Some("c@d"))
        );
        assert_eq!(
            (body.as_str(), problems),
            ("body", vec![Problem::BrokenHeaderLine])
        );
    }

    #[test]
    fn field_broken_without_a_space_does_not_end_the_header() {
        let (fields, body, _) = read("X-A: abc\ndefghi\njklm\nFrom: a@b\n\nbody");
        assert_eq!((fields.raw("from"), body.as_str()), (Some("a@b"), "body"));
    }

    #[test]
    fn bytes_without_header_are_all_body() {
        let (_, body, problems) = read("just some words\nand more\n");
        assert_eq!(body, "just some words\nand more\n");
        assert_eq!(problems, vec![Problem::NoHeaders]);
    }
}
