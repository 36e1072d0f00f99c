//! From bytes to text, where the label may be wrong.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, WINDOWS_1252};
use mail_parser::decoders::charsets::map::charset_decoder;

use crate::{Problem, mime::note};

/// Decodes the text of a part.
pub(crate) fn decode(
    bytes: &[u8],
    label: Option<&str>,
    is_html: bool,
    problems: &mut Vec<Problem>,
) -> String {
    let label = label
        .map(|label| label.trim().trim_matches(['"', '\'']).to_owned())
        .filter(|label| !label.is_empty());
    let label = label.or_else(|| is_html.then(|| meta_charset(bytes)).flatten());
    let Some(label) = label else {
        return unlabelled(bytes);
    };
    if is_ascii_label(&label) {
        return unlabelled(bytes);
    }
    let shown = || label.chars().take(40).collect::<String>();
    let Some(encoding) = Encoding::for_label(label.as_bytes()) else {
        if let Some(decoder) = charset_decoder(label.as_bytes()) {
            return decoder(bytes);
        }
        note(problems, Problem::UnknownCharset { charset: shown() });
        return unlabelled(bytes);
    };
    let wrong = if encoding == UTF_8 {
        is_not_utf8(bytes)
    } else {
        encoding.is_single_byte() && is_really_utf8(bytes)
    };
    if wrong {
        note(problems, Problem::WrongCharset { charset: shown() });
        return unlabelled(bytes);
    }
    clean(&encoding.decode(bytes).0)
}

/// The header as UTF-8: RFC 6532 allows it raw, and older programs write whatever they have.
pub(crate) fn header(block: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(block) {
        Ok(text) if !text.contains('\0') => Cow::Borrowed(text),
        Ok(text) => Cow::Owned(text.replace('\0', "")),
        Err(_) => Cow::Owned(lines_as_text(block)),
    }
}

/// Line by line, so that one Latin-1 field does not spoil the UTF-8 of another.
fn lines_as_text(block: &[u8]) -> String {
    let lines = block.split_inclusive(|byte| *byte == b'\n');
    lines
        .map(|line| unlabelled(line).replace('\0', ""))
        .collect()
}

fn unlabelled(bytes: &[u8]) -> String {
    if bytes
        .windows(3)
        .any(|window| window == b"\x1b$B" || window == b"\x1b$@")
    {
        return clean(&ISO_2022_JP.decode(bytes).0);
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return clean(&encoding.decode(bytes).0);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => clean(text),
        Err(_) if is_not_utf8(bytes) => clean(&WINDOWS_1252.decode(bytes).0),
        Err(_) => clean(&String::from_utf8_lossy(bytes)),
    }
}

fn is_ascii_label(label: &str) -> bool {
    [
        "us-ascii",
        "ascii",
        "unknown",
        "unknown-8bit",
        "x-unknown",
        "default",
        "binary",
        "8bit",
        "7bit",
    ]
    .iter()
    .any(|known| label.eq_ignore_ascii_case(known))
}

/// Valid UTF-8 with characters beyond ASCII: nothing else looks like that by chance.
fn is_really_utf8(bytes: &[u8]) -> bool {
    !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok()
}

/// Broken as UTF-8, and not only at one damaged place: most bytes beyond ASCII are no UTF-8.
fn is_not_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk
            .valid()
            .chars()
            .filter(|character| !character.is_ascii())
            .count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad > good
}

fn meta_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2_048)]).to_ascii_lowercase();
    let meta = &head[head.find("<meta")?..];
    let value = meta[meta.find("charset=")? + 8..].trim_start_matches(['"', '\'']);
    let end = value.find(|character: char| {
        !character.is_ascii_alphanumeric() && !"-_:.".contains(character)
    })?;
    Some(value[..end].to_owned()).filter(|label| !label.is_empty())
}

/// Without NUL, which PostgreSQL's text cannot hold.
fn clean(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace('\0', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], label: Option<&str>) -> (String, Vec<Problem>) {
        let mut problems = Vec::new();
        let text = decode(bytes, label, false, &mut problems);
        (text, problems)
    }

    #[test]
    fn labels_are_believed_unless_the_bytes_say_otherwise() {
        assert_eq!(text(b"gr\xfcn", Some("iso-8859-1")).0, "grün");
        assert_eq!(text("grün".as_bytes(), Some("iso-8859-1")).0, "grün");
        assert_eq!(text(b"gr\xfcn", Some("utf-8")).0, "grün");
        assert_eq!(text(b"gr\xfcn", None).0, "grün");
        assert_eq!(text(b"\x1b$B$3$s\x1b(B", Some("us-ascii")).0, "こん");
        let unknown = Problem::UnknownCharset {
            charset: "klingon".to_owned(),
        };
        assert_eq!(
            text("ü".as_bytes(), Some("klingon")),
            ("ü".to_owned(), vec![unknown])
        );
    }

    #[test]
    fn html_names_its_charset_itself() {
        let html = b"<html><head><meta charset=\"iso-8859-2\"></head>\xb1</html>";
        assert!(decode(html, None, true, &mut Vec::new()).contains('ą'));
    }
}
