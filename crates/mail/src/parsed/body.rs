//! Which parts are the text of the mail, and which are files.

use crate::{Problem, html, mime::Part};

/// The text of a mail and the parts that are files.
#[derive(Default)]
pub(super) struct Contents<'m, 'a> {
    pub(super) text: Option<String>,
    pub(super) html: Option<String>,
    pub(super) files: Vec<File<'m, 'a>>,
}

pub(super) struct File<'m, 'a> {
    pub(super) part: &'m Part<'a>,
    /// The part stands in a multipart/related, beside the HTML that shows it.
    pub(super) related: bool,
}

/// Where a part stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Alternative,
    Related,
    /// Among others, one after the other.
    Mixed,
}

pub(super) fn contents<'m, 'a>(
    root: &'m Part<'a>,
    problems: &mut Vec<Problem>,
) -> Contents<'m, 'a> {
    read(root, Place::Root, true, problems)
}

/// At most [`crate::mime::MAX_DEPTH`] deep: the parts were read with that bound.
fn read<'m, 'a>(
    part: &'m Part<'a>,
    place: Place,
    first: bool,
    problems: &mut Vec<Problem>,
) -> Contents<'m, 'a> {
    if part.children.is_empty() {
        return leaf(part, place, first, problems);
    }
    let inner = match part.media_type.as_str() {
        "multipart/alternative" => Place::Alternative,
        "multipart/related" => Place::Related,
        _ => Place::Mixed,
    };
    let mut pieces = Vec::new();
    let mut first = first;
    for child in &part.children {
        let piece = read(child, inner, first, problems);
        first = first && piece.text.is_none() && piece.html.is_none();
        if inner == Place::Alternative {
            first = true;
        }
        pieces.push(piece);
    }
    match inner {
        Place::Alternative => best(pieces),
        _ => in_a_row(pieces),
    }
}

fn leaf<'m, 'a>(
    part: &'m Part<'a>,
    place: Place,
    first: bool,
    problems: &mut Vec<Problem>,
) -> Contents<'m, 'a> {
    let file = || File {
        part,
        related: place == Place::Related,
    };
    let kind = part.media_type.as_str();
    if place == Place::Alternative && kind == "text/x-amp-html" {
        return Contents::default();
    }
    if !is_text_of_mail(part, place, first) {
        // A multipart without parts and an empty unnamed part have nothing to keep.
        let empty = part.body.trim_ascii().is_empty() && part.fields.file_name().is_none();
        let files = if empty { Vec::new() } else { vec![file()] };
        return Contents {
            files,
            ..Contents::default()
        };
    }
    let text = part.text(problems);
    if kind == "text/html" {
        Contents {
            html: Some(text),
            ..Contents::default()
        }
    } else {
        let flowed = part
            .fields
            .content_type_attribute("format")
            .is_some_and(|f| f.eq_ignore_ascii_case("flowed"));
        let text = if flowed { unflow(&text) } else { text };
        Contents {
            text: Some(text),
            ..Contents::default()
        }
    }
}

fn is_text_of_mail(part: &Part<'_>, place: Place, first: bool) -> bool {
    let kind = part.media_type.as_str();
    let readable = matches!(
        kind,
        "text/plain" | "text/html" | "text/enriched" | "text/markdown" | "text/richtext"
    ) || (kind.starts_with("text/") && place == Place::Root);
    if !readable || part.fields.disposition().as_deref() == Some("attachment") {
        return false;
    }
    place == Place::Root || part.fields.file_name().is_none() || (first && place != Place::Mixed)
}

/// multipart/alternative: the same thing several times. The first text, the last HTML, all files.
fn best<'m, 'a>(pieces: Vec<Contents<'m, 'a>>) -> Contents<'m, 'a> {
    let mut whole = Contents::default();
    for piece in pieces {
        let says_something =
            |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        if whole.text.is_none() || (!says_something(&whole.text) && says_something(&piece.text)) {
            whole.text = piece.text;
        }
        if says_something(&piece.html) || whole.html.is_none() {
            whole.html = piece.html;
        }
        whole.files.extend(piece.files);
    }
    whole
}

/// multipart/mixed and every other: one after the other. Text without HTML is joined to the HTML of others.
fn in_a_row<'m, 'a>(pieces: Vec<Contents<'m, 'a>>) -> Contents<'m, 'a> {
    let with_html = pieces.iter().any(|piece| piece.html.is_some());
    let with_text = pieces.iter().any(|piece| piece.text.is_some());
    let mut whole = Contents::default();
    for piece in pieces {
        if with_html {
            let html = piece
                .html
                .clone()
                .or_else(|| piece.text.as_deref().map(html::from_text));
            join(&mut whole.html, html, "<br>\n");
        }
        if with_text {
            let text = piece
                .text
                .or_else(|| piece.html.as_deref().map(html::to_text));
            join(&mut whole.text, text, "\n");
        }
        whole.files.extend(piece.files);
    }
    whole
}

fn join(whole: &mut Option<String>, more: Option<String>, between: &str) {
    let Some(more) = more else {
        return;
    };
    match whole {
        None => *whole = Some(more),
        Some(_) if more.trim().is_empty() => {}
        Some(text) if text.trim().is_empty() => *text = more,
        Some(text) => {
            text.push_str(between);
            text.push_str(&more);
        }
    }
}

/// format=flowed (RFC 3676): a line that ends in a space goes on in the next; a stuffed space goes.
fn unflow(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let content = line[depth..].strip_prefix(' ').unwrap_or(&line[depth..]);
        if open.is_some_and(|open| open != depth) {
            out.push('\n');
            open = None;
        }
        if open.is_none() && depth > 0 {
            out.push_str(&line[..depth]);
            out.push(' ');
        }
        out.push_str(content);
        open = (content.ends_with(' ') && content != "-- ").then_some(depth);
        if open.is_none() {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::unflow;

    #[test]
    fn flowed_lines_are_joined_and_the_signature_mark_is_not() {
        assert_eq!(
            unflow("one \ntwo\n>> a \n>> b\n-- \nAnn\n"),
            "one two\n>> a b\n-- \nAnn\n"
        );
    }
}
