use chrono::TimeZone as _;

use super::*;

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap()
}

fn mailbox() -> (Mailbox, FolderKey, FolderKey) {
    let mailbox = Mailbox::new("ann@contoso.example");
    let inbox = mailbox.folder_key("Inbox").unwrap();
    let archive = mailbox.folder_key("archive").unwrap();
    (mailbox, inbox, archive)
}

fn put(mailbox: &mut Mailbox, folder: FolderKey) -> MailKey {
    let raw = Bytes::from_static(
        b"From: Carl <carl@customer.example>\r\nSubject: Hi\r\nMessage-ID: <1@x>\r\n\r\nHello\r\n",
    );
    mailbox.put(folder, raw, noon(), false)
}

fn gone(entries: &[Entry]) -> usize {
    entries
        .iter()
        .filter(|entry| matches!(entry, Entry::Gone { .. }))
        .count()
}

#[test]
fn the_summary_comes_from_the_header() {
    let (mut mailbox, inbox, _) = mailbox();
    let key = put(&mut mailbox, inbox);
    let summary = &mailbox.mail(key).unwrap().summary;
    assert_eq!(
        (
            summary.subject.as_str(),
            summary.internet_message_id.as_str()
        ),
        ("Hi", "<1@x>")
    );
    assert_eq!(
        summary.from.as_ref().unwrap().address,
        "carl@customer.example"
    );
    assert_eq!(summary.preview, "Hello");
}

#[test]
fn a_move_changes_the_mutable_id_and_keeps_the_other() {
    let (mut mailbox, inbox, archive) = mailbox();
    let key = put(&mut mailbox, inbox);
    let ids = |mailbox: &Mailbox| {
        let mail = mailbox.mail(key).unwrap();
        (mailbox.id(mail, false), mailbox.id(mail, true))
    };
    let before = ids(&mailbox);
    mailbox.relocate(key, archive, noon());
    let after = ids(&mailbox);
    assert_ne!(before.0, after.0);
    assert_eq!(before.1, after.1);
    assert_eq!(mailbox.find(&before.0).unwrap_err(), IdProblem::NotFound);
    assert_eq!(mailbox.find(&before.1).unwrap().key, key);
}

#[test]
fn a_round_tells_each_item_once_with_its_last_state() {
    let (mut mailbox, inbox, archive) = mailbox();
    let kept = put(&mut mailbox, inbox);
    let moved = put(&mut mailbox, inbox);
    let start = mailbox.now_at();
    assert_eq!(mailbox.round(inbox, 0, start, false).len(), 2);
    mailbox.edit(kept, noon(), |mail| mail.is_read = true);
    mailbox.edit(kept, noon(), |mail| mail.is_read = false);
    mailbox.relocate(moved, archive, noon());
    let round = mailbox.round(inbox, start, mailbox.now_at(), false);
    assert_eq!((round.len(), gone(&round)), (2, 1));
    assert_eq!(
        mailbox.round(archive, start, mailbox.now_at(), false).len(),
        1
    );
}

#[test]
fn a_mail_that_came_back_is_lost_to_immutable_ids() {
    let (mut mailbox, inbox, archive) = mailbox();
    let key = put(&mut mailbox, inbox);
    let start = mailbox.now_at();
    mailbox.relocate(key, archive, noon());
    mailbox.relocate(key, inbox, noon());
    let immutable = mailbox.round(inbox, start, mailbox.now_at(), true);
    assert_eq!((immutable.len(), gone(&immutable)), (1, 1));
    let mutable = mailbox.round(inbox, start, mailbox.now_at(), false);
    assert_eq!((mutable.len(), gone(&mutable)), (2, 1));
    assert_eq!(
        mailbox.round(inbox, 0, mailbox.now_at(), true).len(),
        1,
        "a fresh start sees it"
    );
}
