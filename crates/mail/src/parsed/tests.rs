use proptest::prelude::*;

use super::*;

const OUTLOOK: &str = concat!(
    "Return-Path: <carl@customer.example>\r\n",
    "From: =?iso-8859-1?Q?M=FCller=2C_Carl?= <carl@customer.example>\r\n",
    "To: Support <support@contoso.example>, \"Desk, Help\" <desk@contoso.example>\r\n",
    "Cc: Team: a@x.example, b@x.example;\r\n",
    "Subject: =?utf-8?B?RHJ1Y2tlciBsw6R1ZnQ=?=\r\n =?utf-8?B?IG5pY2h0?=\r\n",
    "Date: Tue, 24 Nov 2026 09:00:00 +0100\r\n",
    "Message-ID: <m1@customer.example>\r\n",
    "In-Reply-To: <n1@contoso.example>\r\n",
    "References: <n0@contoso.example> <n1@contoso.example>\r\n",
    "MIME-Version: 1.0\r\n",
    "Content-Type: multipart/mixed; boundary=\"m\"\r\n\r\n",
    "This is a multi-part message.\r\n",
    "--m\r\nContent-Type: multipart/related; boundary=\"r\"\r\n\r\n",
    "--r\r\nContent-Type: multipart/alternative; boundary=\"a\"\r\n\r\n",
    "--a\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe\r\n",
    "--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Grüße <img src=\"cid:logo@1\"></p>\r\n",
    "--a\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n",
    "--a--\r\n",
    "--r\r\nContent-Type: image/png; name=\"logo.png\"\r\nContent-ID: <logo@1>\r\n",
    "Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--r--\r\n",
    "--m\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n",
    "Content-Disposition: attachment; filename*=utf-8''Pl%C3%A4ne%2F..%2Fneu.pdf\r\n\r\nJVBERg==\r\n",
    "--m\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\nSubject: Inner\r\n\r\nold\r\n",
    "--m--\r\n",
);

#[test]
fn outlook_mail_is_read() {
    let mail = ParsedMail::parse(OUTLOOK.as_bytes());
    assert_eq!(mail.problems, []);
    assert_eq!(mail.message_id.as_deref(), Some("m1@customer.example"));
    assert_eq!(mail.in_reply_to, ["n1@contoso.example"]);
    assert_eq!(
        mail.references,
        ["n0@contoso.example", "n1@contoso.example"]
    );
    assert_eq!(mail.subject, "Drucker läuft nicht");
    let from = mail.from.unwrap();
    assert_eq!(
        (from.name.as_deref(), from.address.as_str()),
        (Some("Müller, Carl"), "carl@customer.example")
    );
    assert_eq!(mail.to[1].name.as_deref(), Some("Desk, Help"));
    assert_eq!(
        mail.cc
            .iter()
            .map(|cc| cc.address.as_str())
            .collect::<Vec<_>>(),
        ["a@x.example", "b@x.example"]
    );
    assert_eq!(
        mail.sent_at.unwrap().to_rfc3339(),
        "2026-11-24T08:00:00+00:00"
    );
    assert_eq!(mail.text.as_deref(), Some("Grüße"));
    assert!(mail.html.unwrap().contains("Grüße"));
    let files: Vec<_> = mail
        .attachments
        .iter()
        .map(|file| (file.name.as_str(), file.content.len(), file.inline))
        .collect();
    assert_eq!(
        files,
        [
            ("invite.ics", 15, false),
            ("logo.png", 8, true),
            ("neu.pdf", 4, false),
            ("Inner.eml", 40, false)
        ]
    );
}

#[test]
fn text_beside_html_is_in_both() {
    let mail = ParsedMail::parse(
        b"Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/html\n\n<b>one</b>\n--m\n\ntwo & 3\n--m--\n",
    );
    assert_eq!(mail.text.as_deref(), Some("one\ntwo & 3"));
    assert_eq!(
        mail.html.as_deref(),
        Some("<b>one</b><br>\n<div>two &amp; 3</div>")
    );
}

#[test]
fn what_cannot_be_decoded_is_kept_as_it_came() {
    let mail = ParsedMail::parse(
        b"From: a@b\nContent-Type: application/x-thing; name=a.bin\nContent-Transfer-Encoding: base64\n\n%%% not base64 at all %%%",
    );
    assert_eq!(mail.attachments[0].content, b"%%% not base64 at all %%%");
    assert!(mail.problems.contains(&Problem::Undecodable {
        encoding: "base64".to_owned()
    }));
}

