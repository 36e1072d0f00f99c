//! Forget: the retention of a removed tenant is over. Its key is destroyed, and with it everything that it had.

use postroom_registry::{TenantId, tenant};

use crate::{Environment, failure::Failure};

/// Forgets a tenant, if its retention is over still: it may have been installed again since the bell was rung.
pub(crate) async fn run(environment: &Environment, tenant: TenantId) -> Result<(), Failure> {
    let tx = environment.registry.begin(tenant).await?;
    let forgotten = tenant::forget(&tx, environment.retention_began()).await?;
    tx.commit().await?;
    if forgotten {
        environment.metrics.tenants_forgotten.add([]);
        tracing::info!(%tenant, "retention is over: the tenant is forgotten");
    }
    Ok(())
}
