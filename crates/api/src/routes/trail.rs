//! What routes write into the audit trail, in the transaction of the change.

use postroom_registry::{
    alert_channel,
    audit::{Action, Actor, Entry, SubjectKind},
    outbound, source,
};

use crate::doors::Caller;

/// An entry: this account did this.
pub(crate) fn did(caller: &Caller, action: Action) -> Entry {
    Entry::new(Actor::Account(caller.account_id.clone()), action)
}

/// The same, to a message source.
pub(crate) fn did_to_source(caller: &Caller, action: Action, row: &source::Model) -> Entry {
    did(caller, action).on(SubjectKind::Source, &row.id, Some(&row.name))
}

/// The same, to a message outbound.
pub(crate) fn did_to_outbound(caller: &Caller, action: Action, row: &outbound::Model) -> Entry {
    did(caller, action).on(SubjectKind::Outbound, &row.id, Some(&row.name))
}

/// The same, to an alert channel.
pub(crate) fn did_to_channel(caller: &Caller, action: Action, row: &alert_channel::Model) -> Entry {
    did(caller, action).on(SubjectKind::AlertChannel, &row.id, Some(&row.name))
}
