//! What a bell asks for.

use postroom_queue::Bell;
use postroom_registry::{GrantId, MailId, NotificationId, SourceId, TenantId};

/// A job: whose, and which row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Read a mailbox.
    Poll(TenantId, SourceId),
    /// Take a mail one step further.
    Process(TenantId, MailId),
    /// Take a notification one step further.
    Send(TenantId, NotificationId),
    /// Refresh a grant.
    Renew(TenantId, GrantId),
    /// Destroy what a removed tenant had.
    Forget(TenantId),
}

impl Job {
    /// The word on the bell, in logs and in metrics.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Poll(..) => "poll",
            Self::Process(..) => "process",
            Self::Send(..) => "send",
            Self::Renew(..) => "renew",
            Self::Forget(..) => "forget",
        }
    }

    /// Whose job it is.
    pub fn tenant(&self) -> TenantId {
        match self {
            Self::Poll(tenant, _)
            | Self::Process(tenant, _)
            | Self::Send(tenant, _)
            | Self::Renew(tenant, _)
            | Self::Forget(tenant) => *tenant,
        }
    }

    /// The bell that asks for it.
    pub fn bell(&self) -> Bell {
        let id = match self {
            Self::Poll(_, id) => id.0,
            Self::Process(_, id) => id.0,
            Self::Send(_, id) => id.0,
            Self::Renew(_, id) => id.0,
            Self::Forget(tenant) => tenant.0,
        };
        Bell::new(self.kind(), self.tenant().0, id)
    }

    /// What a bell asks for; `None` for a word that this version does not know.
    pub fn of(bell: &Bell) -> Option<Self> {
        let tenant = TenantId(bell.tenant);
        Some(match bell.kind.as_str() {
            "poll" => Self::Poll(tenant, bell.id.into()),
            "process" => Self::Process(tenant, bell.id.into()),
            "send" => Self::Send(tenant, bell.id.into()),
            "renew" => Self::Renew(tenant, bell.id.into()),
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
            Job::Process(tenant, id.into()),
            Job::Send(tenant, id.into()),
            Job::Renew(tenant, id.into()),
            Job::Forget(tenant),
        ] {
            assert_eq!(Job::of(&job.bell()), Some(job));
        }
        assert_eq!(Job::of(&Bell::new("dance", tenant.0, id)), None);
    }
}
