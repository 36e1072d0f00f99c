//! Header fields of raw messages (RFC 5322), without touching the rest.

/// Whether the header has a field of that name.
pub(super) fn has(raw: &[u8], name: &str) -> bool {
    fields(raw).any(|(start, end)| is(&raw[start..end], name))
}

/// The message without the fields of that name.
pub(super) fn without(raw: &[u8], name: &str) -> Vec<u8> {
    let mut kept = Vec::with_capacity(raw.len());
    let mut copied = 0;
    for (start, end) in fields(raw) {
        if is(&raw[start..end], name) {
            kept.extend_from_slice(&raw[copied..start]);
            copied = end;
        }
    }
    kept.extend_from_slice(&raw[copied..]);
    kept
}

/// The fields that are not of the named kind, and those that are.
pub(super) fn split(raw: &[u8], named: impl Fn(&str) -> bool) -> (Vec<u8>, Vec<u8>) {
    let (mut rest, mut kept) = (Vec::new(), Vec::new());
    for (start, end) in fields(raw) {
        let field = &raw[start..end];
        let colon = field.iter().position(|byte| *byte == b':').unwrap_or(0);
        match named(String::from_utf8_lossy(&field[..colon]).trim_end()) {
            true => kept.extend_from_slice(field),
            false => rest.extend_from_slice(field),
        }
    }
    (rest, kept)
}

/// Where the header ends and the empty line begins.
pub(super) fn end(raw: &[u8]) -> usize {
    fields(raw).last().map_or(0, |(_, end)| end)
}

fn is(field: &[u8], name: &str) -> bool {
    let end = field.iter().position(|byte| *byte == b':').unwrap_or(0);
    field[..end]
        .trim_ascii_end()
        .eq_ignore_ascii_case(name.as_bytes())
}

/// Start and end of each field, folded lines included.
fn fields(raw: &[u8]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let first = line(raw, start)?;
        if raw[start..first].trim_ascii().is_empty() {
            return None;
        }
        at = first;
        while let Some(next) = line(raw, at).filter(|_| matches!(raw.get(at), Some(b' ' | b'\t'))) {
            at = next;
        }
        Some((start, at))
    })
}

/// End of the line that begins at `start`.
fn line(raw: &[u8], start: usize) -> Option<usize> {
    let rest = raw.get(start..).filter(|rest| !rest.is_empty())?;
    Some(
        rest.iter()
            .position(|byte| *byte == b'\n')
            .map_or(raw.len(), |at| start + at + 1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAW: &[u8] = b"From: a@b.example\r\nBcc: c@d.example,\r\n e@f.example\r\nSubject: x\r\n\r\nBcc: body\r\n";

    #[test]
    fn a_field_goes_with_its_folded_lines_and_the_body_stays() {
        assert!(has(RAW, "bcc"));
        let kept = without(RAW, "Bcc");
        assert_eq!(
            kept,
            b"From: a@b.example\r\nSubject: x\r\n\r\nBcc: body\r\n"
        );
        assert!(!has(&kept, "bcc"));
    }
}
