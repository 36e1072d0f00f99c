//! Renew: a grant that is in use never idles long enough for Microsoft to forget it.

use postroom_azure_oauth::GrantError;
use postroom_registry::{GrantId, TenantId, connection::ConnectionState, outbound, source};

use crate::{Environment, failure::Failure};

/// Refreshes a grant; what Microsoft refuses is told on the connections that live on it.
pub(crate) async fn run(
    environment: &Environment,
    tenant: TenantId,
    id: GrantId,
) -> Result<(), Failure> {
    let renewed = environment
        .grants
        .renew(tenant, id)
        .await
        .map_err(Failure::from);
    let outcome = if renewed.is_ok() {
        "renewed"
    } else {
        "refused"
    };
    environment.metrics.token_refreshes.add([outcome]);
    let Err(failure @ Failure::Grant(GrantError::Microsoft(_))) = renewed else {
        return renewed;
    };
    if let Some((state @ ConnectionState::NeedsSignIn, detail)) = failure.connection() {
        let tx = environment.registry.begin(tenant).await?;
        for row in source::list(&tx)
            .await?
            .into_iter()
            .filter(|row| row.grant_id == id)
        {
            source::set_state(&tx, row, state, detail.clone()).await?;
        }
        for row in outbound::list(&tx)
            .await?
            .into_iter()
            .filter(|row| row.grant_id == id)
        {
            outbound::set_state(&tx, row, state, detail.clone()).await?;
        }
        tx.commit().await?;
    }
    Err(failure)
}
