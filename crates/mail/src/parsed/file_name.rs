//! Safe file names.

use std::collections::HashSet;

/// Bytes that a name may have: what file systems and Jira take, with room for a number.
const MAX_BYTES: usize = 200;

/// The names of one mail: each is given once, whatever the case.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// A safe name that was not given before: `plan.pdf`, then `plan-2.pdf`.
    pub(super) fn unique(&mut self, wanted: &str) -> String {
        let safe = safe(wanted);
        let (stem, extension) = match safe.rfind('.') {
            Some(dot) if dot > 0 && safe.len() - dot <= 12 => safe.split_at(dot),
            _ => (safe.as_str(), ""),
        };
        let mut name = safe.clone();
        let mut number = 2;
        while !self.0.insert(name.to_lowercase()) {
            name = format!("{stem}-{number}{extension}");
            number += 1;
        }
        name
    }
}

/// Without folders, control and direction characters; never empty, never a dot alone.
fn safe(wanted: &str) -> String {
    let last = wanted
        .rsplit(['/', '\\'])
        .find(|piece| !piece.trim().is_empty())
        .unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|character| !is_hidden(*character))
        .map(replaced)
        .collect();
    let joined = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let short = shorten(joined.trim_matches([' ', '"']));
    match short.trim_matches('.') {
        "" => "attachment.bin".to_owned(),
        _ => short.trim_end_matches(['.', ' ']).to_owned(),
    }
}

fn replaced(character: char) -> char {
    if matches!(character, ':' | '*' | '?' | '"' | '<' | '>' | '|') {
        '_'
    } else if character.is_control() {
        ' '
    } else {
        character
    }
}

/// Characters that are not seen, or turn the direction of the text so that `exe.gpj` reads `jpg.exe`.
fn is_hidden(character: char) -> bool {
    matches!(character, '\0' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Cuts the stem, keeps the extension.
fn shorten(name: &str) -> String {
    if name.len() <= MAX_BYTES {
        return name.to_owned();
    }
    let extension = name
        .rfind('.')
        .map(|dot| &name[dot..])
        .filter(|extension| extension.len() <= 12);
    let extension = extension.unwrap_or_default();
    let end = name.floor_char_boundary(MAX_BYTES - extension.len());
    format!("{}{extension}", name[..end].trim_end())
}

/// The usual extension of a media type.
pub(super) fn extension(media_type: &str) -> &str {
    match media_type {
        "image/jpeg" | "image/pjpeg" => "jpg",
        "image/svg+xml" => "svg",
        "image/tiff" => "tif",
        "image/x-icon" | "image/vnd.microsoft.icon" => "ico",
        "text/plain" => "txt",
        "text/html" => "html",
        "text/calendar" => "ics",
        "text/x-vcard" | "text/vcard" | "text/directory" => "vcf",
        "text/markdown" => "md",
        "application/pgp-signature" => "asc",
        "application/pgp-encrypted" => "asc",
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "p7s",
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => "p7m",
        "application/msword" => "doc",
        "application/vnd.ms-excel" => "xls",
        "application/vnd.ms-powerpoint" => "ppt",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "pptx",
        "application/gzip" | "application/x-gzip" => "gz",
        "application/x-zip-compressed" => "zip",
        other => {
            let subtype = other.rsplit('/').next().unwrap_or_default();
            let short =
                subtype.len() <= 5 && subtype.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if short && !subtype.is_empty() {
                subtype
            } else {
                "bin"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe() {
        assert_eq!(safe("../../etc/passwd"), "passwd");
        assert_eq!(safe("C:\\Users\\ann\\plan.pdf"), "plan.pdf");
        assert_eq!(safe("a\u{202e}gpj.exe"), "agpj.exe");
        assert_eq!(safe("a\r\nb: c?.txt"), "a b_ c_.txt");
        assert_eq!(safe(".."), "attachment.bin");
        assert_eq!(safe("  "), "attachment.bin");
        let long = safe(&format!("{}.pdf", "ü".repeat(300)));
        assert!(long.len() <= MAX_BYTES && long.ends_with(".pdf"));
    }

    #[test]
    fn names_are_unique_whatever_the_case() {
        let mut names = Names::default();
        let given: Vec<_> = ["a.PNG", "A.png", "a.png", "a"]
            .iter()
            .map(|name| names.unique(name))
            .collect();
        assert_eq!(given, ["a.PNG", "A-2.png", "a-3.png", "a"]);
    }
}
