//! Mails that go out.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use postroom_registry::notification::{self, NotificationState};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::vocabulary::words;
use crate::{Api, Problem, doors::Administrator, paging, problem::ErrorBody};

words! {
    /// The one state of a notification.
    NotificationWord of NotificationState {
        /// To be sent.
        Waiting,
        /// Microsoft took it.
        Sent,
        /// It was not to be sent, by a rule.
        Ignored,
        /// It could not be sent.
        Dead,
    }
}

/// A mail that goes out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Notification {
    id: Uuid,
    issue_key: String,
    to_address: String,
    subject: String,
    state: NotificationWord,
    reason: String,
    created_at: DateTime<Utc>,
    #[schema(required)]
    sent_at: Option<DateTime<Utc>>,
}

/// A page of the log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotificationPage {
    items: Vec<Notification>,
    /// Where the next page begins.
    #[schema(required)]
    next: Option<String>,
}

/// Which ones.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Only this state.
    state: Option<NotificationWord>,
    /// The `next` of the page before.
    before: Option<String>,
    /// How many, 1 to 200.
    limit: Option<u64>,
}

/// The mails that go out, the newest first.
#[utoipa::path(
    tag = "notifications",
    params(Asked),
    responses((status = OK, body = NotificationPage), (status = "default", body = ErrorBody))
)]
#[get("/notifications")]
pub(crate) async fn list_notifications(
    api: web::Data<Api>,
    caller: Administrator,
    asked: web::Query<Asked>,
) -> Result<web::Json<NotificationPage>, Problem> {
    let limit = paging::limit(asked.limit);
    let before = paging::read(asked.before.as_deref())?;
    let tx = api.registry.begin(caller.tenant).await?;
    let rows = notification::log(&tx, asked.state.map(Into::into), before, limit + 1).await?;
    tx.commit().await?;
    let (rows, next) = paging::page(rows, limit, |row| (row.created_at, row.id.0));
    Ok(web::Json(NotificationPage {
        items: rows.into_iter().map(shown).collect(),
        next,
    }))
}

fn shown(row: notification::Model) -> Notification {
    let sent = row.state == NotificationState::Sent;
    Notification {
        id: row.id.0,
        issue_key: row.issue_key,
        to_address: row.to_address,
        subject: row.subject,
        state: row.state.into(),
        reason: row.reason,
        created_at: row.created_at,
        sent_at: row.finished_at.filter(|_| sent),
    }
}
