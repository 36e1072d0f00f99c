use actix_web::{patch, web};
use chrono::{DateTime, Utc};
use postroom_registry::{
    OutboundId, SourceId, TenantTx, mail, outbound,
    source::{self, Change, Target},
};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use uuid::Uuid;

mod trail;

use super::{Source, view, view::Settle};
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody, routes::name};

/// What to change. What is not named stays as it is.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeSource {
    /// Another name.
    name: Option<String>,
    /// Where its mail goes; together with `issue_type_id`.
    project_id: Option<String>,
    /// What its mail becomes; together with `project_id`.
    issue_type_id: Option<String>,
    /// What happens to a mail in its mailbox afterwards.
    settle: Option<Settle>,
    /// From when on mail is read: a time, `now`, or `everything` (also null). The folder is walked anew; a mail that
    /// is in the ledger is not taken twice.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    start_from: Option<Option<String>>,
    /// What answers go out by.
    outbound_id: Option<Uuid>,
}

/// Tells null from absent.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Changes a message source.
#[utoipa::path(
    tag = "sources",
    params(("id" = Uuid, Path)),
    request_body = ChangeSource,
    responses((status = OK, body = Source), (status = "default", body = ErrorBody))
)]
#[patch("/sources/{id}")]
pub(crate) async fn change_source(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
    asked: web::Json<ChangeSource>,
) -> Result<web::Json<Source>, Problem> {
    let id = SourceId(*id);
    let tx = api.registry.begin(caller.tenant).await?;
    let row = source::find(&tx, id).await?;
    let outbound_id = known_outbound(&tx, asked.outbound_id).await?;
    tx.commit().await?;
    let change = Change {
        name: asked.name.as_deref().map(name).transpose()?,
        target: target(&api, &caller, &asked).await?,
        settle: settle(asked.settle, &row)?,
        start_from: start_from(asked.start_from.as_ref(), api.clock().now())?,
        outbound_id,
    };
    let (new_target, new_start) = (change.target.is_some(), change.start_from.is_some());

    let tx = api.registry.begin(caller.tenant).await?;
    let before = source::find(&tx, id).await?;
    let row = source::change(&tx, before.clone(), change).await?;
    trail::record(&tx, &caller, &before, &row).await?;
    let woken = if new_target {
        mail::wake(&tx, id).await?
    } else {
        Vec::new()
    };
    let seen = view(&tx, row).await?;
    tx.commit().await?;
    api.ring_process(caller.tenant, &woken).await;
    if new_start {
        api.ring_poll(caller.tenant, id).await;
    }
    Ok(web::Json(seen))
}

/// The project and the issue type, as Jira names them now.
async fn target(
    api: &Api,
    caller: &Administrator,
    asked: &ChangeSource,
) -> Result<Option<Target>, Problem> {
    let (project_id, issue_type_id) = match (&asked.project_id, &asked.issue_type_id) {
        (None, None) => return Ok(None),
        (Some(project), Some(issue_type)) => (project, issue_type),
        (Some(_), None) => {
            return Err(Problem::invalid(
                "issue_type_id",
                "Choose an issue type too.",
            ));
        }
        (None, Some(_)) => return Err(Problem::invalid("project_id", "Choose a project too.")),
    };
    let projects = api.jira(caller.tenant).await?.projects().await?;
    let project = projects
        .into_iter()
        .find(|project| project.id == *project_id)
        .ok_or_else(|| {
            Problem::invalid(
                "project_id",
                "Postroom may not create issues in this project.",
            )
            .act("Give Postroom's app user the permission to create issues there.")
        })?;
    let issue_type = project
        .issue_types
        .into_iter()
        .find(|it| it.id == *issue_type_id);
    let issue_type = issue_type.ok_or_else(|| {
        Problem::invalid(
            "issue_type_id",
            "The project does not have this issue type.",
        )
    })?;
    Ok(Some(Target {
        project_id: project.id,
        project_key: project.key,
        project_name: project.name,
        issue_type_id: issue_type.id,
        issue_type_name: issue_type.name,
    }))
}

async fn known_outbound(tx: &TenantTx, asked: Option<Uuid>) -> Result<Option<OutboundId>, Problem> {
    let Some(id) = asked.map(OutboundId) else {
        return Ok(None);
    };
    match outbound::find(tx, id).await {
        Ok(outbound) => Ok(Some(outbound.id)),
        Err(postroom_registry::RegistryError::Missing) => Err(Problem::invalid(
            "outbound_id",
            "There is no such message outbound.",
        )),
        Err(error) => Err(error.into()),
    }
}

fn settle(asked: Option<Settle>, row: &source::Model) -> Result<Option<source::Settle>, Problem> {
    match asked {
        Some(Settle::Move) if row.settle_folder_id.is_none() => Err(Problem::invalid(
            "settle",
            "There is no folder to move mail to.",
        )),
        other => Ok(other.map(source::Settle::from)),
    }
}

/// The outer none leaves it as it is, the inner one means everything.
fn start_from(
    asked: Option<&Option<String>>,
    now: DateTime<Utc>,
) -> Result<Option<Option<DateTime<Utc>>>, Problem> {
    Ok(match asked.map(Option::as_deref) {
        None => None,
        Some(None | Some("everything")) => Some(None),
        Some(Some("now")) => Some(Some(now)),
        Some(Some(time)) => {
            let time = DateTime::parse_from_rfc3339(time).map_err(|error| {
                let problem = "Give a time such as 2026-05-02T08:00:00Z, `now` or `everything`.";
                Problem::invalid("start_from", problem).because(error)
            })?;
            Some(Some(time.to_utc()))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> ChangeSource {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn null_means_everything_and_absent_means_no_change() {
        let now = DateTime::UNIX_EPOCH;
        let read = |json| start_from(parse(json).start_from.as_ref(), now).unwrap();
        assert_eq!(read("{}"), None);
        assert_eq!(read(r#"{"start_from":null}"#), Some(None));
        assert_eq!(read(r#"{"start_from":"everything"}"#), Some(None));
        assert_eq!(read(r#"{"start_from":"now"}"#), Some(Some(now)));
        let at = read(r#"{"start_from":"2026-05-02T10:00:00+02:00"}"#)
            .unwrap()
            .unwrap();
        assert_eq!(at.to_rfc3339(), "2026-05-02T08:00:00+00:00");
        assert!(start_from(Some(&Some("yesterday".into())), now).is_err());
    }

    #[test]
    fn a_field_that_is_none_is_refused() {
        assert!(serde_json::from_str::<ChangeSource>(r#"{"mailbox":"x"}"#).is_err());
    }
}
