use chrono::TimeZone as _;

use super::*;
use crate::ParsedMail;

fn mail() -> Outgoing {
    Outgoing {
        from: Address {
            name: Some("Support, Müller".to_owned()),
            address: "support@contoso.example".to_owned(),
        },
        to: vec![Address {
            name: Some("Carl".to_owned()),
            address: "carl@customer.example".to_owned(),
        }],
        cc: vec![],
        subject: "Drucker läuft nicht".to_owned(),
        message_id: "1.2@contoso.example".to_owned(),
        in_reply_to: Some("b@customer.example".to_owned()),
        references: vec!["a@customer.example".to_owned()],
        date: Utc.with_ymd_and_hms(2026, 11, 24, 8, 0, 0).unwrap(),
        text: "Grüße\nAnn".to_owned(),
        html: "<p>Grüße<br>Ann</p>".to_owned(),
    }
}

#[test]
fn composed_mail_reads_back() {
    let raw = compose(&mail()).unwrap();
    let read = ParsedMail::parse(&raw);
    assert_eq!(read.message_id.as_deref(), Some("1.2@contoso.example"));
    assert_eq!(read.in_reply_to, ["b@customer.example"]);
    assert_eq!(
        read.references,
        ["a@customer.example", "b@customer.example"]
    );
    assert_eq!(read.subject, "Re: Drucker läuft nicht");
    assert_eq!(read.from, Some(mail().from));
    assert_eq!(read.to, mail().to);
    assert_eq!(read.sent_at, Some(mail().date));
    assert_eq!(read.text.as_deref().map(str::trim), Some("Grüße\nAnn"));
    assert!(read.html.unwrap().contains("<p>Grüße<br>Ann</p>"));
    assert_eq!(read.own_mark.as_deref(), Some("1.2@contoso.example"));
    assert!(!read.automatic.is_automatic);
    assert_eq!(read.problems, []);
}

#[test]
fn nothing_can_be_put_into_the_header() {
    let evil = "x\r\nBcc: evil@example.com\r\n\r\nbody";
    let mut mail = mail();
    mail.subject = evil.to_owned();
    mail.from.name = Some(evil.to_owned());
    mail.in_reply_to = Some(evil.to_owned());
    mail.references = vec![evil.to_owned()];
    let raw = String::from_utf8(compose(&mail).unwrap()).unwrap();
    assert!(!raw.to_lowercase().contains("\nbcc:"), "{raw}");
    mail.to[0].address = format!("a@example.com{evil}");
    assert_eq!(compose(&mail), Err(ComposeError::BadAddress));
    mail.to.clear();
    assert_eq!(compose(&mail), Err(ComposeError::NoRecipient));
}

#[test]
fn long_threads_keep_their_root() {
    let mut mail = mail();
    mail.references = (0..100).map(|number| format!("{number}@x")).collect();
    let read = ParsedMail::parse(&compose(&mail).unwrap());
    assert_eq!(read.references.len(), MAX_REFERENCES);
    assert_eq!(read.references[0], "0@x");
    assert_eq!(read.references.last().unwrap(), "b@customer.example");
}
