//! The mail log.

use chrono::{DateTime, Utc};
use sea_orm::{
    Condition, QueryOrder as _, QuerySelect as _, entity::prelude::*,
    sea_query::extension::postgres::PgExpr as _,
};

use super::{Column, Entity, MailState, Model};
use crate::{MailId, RegistryError, SourceId, TenantTx};

/// What the mail log is asked for.
#[derive(Debug, Default)]
pub struct Query {
    /// Only this state.
    pub state: Option<MailState>,
    /// Only this source.
    pub source_id: Option<SourceId>,
    /// Only these sources: what the asking account may look at.
    pub sources: Option<Vec<SourceId>>,
    /// Words in subject, sender or issue key.
    pub words: Option<String>,
    /// Only mails after this one in the log's order: its time and id.
    pub before: Option<(DateTime<Utc>, MailId)>,
    /// How many rows.
    pub limit: u64,
}

/// The mail log, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn log(tx: &TenantTx, query: &Query) -> Result<Vec<Model>, RegistryError> {
    let mut select = Entity::find();
    if let Some(state) = query.state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some(source) = query.source_id {
        select = select.filter(Column::SourceId.eq(source));
    }
    if let Some(sources) = &query.sources {
        select = select.filter(Column::SourceId.is_in(sources.iter().copied()));
    }
    if let Some(words) = query.words.as_deref().filter(|words| !words.is_empty()) {
        let like = format!(
            "%{}%",
            words
                .replace('\\', "\\\\")
                .replace('%', "\\%")
                .replace('_', "\\_")
        );
        let matches = |column: Column| Expr::col(column).ilike(like.clone());
        select = select.filter(
            Condition::any()
                .add(matches(Column::Subject))
                .add(matches(Column::FromAddress))
                .add(matches(Column::FromName))
                .add(matches(Column::IssueKey)),
        );
    }
    if let Some((at, id)) = query.before {
        select = select.filter(
            Condition::any().add(Column::ReceivedAt.lt(at)).add(
                Condition::all()
                    .add(Column::ReceivedAt.eq(at))
                    .add(Column::Id.lt(id)),
            ),
        );
    }
    Ok(select
        .order_by_desc(Column::ReceivedAt)
        .order_by_desc(Column::Id)
        .limit(query.limit)
        .all(tx.conn())
        .await?)
}
