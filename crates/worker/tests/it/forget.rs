use chrono::TimeDelta;
use postroom_registry::{
    TenantId,
    mail::{self, Query},
    tenant::{self, Door, TenantState},
};

use crate::support::Stage;

impl Stage {
    async fn state(&self, tenant: TenantId) -> TenantState {
        let tx = self.environment.registry.begin(tenant).await.unwrap();
        tenant::this(&tx).await.unwrap().state
    }

    async fn remove(&self, tenant: TenantId) {
        let tx = self.environment.registry.begin(tenant).await.unwrap();
        tenant::close(&tx, Door::Connect).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_removed_tenant_is_forgotten_when_its_retention_is_over() {
    let stage = Stage::set().await;
    let tenant = stage.connect_tenant().await;
    let id = stage.mail(tenant).await;
    stage.remove(tenant).await;
    stage
        .clock
        .advance(TimeDelta::days(30) - TimeDelta::seconds(1));
    stage.work_and_wait(1).await;
    assert_eq!(stage.state(tenant).await, TenantState::Uninstalled);
    stage.mail_row(tenant, id).await;

    stage.clock.advance(TimeDelta::seconds(1));
    stage.work_and_wait(0).await;
    assert_eq!(stage.state(tenant).await, TenantState::Forgotten);
    let tx = stage.environment.registry.begin(tenant).await.unwrap();
    let query = Query {
        limit: 10,
        ..Query::default()
    };
    let left = mail::log(&tx, &query).await.unwrap();
    assert!(left.is_empty());
    let figures = stage.environment.metrics.render();
    assert!(
        figures.contains("postroom_tenants_forgotten_total 1"),
        "{figures}"
    );
    assert_eq!(postroom_worker::drain(&stage.environment).await.unwrap(), 0);
}

#[tokio::test]
async fn a_tenant_that_came_back_is_not_forgotten() {
    let stage = Stage::set().await;
    let tenant = stage.connect_tenant().await;
    let id = stage.mail(tenant).await;
    stage.remove(tenant).await;
    stage.clock.advance(TimeDelta::days(29));
    assert_eq!(stage.connect_tenant().await, tenant);
    stage.clock.advance(TimeDelta::days(29));
    stage.work_and_wait(0).await;
    assert_eq!(stage.state(tenant).await, TenantState::Installed);
    stage.mail_row(tenant, id).await;
}
