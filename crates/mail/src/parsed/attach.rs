use std::collections::HashSet;

use super::{body::Contents, file_name};
use crate::{Attachment, Problem, mime::Part};

pub(super) fn files(contents: &Contents<'_, '_>, problems: &mut Vec<Problem>) -> Vec<Attachment> {
    let mut names = file_name::Names::default();
    let shown = shown_ids(contents.html.as_deref().unwrap_or_default());
    let mut files = Vec::with_capacity(contents.files.len());
    for file in &contents.files {
        let part = file.part;
        let content_id = part.fields.content_id();
        let disposition = part.fields.disposition();
        let is_shown = content_id.as_deref().is_some_and(|id| shown.contains(id));
        let inline = is_shown
            || (part.media_type.starts_with("image/")
                && disposition.as_deref() != Some("attachment")
                && (file.related || disposition.as_deref() == Some("inline")));
        files.push(Attachment {
            name: names.unique(&name(part)),
            media_type: part.media_type.clone(),
            content: part.content(problems),
            content_id,
            inline,
        });
    }
    files
}

/// The Content-IDs that the HTML names in `cid:` addresses.
fn shown_ids(html: &str) -> HashSet<&str> {
    let addresses = html.split("cid:").skip(1);
    let end = |address: &str| {
        address
            .find(['"', '\'', '>', ' ', ')', '&'])
            .unwrap_or(address.len())
    };
    addresses.map(|address| &address[..end(address)]).collect()
}

/// The name that a part gives itself; else one made from what it is.
fn name(part: &Part<'_>) -> String {
    if let Some(name) = part.fields.file_name() {
        return name;
    }
    match part.media_type.as_str() {
        "message/rfc822" | "message/global" => {
            let subject = nested_subject(part).unwrap_or_else(|| "message".to_owned());
            format!("{subject}.eml")
        }
        "message/delivery-status" => "delivery-status.txt".to_owned(),
        "message/disposition-notification" => "disposition-notification.txt".to_owned(),
        "message/feedback-report" => "feedback-report.txt".to_owned(),
        "text/rfc822-headers" => "headers.txt".to_owned(),
        "application/ms-tnef" | "application/vnd.ms-tnef" => "winmail.dat".to_owned(),
        other => format!("{}.{}", stem(other), file_name::extension(other)),
    }
}

fn stem(media_type: &str) -> &'static str {
    match media_type.split('/').next() {
        Some("image") => "image",
        Some("audio") => "audio",
        Some("video") => "video",
        _ if media_type == "text/calendar" => "invite",
        _ => "attachment",
    }
}

fn nested_subject(part: &Part<'_>) -> Option<String> {
    let content = part.content(&mut Vec::new());
    let head = &content[..content.len().min(65_536)];
    let nested = mail_parser::MessageParser::default().parse_headers(head)?;
    let subject = nested
        .subject()?
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let short: String = subject.chars().take(80).collect();
    (!short.trim().is_empty()).then(|| short.trim().to_owned())
}
