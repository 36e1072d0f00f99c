//! Mailboxes as Exchange keeps them: folders, mails and a log of changes that delta queries read.

mod address;
mod changes;
mod files;
mod folder;
mod forms;
mod headers;
mod ids;
mod mail;
mod outgoing;

use std::collections::BTreeMap;

use bytes::Bytes;
use chrono::{DateTime, Utc};

pub(super) use self::{
    address::{Person, people},
    changes::{ChangeKind, Entry, Happened, Synced},
    files::{NewFile, with_file},
    folder::{Folder, FolderKey},
    forms::Spelling,
    ids::{IdForm, IdProblem},
    mail::{Mail, MailKey, is_inline},
    outgoing::{Outgoing, Sending, completed, post, post_and_keep, recipients},
};
use self::{changes::Change, ids::Tag};

/// One mailbox.
#[derive(Debug)]
pub(crate) struct Mailbox {
    pub(super) address: String,
    tag: Tag,
    pub(super) folders: Vec<Folder>,
    mails: BTreeMap<MailKey, Mail>,
    /// Where each mail is under its present mutable id.
    by_serial: BTreeMap<u64, MailKey>,
    changes: Vec<Change>,
    last: u64,
    /// Delta links of an earlier generation are unknown.
    pub(super) generation: u32,
}

