//! Outbounds that another thing names.

use postroom_registry::{OutboundId, RegistryError, TenantTx, outbound};
use uuid::Uuid;

use crate::Problem;

/// The outbound that somebody chose.
///
/// # Errors
/// `invalid`, where there is none.
pub(crate) async fn known_outbound(
    tx: &TenantTx,
    asked: Option<Uuid>,
) -> Result<Option<OutboundId>, Problem> {
    let Some(id) = asked.map(OutboundId) else {
        return Ok(None);
    };
    match outbound::find(tx, id).await {
        Ok(outbound) => Ok(Some(outbound.id)),
        Err(RegistryError::Missing) => Err(Problem::invalid(
            "outbound_id",
            "There is no such message outbound.",
        )),
        Err(error) => Err(error.into()),
    }
}

/// What people call it; its id where it is deleted.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn outbound_name(
    tx: &TenantTx,
    id: Option<OutboundId>,
) -> Result<Option<String>, RegistryError> {
    let Some(id) = id else {
        return Ok(None);
    };
    match outbound::find(tx, id).await {
        Ok(row) => Ok(Some(row.name)),
        Err(RegistryError::Missing) => Ok(Some(id.to_string())),
        Err(error) => Err(error),
    }
}
