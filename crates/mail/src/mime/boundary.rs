//! Splitting a multipart body at its boundary lines (RFC 2046 section 5.1.1).

/// What a boundary split a body into.
pub(super) struct Split<'a> {
    pub(super) pieces: Vec<&'a [u8]>,
    /// Whether the closing boundary was there.
    pub(super) closed: bool,
}

/// Splits `body`; `None` where the boundary never occurs.
pub(super) fn split<'a>(body: &'a [u8], boundary: &str) -> Option<Split<'a>> {
    let boundary = boundary.trim_end().as_bytes();
    if boundary.is_empty() {
        return None;
    }
    let mut pieces = Vec::new();
    let mut start = None;
    let mut closed = false;
    for (at, line) in lines(body) {
        let Some(closing) = is_boundary(line, boundary) else {
            continue;
        };
        if let Some(start) = start.take() {
            pieces.push(without_last_newline(&body[start..at]));
        }
        closed = closing;
        if closing {
            break;
        }
        start = Some(at + line.len());
    }
    if let Some(start) = start {
        pieces.push(&body[start..]);
    }
    (closed || !pieces.is_empty()).then_some(Split { pieces, closed })
}

/// The boundary that a body seems to use, where the header does not say: the first line of `--` and at least
/// one more character that is followed by a `Content-` field.
pub(super) fn guess(body: &[u8]) -> Option<String> {
    let mut before: Option<&[u8]> = None;
    for (_, line) in lines(body).take(200) {
        if let Some(boundary) = before.take()
            && line.len() > 8
            && line[..8].eq_ignore_ascii_case(b"content-")
        {
            return std::str::from_utf8(boundary).ok().map(str::to_owned);
        }
        let trimmed = line.trim_ascii_end();
        before = trimmed.strip_prefix(b"--").filter(|rest| !rest.is_empty());
    }
    None
}

/// `Some(closing)` when the line is a boundary line. A boundary that is the beginning of another one (`a` and
/// `ab`) does not match it: only white space may follow.
fn is_boundary(line: &[u8], boundary: &[u8]) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary)?;
    let rest = rest.trim_ascii();
    match rest {
        b"" => Some(false),
        _ => rest.strip_prefix(b"--").map(|_| true),
    }
}

/// Lines with their offsets; the newline belongs to the line.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(move |line| {
            let start = at;
            at += line.len();
            (start, line)
        })
}

/// The newline before a boundary belongs to the boundary.
fn without_last_newline(piece: &[u8]) -> &[u8] {
    let piece = piece.strip_suffix(b"\n").unwrap_or(piece);
    piece.strip_suffix(b"\r").unwrap_or(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundary_that_begins_another_is_not_taken_for_it() {
        let body = b"--ab\ninner\n--a\none\n--a--\n";
        let split = split(body, "a").unwrap();
        assert_eq!(split.pieces, vec![&b"one"[..]]);
        assert!(split.closed);
    }

    #[test]
    fn mail_cut_off_keeps_its_last_part() {
        let split = split(b"--x\r\none\r\n--x\r\ntwo", "x").unwrap();
        assert_eq!(split.pieces, vec![&b"one"[..], b"two"]);
        assert!(!split.closed);
    }

    #[test]
    fn missing_boundary_is_guessed_from_the_body() {
        assert_eq!(
            guess(b"\n--q1\nContent-Type: text/plain\n\nx").as_deref(),
            Some("q1")
        );
        assert_eq!(guess(b"-- \nAnn\n"), None);
    }
}