#[test]
fn text_file_is_a_file_and_text_body_with_a_name_is_a_body() {
    let mail = ParsedMail::parse(
        b"Content-Type: multipart/mixed; boundary=m\n\n--m\n\nbody\n--m\nContent-Type: text/plain; name=log.txt\n\nlog\n--m--\n",
    );
    assert_eq!(
        (mail.text.as_deref(), mail.attachments[0].name.as_str()),
        (Some("body"), "log.txt")
    );
    let named = ParsedMail::parse(b"Content-Type: text/plain; name=\"mail.txt\"\n\nbody");
    assert_eq!(
        (named.text.as_deref(), named.attachments.len()),
        (Some("body"), 0)
    );
}

#[test]
fn mail_made_of_nested_mails_does_no_harm() {
    let nested = "Content-Type: message/rfc822\n\n".repeat(200_000);
    assert_eq!(ParsedMail::parse(nested.as_bytes()).attachments.len(), 1);
    let multi: String = (0..5_000)
        .map(|level| format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"))
        .collect();
    let mail = ParsedMail::parse(multi.as_bytes());
    assert!(mail.problems.contains(&Problem::TooDeep));
    let many = format!(
        "Content-Type: multipart/mixed; boundary=m\n\n{}",
        "--m\nContent-Type: a/b\n\nx\n".repeat(5_000)
    );
    let mail = ParsedMail::parse(many.as_bytes());
    assert!(mail.problems.contains(&Problem::TooManyParts));
    assert_eq!(mail.attachments.len(), crate::mime::MAX_PARTS);
}

#[test]
fn empty_input_is_a_mail_with_problems() {
    let mail = ParsedMail::parse(b"");
    assert_eq!(
        mail.problems,
        [Problem::NoHeaders, Problem::NoSender, Problem::NoDate]
    );
    assert_eq!(mail.subject, "");
}

#[test]
fn debug_shows_nothing_of_the_mail() {
    let shown = format!("{:?}", ParsedMail::parse(OUTLOOK.as_bytes()));
    for secret in ["Gr", "carl", "Drucker", "neu.pdf", "m1@"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

/// Bytes that look like mail: lines of header fields, boundaries and rubbish.
fn mailish() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        Just(b"Content-Type: multipart/mixed; boundary=x".to_vec()),
        Just(b"Content-Type: multipart/alternative; boundary=\"x y\"".to_vec()),
        Just(b"Content-Type: text/html; charset=utf-16".to_vec()),
        Just(b"Content-Type: message/rfc822".to_vec()),
        Just(b"Content-Transfer-Encoding: base64".to_vec()),
        Just(b"Content-Transfer-Encoding: x-uuencode".to_vec()),
        Just(b"Content-Disposition: attachment; filename*0*=utf-8''%; filename*1=".to_vec()),
        Just(b"From: =?utf-7?B?//?= <a@b>, (((".to_vec()),
        Just(b"Date: Thu, 99 Foo 0000 99:99:99 +9999".to_vec()),
        Just(b"--x".to_vec()),
        Just(b"--x--".to_vec()),
        Just(b"".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..40),
        "[A-Za-z-]{1,12}: .{0,40}".prop_map(String::into_bytes),
    ];
    proptest::collection::vec(line, 0..40).prop_map(|lines| lines.join(&b"\r\n"[..]))
}

proptest! {
    #[test]
    fn every_input_is_read(raw in prop_oneof![proptest::collection::vec(any::<u8>(), 0..2_000), mailish()]) {
        let mail = ParsedMail::parse(&raw);
        let visible = crate::reply::visible_as(&mail, crate::reply::Extent::Full);
        prop_assert_eq!(visible.text.trim().is_empty(), mail.readable_text().trim().is_empty());
        let mut names = std::collections::HashSet::new();
        for file in &mail.attachments {
            prop_assert!(!file.name.is_empty() && !file.name.contains(['/', '\\', '\0', '\r', '\n']));
            prop_assert!(names.insert(file.name.to_lowercase()));
        }
        prop_assert_eq!(mail.subject.lines().count() <= 1, true);
    }
}