impl Mailbox {
    pub(super) fn new(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            tag: Tag::of(address),
            folders: Folder::defaults(address),
            mails: BTreeMap::new(),
            by_serial: BTreeMap::new(),
            changes: Vec::new(),
            last: 0,
            generation: 0,
        }
    }

    fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    fn log(&mut self, mail: MailKey, form: u64, folder: FolderKey, kind: ChangeKind) {
        let serial = self.next();
        self.changes.push(Change {
            serial,
            mail,
            form,
            folder,
            kind,
        });
    }

    /// Puts a message into a folder, its bytes untouched.
    pub(super) fn put(
        &mut self,
        folder: FolderKey,
        raw: Bytes,
        now: DateTime<Utc>,
        is_read: bool,
    ) -> MailKey {
        let key = MailKey(self.next());
        let form = self.next();
        let mail = Mail::new(key, form, folder, raw, now, is_read, &self.address);
        self.mails.insert(key, mail);
        self.by_serial.insert(form, key);
        self.log(key, form, folder, ChangeKind::Created);
        key
    }

    /// Moves a mail: its mutable id changes, its immutable id stays.
    pub(super) fn relocate(&mut self, key: MailKey, folder: FolderKey, now: DateTime<Utc>) {
        let form = self.next();
        let Some(mail) = self.mails.get_mut(&key) else {
            return;
        };
        let (old_form, old_folder) = (mail.form, mail.folder);
        let been_here = mail.been.contains(&folder);
        if !been_here {
            mail.been.push(folder);
        }
        mail.form = form;
        mail.folder = folder;
        mail.changed(form, now);
        self.by_serial.remove(&old_form);
        self.by_serial.insert(form, key);
        self.log(key, old_form, old_folder, ChangeKind::Removed);
        let kind = if been_here {
            ChangeKind::Returned
        } else {
            ChangeKind::Created
        };
        self.log(key, form, folder, kind);
    }

    /// Changes flags of a mail.
    pub(super) fn edit(&mut self, key: MailKey, now: DateTime<Utc>, edit: impl FnOnce(&mut Mail)) {
        let serial = self.next();
        let Some(mail) = self.mails.get_mut(&key) else {
            return;
        };
        let before = (mail.is_read, mail.categories.clone());
        edit(mail);
        let only_read = mail.is_read != before.0 && mail.categories == before.1;
        mail.changed(serial, now);
        let (form, folder) = (mail.form, mail.folder);
        let kind = match only_read {
            true => ChangeKind::ReadFlag,
            false => ChangeKind::Updated,
        };
        self.log(key, form, folder, kind);
    }

    /// Puts a draft into Drafts.
    pub(super) fn put_draft(&mut self, raw: Bytes, now: DateTime<Utc>) -> Option<MailKey> {
        let drafts = self.folder_key("drafts")?;
        let key = self.put(drafts, raw, now, true);
        let mail = self.mails.get_mut(&key)?;
        mail.is_draft = true;
        Some(key)
    }

    /// Writes a draft anew.
    pub(super) fn rewrite(&mut self, key: MailKey, raw: Bytes, now: DateTime<Utc>) {
        let address = self.address.clone();
        self.edit(key, now, |mail| mail.rewrite(raw, &address));
    }

    /// Makes a draft that was sent a mail in Sent Items: its immutable id stays.
    pub(super) fn dispatch(&mut self, key: MailKey, raw: Bytes, now: DateTime<Utc>) {
        self.rewrite(key, raw, now);
        if let Some(mail) = self.mails.get_mut(&key) {
            mail.is_draft = false;
            mail.received = now;
        }
        if let Some(sent) = self.folder_key("sentitems") {
            self.relocate(key, sent, now);
        }
    }

    /// When a mail says that it came.
    pub(super) fn backdate(&mut self, key: MailKey, received: DateTime<Utc>) {
        if let Some(mail) = self.mails.get_mut(&key) {
            mail.received = received;
        }
    }

    /// Takes a mail out of the mailbox for good.
    pub(super) fn remove(&mut self, key: MailKey) {
        if let Some(mail) = self.mails.remove(&key) {
            self.by_serial.remove(&mail.form);
            self.log(key, mail.form, mail.folder, ChangeKind::Removed);
        }
    }

    pub(super) fn mail(&self, key: MailKey) -> Option<&Mail> {
        self.mails.get(&key)
    }

    /// All mails, or those of one folder, newest first.
    pub(super) fn mails(&self, folder: Option<FolderKey>) -> Vec<&Mail> {
        let inside = |mail: &&Mail| folder.is_none_or(|folder| mail.folder == folder);
        let mut mails: Vec<_> = self.mails.values().filter(inside).collect();
        mails.sort_by_key(|mail| std::cmp::Reverse((mail.received, mail.key)));
        mails
    }

    /// A mail by either form of its id.
    pub(super) fn find(&self, id: &str) -> Result<&Mail, IdProblem> {
        let key = match self.tag.decode(id)? {
            (IdForm::Mutable, form, _) => self.by_serial.get(&form).copied(),
            (IdForm::Immutable, key, _) => Some(MailKey(key)),
            (IdForm::Attachment, ..) => None,
        };
        key.and_then(|key| self.mails.get(&key))
            .ok_or(IdProblem::NotFound)
    }

    /// Whether an id of a mail or an attachment belongs to this mailbox, be it there or not.
    pub(super) fn owns(&self, id: &str) -> Result<bool, IdProblem> {
        match self.tag.decode(id) {
            Ok(_) => Ok(true),
            Err(IdProblem::NotFound) => Ok(false),
            Err(IdProblem::Malformed) => Err(IdProblem::Malformed),
        }
    }

    /// The mail and the place in it that an attachment's id names.
    pub(super) fn attachment(&self, id: &str) -> Result<(&Mail, u32), IdProblem> {
        let (IdForm::Attachment, key, index) = self.tag.decode(id)? else {
            return Err(IdProblem::Malformed);
        };
        let mail = self.mails.get(&MailKey(key)).ok_or(IdProblem::NotFound)?;
        Ok((mail, index))
    }

    /// The id of a mail in the form that was asked for.
    pub(super) fn id(&self, mail: &Mail, immutable: bool) -> String {
        if immutable {
            self.immutable_id(mail.key)
        } else {
            self.mutable_id(mail.form)
        }
    }

    pub(super) fn immutable_id(&self, key: MailKey) -> String {
        self.tag.encode(IdForm::Immutable, key.0, 0)
    }

    pub(super) fn mutable_id(&self, form: u64) -> String {
        self.tag.encode(IdForm::Mutable, form, 0)
    }

    pub(super) fn attachment_id(&self, mail: &Mail, index: u32) -> String {
        self.tag.encode(IdForm::Attachment, mail.key.0, index)
    }

    /// Place of an attachment in its mail.
    pub(super) fn attachment_index(&self, mail: &Mail, id: &str) -> Result<u32, IdProblem> {
        match self.tag.decode(id)? {
            (IdForm::Attachment, key, index) if key == mail.key.0 => Ok(index),
            _ => Err(IdProblem::NotFound),
        }
    }
}

#[cfg(test)]
mod tests;
