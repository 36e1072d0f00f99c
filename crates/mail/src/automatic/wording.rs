//! What the sender and the subject tell, where no field does. Both must agree, so that a person who writes
//! about an undeliverable mail is heard.

use super::Kind;
use crate::{Address, mime::Fields};

/// Local parts of mail systems.
const SYSTEMS: [&str; 7] = [
    "mailer-daemon",
    "mailerdaemon",
    "postmaster",
    "mail-daemon",
    "mdaemon",
    "mailsweeper",
    "bounce",
];

/// Subjects of mail systems, in lower case.
const FAILURES: [&str; 23] = [
    "undeliver",
    "undelivered mail",
    "delivery status notification",
    "delivery failure",
    "delivery failed",
    "delivery has failed",
    "failure notice",
    "returned mail",
    "mail delivery",
    "mail system error",
    "message delivery",
    "unzustellbar",
    "non remis",
    "no se puede entregar",
    "could not be delivered",
    "couldn't be delivered",
    "delayed mail",
    "warning: message",
    "rejected:",
    "user unknown",
    "mail failed",
    "returning to sender",
    "delivery status",
];

/// Beginnings of subjects of "I am away" notes, in lower case: English, German, French, Spanish, Italian,
/// Portuguese, Dutch as Outlook, Gmail, Notes and Zimbra write them.
const AWAY: [&str; 16] = [
    "automatic reply:",
    "auto reply:",
    "auto-reply:",
    "autoreply:",
    "auto:",
    "out of office:",
    "out of office autoreply:",
    "automatische antwort:",
    "abwesenheitsnotiz:",
    "réponse automatique",
    "respuesta automática:",
    "risposta automatica:",
    "resposta automática:",
    "automatisch antwoord:",
    "away from my mail",
    "fuera de la oficina:",
];

pub(super) fn told(fields: &Fields, from: Option<&Address>, text: &str) -> Option<(Kind, String)> {
    let subject = subject(fields);
    if let Some(away) = AWAY.iter().find(|away| subject.starts_with(**away)) {
        return Some((Kind::AutoReply, format!("Subject: {away}")));
    }
    let system = system(fields, from)?;
    let failure = FAILURES.iter().find(|failure| subject.contains(**failure));
    let reason = failure.copied().or_else(|| status_code(text))?;
    Some((Kind::Bounce, format!("From: {system}, {reason}")))
}

/// The mail system that the sender is: by the local part, by the name where there is no address
/// (`MAILER-DAEMON <>`), or by having neither.
fn system(fields: &Fields, from: Option<&Address>) -> Option<&'static str> {
    let Some(from) = from else {
        let raw = fields.raw("from")?.to_lowercase();
        let found = SYSTEMS
            .iter()
            .find(|system| raw.contains(**system))
            .copied();
        return found.or_else(|| (raw == "<>").then_some("<>"));
    };
    let address = from.address.to_lowercase();
    let local = address.split('@').next().unwrap_or_default();
    SYSTEMS
        .iter()
        .find(|system| local.starts_with(**system))
        .copied()
}

fn subject(fields: &Fields) -> String {
    use mail_parser::{HeaderName, HeaderValue};
    let subject = fields
        .values(HeaderName::Subject)
        .find_map(HeaderValue::as_text);
    subject.unwrap_or_default().trim().to_lowercase()
}

/// The text speaks of SMTP: a permanent failure (RFC 3463) or a transcript.
fn status_code(text: &str) -> Option<&'static str> {
    const MARKS: [&str; 6] = [
        "550 ",
        "554 ",
        "5.1.1",
        "permanent error",
        "did not reach",
        "transcript of session",
    ];
    let head = &text[..text.floor_char_boundary(4_000)].to_lowercase();
    MARKS.iter().find(|mark| head.contains(**mark)).copied()
}
