use actix_web::{patch, web};
use postroom_registry::{
    SourceId, grant, mail,
    source::{self, Change},
};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use uuid::Uuid;

mod place;
mod start;
mod target;
mod trail;

use super::{Source, view::Settle};
use crate::{
    Api, Problem,
    doors::Administrator,
    problem::ErrorBody,
    routes::{name, outbounds::known_outbound},
};

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
    /// The folder to read. It is walked from the beginning of `start_from`; a mail that is in the ledger is not taken
    /// twice.
    folder_id: Option<String>,
    /// What happens to a mail in its mailbox afterwards.
    settle: Option<Settle>,
    /// The folder that mail is moved to.
    settle_folder_id: Option<String>,
    /// The category that mail gets; null for `Postroom`.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    settle_category: Option<Option<String>>,
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
    let grant = grant::find(&tx, row.grant_id).await?;
    let outbound_id = known_outbound(&tx, asked.outbound_id).await?;
    tx.commit().await?;
    let places = place::places(&api, &row, &grant, &asked).await?;
    let change = Change {
        name: asked.name.as_deref().map(name).transpose()?,
        target: target::target(&api, &caller, &asked).await?,
        folder: places.folder,
        settle: places.settle,
        settle_folder: places.settle_folder,
        settle_category: places.settle_category,
        start_from: start::start_from(asked.start_from.as_ref(), api.clock().now())?,
        outbound_id,
    };
    let has_new_target = change.target.is_some();
    let is_read_anew = change.start_from.is_some() || change.folder.is_some();

    let tx = api.registry.begin(caller.tenant).await?;
    let before = source::find(&tx, id).await?;
    let row = source::change(&tx, before.clone(), change).await?;
    trail::record(&tx, &caller, &before, &row).await?;
    let woken = if has_new_target {
        mail::wake(&tx, id).await?
    } else {
        Vec::new()
    };
    let seen = api.show_source(tx, row).await?;
    api.ring_process(caller.tenant, &woken).await;
    if is_read_anew {
        api.ring_poll(caller.tenant, id).await;
    }
    Ok(web::Json(seen))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_is_none_is_refused() {
        assert!(serde_json::from_str::<ChangeSource>(r#"{"mailbox":"x"}"#).is_err());
    }
}
