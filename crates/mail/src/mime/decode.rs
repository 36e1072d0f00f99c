//! Content-Transfer-Encoding (RFC 2045 section 6), forgiving.

use super::note;
use crate::Problem;

pub(super) fn content(body: &[u8], encoding: Option<&str>, problems: &mut Vec<Problem>) -> Vec<u8> {
    match encoding {
        Some("base64") => base64(body).unwrap_or_else(|| {
            note(
                problems,
                Problem::Undecodable {
                    encoding: "base64".to_owned(),
                },
            );
            body.to_vec()
        }),
        Some("quoted-printable") => quoted_printable(body),
        Some("x-uuencode" | "uuencode" | "x-uue") => uuencode(body).unwrap_or_else(|| {
            note(
                problems,
                Problem::Undecodable {
                    encoding: "uuencode".to_owned(),
                },
            );
            body.to_vec()
        }),
        None | Some("7bit" | "8bit" | "binary" | "") => body.to_vec(),
        Some(other) => {
            note(
                problems,
                Problem::Undecodable {
                    encoding: other.chars().take(40).collect(),
                },
            );
            body.to_vec()
        }
    }
}

/// Base64, whatever stands between its characters. `None` when most of it is no base64.
fn base64(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut held, mut foreign) = (0u32, 0u32, 0usize);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                (bits, held) = (0, 0);
                continue;
            }
            _ if byte.is_ascii_whitespace() => continue,
            _ => {
                foreign += 1;
                continue;
            }
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    (foreign * 10 <= body.len()).then_some(out)
}

/// Quoted-printable. An `=` that begins no escape stays as it is.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let (text, newline) = match line.strip_suffix(b"\r\n") {
            Some(text) => (text, &b"\r\n"[..]),
            None => line
                .strip_suffix(b"\n")
                .map_or((line, &b""[..]), |text| (text, b"\n")),
        };
        // White space at the end of a line was added on the way (RFC 2045 section 6.7, rule 3).
        let text = text.trim_ascii_end();
        let (text, soft) = text
            .strip_suffix(b"=")
            .map_or((text, false), |text| (text, true));
        unescape(text, &mut out);
        if !soft {
            out.extend_from_slice(newline);
        }
    }
    out
}

fn unescape(text: &[u8], out: &mut Vec<u8>) {
    let mut at = 0;
    while at < text.len() {
        let escape = match text[at..] {
            [b'=', high, low, ..] => hex_digit(high).zip(hex_digit(low)),
            _ => None,
        };
        match escape {
            Some((high, low)) => {
                out.push(high << 4 | low);
                at += 3;
            }
            None => {
                out.push(text[at]);
                at += 1;
            }
        }
    }
}

fn hex_digit(byte: u8) -> Option<u8> {
    (byte as char).to_digit(16).map(|digit| digit as u8)
}

/// Uuencode: the lines between `begin` and `end`.
fn uuencode(body: &[u8]) -> Option<Vec<u8>> {
    let mut lines = body
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii_end);
    lines.find(|line| line.starts_with(b"begin "))?;
    let mut out = Vec::new();
    for line in lines {
        let Some((length, data)) = line.split_first() else {
            continue;
        };
        let length = usize::from(length.wrapping_sub(32) & 63);
        if line == b"end" || length == 0 {
            break;
        }
        let start = out.len();
        for group in data.chunks(4) {
            let six =
                |at: usize| u32::from(group.get(at).map_or(0, |byte| byte.wrapping_sub(32) & 63));
            let word = six(0) << 18 | six(1) << 12 | six(2) << 6 | six(3);
            out.extend_from_slice(&word.to_be_bytes()[1..]);
        }
        out.truncate(start + length);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(body: &str, encoding: &str) -> (String, Vec<Problem>) {
        let mut problems = Vec::new();
        let bytes = content(body.as_bytes(), Some(encoding), &mut problems);
        (String::from_utf8_lossy(&bytes).into_owned(), problems)
    }

    #[test]
    fn base64_survives_what_gateways_put_between() {
        assert_eq!(decoded("SGVs\r\nbG8=\r\n", "base64").0, "Hello");
        assert_eq!(
            decoded("SGVs!bG8gd29ybGQsIGhlcmUgSSBhbQ==", "base64").0,
            "Hello world, here I am"
        );
    }

    #[test]
    fn what_is_no_base64_keeps_its_bytes() {
        let (text, problems) = decoded("<p>ä, ö & ü: (no) {base64}!</p>", "base64");
        assert_eq!(text, "<p>ä, ö & ü: (no) {base64}!</p>");
        assert_eq!(
            problems,
            vec![Problem::Undecodable {
                encoding: "base64".to_owned()
            }]
        );
    }

    #[test]
    fn quoted_printable_joins_soft_lines_and_keeps_broken_escapes() {
        assert_eq!(
            decoded("gr=C3=BC=\r\nn 100=% =ZZ \r\nx", "quoted-printable").0,
            "grün 100=% =ZZ\r\nx"
        );
    }

    #[test]
    fn uuencode_is_read() {
        assert_eq!(
            decoded("begin 644 a.txt\n%2&5L;&\\\n`\nend\n", "x-uuencode").0,
            "Hello"
        );
    }
}
