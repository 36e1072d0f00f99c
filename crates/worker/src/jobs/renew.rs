//! Renew: a grant that is in use never idles long enough for Microsoft to forget it.

use chrono::TimeDelta;
use postroom_registry::{
    GrantId, TenantId,
    connection::{ConnectionState, Event},
    grant, outbound, source,
};

use crate::{Environment, failure::Failure};

/// A renewal that failed is tried again after this time; Microsoft gives ninety days.
const AGAIN: TimeDelta = TimeDelta::minutes(15);

/// Refreshes a grant; what Microsoft refuses is told on the connections that live on it. A failure that is nobody's, or
/// that is the operator's, is not: those connections work as long as their access tokens do.
pub(crate) async fn run(
    environment: &Environment,
    tenant: TenantId,
    id: GrantId,
) -> Result<(), Failure> {
    let renewed = environment.grants.renew(tenant, id).await;
    let outcome = if renewed.is_ok() {
        "renewed"
    } else {
        "refused"
    };
    environment.metrics.token_refreshes.add([outcome]);
    let Err(failure) = renewed.map_err(Failure::from) else {
        return Ok(());
    };
    let asked = failure
        .retry_after()
        .and_then(|asked| TimeDelta::from_std(asked).ok());
    let again = environment.clock().now() + asked.unwrap_or(AGAIN).max(AGAIN);
    let tx = environment.registry.begin(tenant).await?;
    grant::renew_later(&tx, id, again).await?;
    tx.commit().await?;
    if !failure.is_transient() {
        tell(environment, tenant, id, &failure).await?;
    }
    Err(failure)
}

async fn tell(
    environment: &Environment,
    tenant: TenantId,
    id: GrantId,
    failure: &Failure,
) -> Result<(), Failure> {
    let ends = |state| {
        matches!(
            state,
            ConnectionState::NeedsSignIn | ConnectionState::WaitingForApproval
        )
    };
    let tx = environment.registry.begin(tenant).await?;
    let (sources, outbounds) = (source::list(&tx).await?, outbound::list(&tx).await?);
    tx.commit().await?;
    for row in sources {
        if row.grant_id == id
            && let Some(verdict) = environment.verdict_on_source(tenant, &row, failure).await?
            && ends(verdict.state)
        {
            let tx = environment.registry.begin(tenant).await?;
            source::apply(&tx, row.id, &Event::Failed(verdict)).await?;
            tx.commit().await?;
        }
    }
    for row in outbounds {
        if row.grant_id == id
            && let Some(verdict) = environment
                .verdict_on_outbound(tenant, &row, failure)
                .await?
            && ends(verdict.state)
        {
            let tx = environment.registry.begin(tenant).await?;
            outbound::apply(&tx, row.id, &Event::Failed(verdict)).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}
