use actix_web::{patch, web};
use postroom_registry::{
    OutboundId,
    audit::{self, Action},
    outbound,
};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Outbound;
use crate::{
    Api, Problem,
    doors::Administrator,
    mail_address::mail_address,
    problem::ErrorBody,
    routes::{name, trail::did_to_outbound},
};

/// What to change. What is not named stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeOutbound {
    /// Another name.
    name: Option<String>,
    /// The address that mails come from, an alias of the mailbox; null for the mailbox's own.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    from_address: Option<Option<String>>,
}

/// Tells null from absent.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Changes a message outbound.
#[utoipa::path(
    tag = "outbounds",
    params(("id" = Uuid, Path)),
    request_body = ChangeOutbound,
    responses((status = OK, body = Outbound), (status = "default", body = ErrorBody))
)]
#[patch("/outbounds/{id}")]
pub(crate) async fn change_outbound(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
    asked: web::Json<ChangeOutbound>,
) -> Result<web::Json<Outbound>, Problem> {
    let change = outbound::Change {
        name: asked.name.as_deref().map(name).transpose()?,
        from_address: match &asked.from_address {
            None => None,
            Some(None) => Some(None),
            Some(Some(given)) => Some(Some(mail_address("from_address", given)?)),
        },
    };
    let tx = api.registry.begin(caller.tenant).await?;
    let before = outbound::find(&tx, OutboundId(*id)).await?;
    let row = outbound::change(&tx, before.clone(), change).await?;
    let entry = did_to_outbound(&caller, Action::OutboundChanged, &row)
        .changed("name", Some(&before.name), Some(&row.name))
        .changed(
            "from_address",
            before.from_address.as_deref(),
            row.from_address.as_deref(),
        );
    if !entry.changes.is_empty() {
        audit::record(&tx, &entry).await?;
    }
    Ok(web::Json(api.show_outbound(tx, row).await?))
}
