//! What a bell asks for.

use postroom_queue::Bell;
use postroom_registry::{
    AlertId, GrantId, MailId, NotificationId, SourceId, SubscriptionId, TenantId,
};

/// A job: whose, and which row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Job {
    /// Read a mailbox.
    Poll(TenantId, SourceId),
    /// Count a folder against the ledger, and fetch what the ledger lacks.
    Reconcile(TenantId, SourceId),
    /// Take a source from EWS to Graph.
    MoveToGraph(TenantId, SourceId),
    /// Take a mail one step further.
    Process(TenantId, MailId),
    /// Take a notification one step further.
    Send(TenantId, NotificationId),
    /// Refresh a grant.
    Renew(TenantId, GrantId),
    /// Look after a source's push subscription.
    Subscribe(TenantId, SubscriptionId),
    /// Tell somebody about an incident.
    Alert(TenantId, AlertId),
    /// Destroy what a removed tenant had.
    Forget(TenantId),
}

impl Job {
    /// The word on the bell, in logs and in metrics.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Poll(..) => "poll",
            Self::Reconcile(..) => "reconcile",
            Self::MoveToGraph(..) => "move_to_graph",
            Self::Process(..) => "process",
            Self::Send(..) => "send",
            Self::Renew(..) => "renew",
            Self::Subscribe(..) => "subscribe",
            Self::Alert(..) => "alert",
            Self::Forget(..) => "forget",
        }
    }

    /// Whose job it is.
    pub fn tenant(&self) -> TenantId {
        match self {
            Self::Poll(tenant, _)
            | Self::Reconcile(tenant, _)
            | Self::MoveToGraph(tenant, _)
            | Self::Process(tenant, _)
            | Self::Send(tenant, _)
            | Self::Renew(tenant, _)
            | Self::Subscribe(tenant, _)
            | Self::Alert(tenant, _)
            | Self::Forget(tenant) => *tenant,
        }
    }

    /// The bell that asks for it.
    pub fn bell(&self) -> Bell {
        let id = match self {
            Self::Poll(_, id) | Self::Reconcile(_, id) | Self::MoveToGraph(_, id) => id.0,
            Self::Process(_, id) => id.0,
            Self::Send(_, id) => id.0,
            Self::Renew(_, id) => id.0,
            Self::Subscribe(_, id) => id.0,
            Self::Alert(_, id) => id.0,
            Self::Forget(tenant) => tenant.0,
        };
        Bell::new(self.kind(), self.tenant().0, id)
    }

    /// What a bell asks for; `None` for a word that this version does not know.
    pub fn of(bell: &Bell) -> Option<Self> {
        let tenant = TenantId(bell.tenant);
        Some(match bell.kind.as_str() {
            "poll" => Self::Poll(tenant, bell.id.into()),
            "reconcile" => Self::Reconcile(tenant, bell.id.into()),
            "move_to_graph" => Self::MoveToGraph(tenant, bell.id.into()),
            "process" => Self::Process(tenant, bell.id.into()),
            "send" => Self::Send(tenant, bell.id.into()),
            "renew" => Self::Renew(tenant, bell.id.into()),
            "subscribe" => Self::Subscribe(tenant, bell.id.into()),
            "alert" => Self::Alert(tenant, bell.id.into()),
            "forget" => Self::Forget(tenant),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn every_job_survives_its_bell() {
        let (tenant, id) = (TenantId(Uuid::from_u128(1)), Uuid::from_u128(2));
        for job in [
            Job::Poll(tenant, id.into()),
            Job::Reconcile(tenant, id.into()),
            Job::MoveToGraph(tenant, id.into()),
            Job::Process(tenant, id.into()),
            Job::Send(tenant, id.into()),
            Job::Renew(tenant, id.into()),
            Job::Subscribe(tenant, id.into()),
            Job::Alert(tenant, id.into()),
            Job::Forget(tenant),
        ] {
            assert_eq!(Job::of(&job.bell()), Some(job));
        }
        assert_eq!(Job::of(&Bell::new("dance", tenant.0, id)), None);
    }
}
