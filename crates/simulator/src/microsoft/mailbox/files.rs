//! Adding a file to a message that is already written: a draft gets its attachments one by one.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use mail_parser::{MessageParser, MimeHeaders as _};

use super::headers;

/// A file for a draft.
#[derive(Clone, Debug)]
pub(crate) struct NewFile {
    pub(crate) name: String,
    pub(crate) media_type: String,
    /// With an id, an image of the text.
    pub(crate) content_id: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

impl NewFile {
    fn part(&self) -> String {
        let quoted = self.name.replace(['"', '\\', '\r', '\n'], "_");
        let mut part = format!(
            "Content-Type: {}; name=\"{quoted}\"\r\nContent-Transfer-Encoding: base64\r\n",
            self.media_type
        );
        match &self.content_id {
            Some(id) => part.push_str(&format!(
                "Content-ID: <{id}>\r\nContent-Disposition: inline; filename=\"{quoted}\"\r\n\r\n"
            )),
            None => part.push_str(&format!(
                "Content-Disposition: attachment; filename=\"{quoted}\"\r\n\r\n"
            )),
        }
        let encoded = STANDARD.encode(&self.bytes);
        for line in encoded.as_bytes().chunks(76) {
            part.push_str(&String::from_utf8_lossy(line));
            part.push_str("\r\n");
        }
        part
    }
}

/// The message with the file as its last part; `boundary` is new to it.
pub(crate) fn with_file(raw: &[u8], file: &NewFile, boundary: &str) -> Vec<u8> {
    let part = file.part();
    if let Some(grown) = in_mixed(raw, &part) {
        return grown;
    }
    let (outer, inner) = headers::split(raw, |name| {
        name.to_ascii_lowercase().starts_with("content-")
    });
    let end = headers::end(raw);
    let body = String::from_utf8_lossy(&raw[end..]);
    let body = body.trim_start_matches("\r\n").trim_start_matches('\n');
    let outer = String::from_utf8_lossy(&outer);
    let inner = String::from_utf8_lossy(&inner);
    let version = match headers::has(raw, "mime-version") {
        true => "",
        false => "MIME-Version: 1.0\r\n",
    };
    format!(
        "{outer}{version}Content-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\n{inner}\r\n{body}\r\n--{boundary}\r\n{part}--{boundary}--\r\n"
    )
    .into_bytes()
}

/// A message that is made of parts already gets one more before its end.
fn in_mixed(raw: &[u8], part: &str) -> Option<Vec<u8>> {
    let message = MessageParser::default().parse(raw)?;
    let kind = message.content_type()?;
    let mixed = kind.ctype() == "multipart" && kind.subtype() == Some("mixed");
    let boundary = kind.attribute("boundary").filter(|_| mixed)?;
    let end = format!("--{boundary}--");
    let at = raw
        .windows(end.len())
        .rposition(|window| window == end.as_bytes())?;
    let mut grown = raw[..at].to_vec();
    grown.extend(format!("--{boundary}\r\n{part}").bytes());
    grown.extend(&raw[at..]);
    Some(grown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_after_the_text_and_leave_it_alone() {
        let raw = "From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello ä\r\n";
        let file = |name: &str| NewFile {
            name: name.into(),
            media_type: "application/pdf".into(),
            content_id: None,
            bytes: vec![7; 1000],
        };
        let once = with_file(raw.as_bytes(), &file("one.pdf"), "first");
        let twice = with_file(&once, &file("two.pdf"), "second");
        let message = MessageParser::default().parse(&twice).unwrap();
        assert_eq!(message.subject(), Some("x"));
        assert_eq!(message.body_text(0).unwrap().trim(), "Hello ä");
        let names: Vec<_> = message
            .attachments()
            .map(|part| part.attachment_name().unwrap())
            .collect();
        assert_eq!(names, ["one.pdf", "two.pdf"]);
        assert!(
            message
                .attachments()
                .all(|part| part.contents() == [7; 1000])
        );
    }
}
