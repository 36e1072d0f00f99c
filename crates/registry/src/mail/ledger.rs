//! What comes into the ledger.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use postroom_secrets::sha256;
use sea_orm::{ActiveValue::Set, QuerySelect as _, entity::prelude::*, sea_query::OnConflict};

use super::{ActiveModel, Column, Entity, MailState, identity, text};
use crate::{MailId, RegistryError, SourceId, TenantTx, mail_body};

/// A mail that the ledger does not have yet.
pub struct NewMail<'a> {
    /// The source that received it.
    pub source_id: SourceId,
    /// Microsoft's immutable id.
    pub immutable_id: &'a str,
    /// Without the angle brackets.
    pub message_id: Option<&'a str>,
    /// When the mailbox got it.
    pub received_at: DateTime<Utc>,
    /// The sender's name.
    pub from_name: &'a str,
    /// The sender's address.
    pub from_address: &'a str,
    /// As it came.
    pub subject: &'a str,
    /// The whole mail.
    pub raw: &'a [u8],
}

impl std::fmt::Debug for NewMail<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewMail")
            .field("source_id", &self.source_id)
            .field("size_bytes", &self.raw.len())
            .finish_non_exhaustive()
    }
}

/// How long a mail that was taken in waits for the rest of its round: then it is due even if the round never ends.
const BACKSTOP: TimeDelta = TimeDelta::minutes(5);

/// Takes a mail into the ledger with its raw body. It is due when its round ends (see [`super::release_fresh`]), at the
/// latest in five minutes. `None` when the ledger has it already, under this id or under one that its folder lost:
/// EWS gives a message that was moved away and back another id.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &TenantTx, new: &NewMail<'_>) -> Result<Option<MailId>, RegistryError> {
    let now = tx.clock().now();
    let id = MailId(tx.clock().new_id());
    let hash = sha256(new.raw).to_vec();
    if identity::came_back(tx, new, &hash).await? {
        return Ok(None);
    }
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        source_id: Set(new.source_id),
        immutable_id: Set(new.immutable_id.to_owned()),
        message_id: Set(new.message_id.map(text)),
        content_hash: Set(hash),
        received_at: Set(new.received_at),
        from_name: Set(text(new.from_name)),
        from_address: Set(text(new.from_address)),
        subject: Set(text(new.subject)),
        size_bytes: Set(i64::try_from(new.raw.len()).unwrap_or(i64::MAX)),
        attachments: Set(0),
        state: Set(MailState::Waiting),
        reason: Set(String::new()),
        plan: Set(None),
        trace: Set(Json::Array(Vec::new())),
        issue_id: Set(None),
        issue_key: Set(None),
        comment_id: Set(None),
        attempts: Set(0),
        next_attempt_at: Set(Some(now + BACKSTOP)),
        last_error: Set(None),
        claim_epoch: Set(0),
        claimed_until: Set(None),
        finished_at: Set(None),
        settled_at: Set(None),
        created_at: Set(now),
        gone_at: Set(None),
    };
    let inserted = Entity::insert(row)
        .on_conflict(
            OnConflict::columns([Column::TenantId, Column::SourceId, Column::ImmutableId])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx.conn())
        .await?;
    if inserted == 0 {
        return Ok(None);
    }
    mail_body::insert(tx, id, new.raw).await?;
    Ok(Some(id))
}

/// Which of these immutable ids the ledger of the source has.
///
/// # Errors
/// When the database does not answer.
pub async fn known(
    tx: &TenantTx,
    source: SourceId,
    immutable_ids: &[String],
) -> Result<HashSet<String>, RegistryError> {
    let rows: Vec<String> = Entity::find()
        .select_only()
        .column(Column::ImmutableId)
        .filter(Column::SourceId.eq(source))
        .filter(Column::ImmutableId.is_in(immutable_ids))
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().collect())
}
