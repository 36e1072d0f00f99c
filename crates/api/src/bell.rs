//! The bells that the panel rings. A ring that fails costs seconds: the sweep finds what is due.

use postroom_queue::Bell;
use postroom_registry::{MailId, NotificationId, SourceId, SubscriptionId, TenantId};

use crate::Api;

impl Api {
    /// "Look into this mailbox now."
    pub(crate) async fn ring_poll(&self, tenant: TenantId, source: SourceId) {
        self.ring(vec![Bell::new("poll", tenant.0, source.0)]).await;
    }

    /// "Count this folder against the ledger now."
    pub(crate) async fn ring_reconcile(&self, tenant: TenantId, source: SourceId) {
        self.ring(vec![Bell::new("reconcile", tenant.0, source.0)])
            .await;
    }

    /// "Take this source to Graph now."
    pub(crate) async fn ring_move_to_graph(&self, tenant: TenantId, source: SourceId) {
        self.ring(vec![Bell::new("move_to_graph", tenant.0, source.0)])
            .await;
    }

    /// "Look after this subscription now."
    pub(crate) async fn ring_subscribe(&self, tenant: TenantId, subscription: SubscriptionId) {
        self.ring(vec![Bell::new("subscribe", tenant.0, subscription.0)])
            .await;
    }

    /// "Go on with these mails now."
    pub(crate) async fn ring_process(&self, tenant: TenantId, mails: &[MailId]) {
        self.ring(
            mails
                .iter()
                .map(|mail| Bell::new("process", tenant.0, mail.0))
                .collect(),
        )
        .await;
    }

    /// "Send these now."
    pub(crate) async fn ring_send(&self, tenant: TenantId, notifications: &[NotificationId]) {
        self.ring(
            notifications
                .iter()
                .map(|it| Bell::new("send", tenant.0, it.0))
                .collect(),
        )
        .await;
    }

    async fn ring(&self, bells: Vec<Bell>) {
        if let Err(error) = self.doorbell.ring_many(&bells).await {
            tracing::warn!(cause = %error, bells = bells.len(), "the doorbell cannot be rung");
        }
    }
}
