//! The log of changes and what a delta query sees of it.

use std::collections::BTreeMap;

use super::{FolderKey, MailKey, Mailbox};

/// One change in one folder.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub(super) serial: u64,
    pub(super) mail: MailKey,
    /// Number of the mutable id at that time.
    pub(super) form: u64,
    pub(super) folder: FolderKey,
    pub(super) kind: ChangeKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeKind {
    Created,
    Updated,
    /// Updated in nothing but the read flag.
    ReadFlag,
    /// Moved away or deleted.
    Removed,
    /// Moved back to a folder where it had been.
    Returned,
}

/// One item of a delta answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Present { mail: MailKey, kind: ChangeKind },
    Gone { mail: MailKey, form: u64 },
}

/// One change, for whoever subscribed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Happened {
    pub(crate) kind: ChangeKind,
    pub(crate) mail: MailKey,
    /// Number of the mutable id at that time.
    pub(crate) form: u64,
    pub(crate) serial: u64,
}

/// One item of a synchronisation by EWS, with the number of its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Synced {
    Created(MailKey),
    Updated(MailKey),
    ReadFlag(MailKey),
    Deleted(u64),
}

impl Mailbox {
    /// Number of the last change.
    pub(crate) fn now_at(&self) -> u64 {
        self.last
    }

    /// What happened in a folder after `since` and until `until`, each item once. From 0: what is in it, newest first.
    ///
    /// With immutable ids a mail that was moved away and came back stays removed, as the real service has it
    /// (microsoft-graph-docs issue 21752).
    pub(crate) fn round(
        &self,
        folder: FolderKey,
        since: u64,
        until: u64,
        immutable: bool,
    ) -> Vec<Entry> {
        let begin = self
            .changes
            .partition_point(|change| change.serial <= since);
        let mut last: BTreeMap<u64, &Change> = BTreeMap::new();
        for change in &self.changes[begin..] {
            let lost = immutable && since > 0 && change.kind == ChangeKind::Returned;
            if change.serial <= until && change.folder == folder && !lost {
                let item = if immutable {
                    change.mail.0
                } else {
                    change.form
                };
                last.insert(item, change);
            }
        }
        let mut changes: Vec<_> = last.into_values().collect();
        changes.sort_by_key(|change| change.serial);
        if since == 0 {
            changes.retain(|change| change.kind != ChangeKind::Removed);
            changes.reverse();
        }
        changes.into_iter().map(Change::entry).collect()
    }
}

impl Mailbox {
    /// Every change after `since` in a folder, or in all.
    pub(crate) fn happened(&self, folder: Option<FolderKey>, since: u64) -> Vec<Happened> {
        let begin = self
            .changes
            .partition_point(|change| change.serial <= since);
        let inside = |change: &&Change| folder.is_none_or(|folder| change.folder == folder);
        let told = |change: &Change| Happened {
            kind: change.kind,
            mail: change.mail,
            form: change.form,
            serial: change.serial,
        };
        self.changes[begin..]
            .iter()
            .filter(inside)
            .map(told)
            .collect()
    }

    /// What happened in a folder after `since` and until `until`, each id once, newest first ("SyncFolderItems
    /// operation"). What came and went in between is not told.
    pub(crate) fn synced(&self, folder: FolderKey, since: u64, until: u64) -> Vec<Synced> {
        let mut items: BTreeMap<u64, (u64, bool, Synced)> = BTreeMap::new();
        let after = |change: &&Change| change.serial > since && change.serial <= until;
        let inside = self.changes.iter().filter(after);
        for change in inside.filter(|change| change.folder == folder) {
            let before = items.get(&change.form).copied();
            let is_new = before.is_some_and(|(_, is_new, _)| is_new);
            let (is_new, told) = match (change.kind, before) {
                (ChangeKind::Removed, _) => (is_new, Synced::Deleted(change.form)),
                (ChangeKind::Created | ChangeKind::Returned, _) => {
                    (true, Synced::Created(change.mail))
                }
                _ if is_new => (true, Synced::Created(change.mail)),
                (ChangeKind::Updated, _) | (_, Some((_, _, Synced::Updated(_)))) => {
                    (false, Synced::Updated(change.mail))
                }
                (ChangeKind::ReadFlag, _) => (false, Synced::ReadFlag(change.mail)),
            };
            let serial = before
                .filter(|_| is_new)
                .map_or(change.serial, |(first, ..)| first);
            items.insert(change.form, (serial, is_new, told));
        }
        let gone = |is_new, told: &Synced| is_new && matches!(told, Synced::Deleted(_));
        items.retain(|_, (_, is_new, told)| !gone(*is_new, told));
        let mut told: Vec<_> = items.into_values().collect();
        told.sort_by_key(|(serial, ..)| std::cmp::Reverse(*serial));
        told.into_iter().map(|(_, _, told)| told).collect()
    }
}

impl Change {
    fn entry(&self) -> Entry {
        match self.kind {
            ChangeKind::Removed => Entry::Gone {
                mail: self.mail,
                form: self.form,
            },
            kind => Entry::Present {
                mail: self.mail,
                kind,
            },
        }
    }
}
