use super::*;
use crate::ParsedMail;

fn told(headers: &str) -> Automatic {
    ParsedMail::parse(
        format!("From: Ann <ann@example.com>\nSubject: Hello\n{headers}\n\nText\n").as_bytes(),
    )
    .automatic
}

#[test]
fn person_is_a_person() {
    assert_eq!(told("To: b@example.com"), Automatic::default());
    assert_eq!(told("Auto-Submitted: no").kind, Kind::Person);
    assert_eq!(
        told("X-Auto-Response-Suppress: OOF, AutoReply").kind,
        Kind::Person
    );
    assert_eq!(told("Return-Path: <ann@example.com>").kind, Kind::Person);
}

#[test]
fn fields_tell_machines() {
    assert_eq!(
        told("Auto-Submitted: auto-replied (vacation)").kind,
        Kind::AutoReply
    );
    assert_eq!(told("Auto-Submitted: auto-generated").kind, Kind::Generated);
    assert_eq!(told("Return-Path: < >").kind, Kind::Bounce);
    assert_eq!(told("X-Autoreply: yes").kind, Kind::AutoReply);
    assert_eq!(told("Precedence: auto_reply").kind, Kind::AutoReply);
    let report =
        told("Content-Type: multipart/report; report-type=disposition-notification; boundary=x");
    assert_eq!(report.kind, Kind::ReadReceipt);
    assert_eq!(
        report.because.as_deref(),
        Some("Content-Type: multipart/report; report-type=disposition-notification")
    );
}

#[test]
fn list_mail_is_bulk_and_not_automatic() {
    let list = told("List-Id: <dev.example.com>");
    assert_eq!((list.kind, list.is_automatic), (Kind::Bulk, false));
    let answered = told("List-Id: <dev.example.com>\nAuto-Submitted: auto-replied");
    assert_eq!(
        (answered.kind, answered.is_automatic),
        (Kind::AutoReply, true)
    );
}

#[test]
fn subject_alone_makes_no_bounce() {
    let person =
        ParsedMail::parse(b"From: a@example.com\nSubject: Undelivered Mail again\n\nhelp\n");
    assert!(!person.automatic.is_automatic);
    let system =
        ParsedMail::parse(b"From: MAILER-DAEMON@example.com\nSubject: Undelivered Mail\n\nhelp\n");
    assert_eq!(system.automatic.kind, Kind::Bounce);
    let away = ParsedMail::parse(
        "From: a@example.com\nSubject: =?utf-8?Q?R=C3=A9ponse_automatique_:_x?=\n\n.\n".as_bytes(),
    );
    assert_eq!(away.automatic.kind, Kind::AutoReply);
}
