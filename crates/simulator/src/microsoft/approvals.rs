//! Requests for an administrator's consent ("Configure the admin consent workflow").

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{cloud::Cloud, scopes::Scopes};

/// What a user asked an administrator for.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Approval {
    pub(super) id: Uuid,
    pub(super) tid: Uuid,
    pub(super) client_id: String,
    pub(super) user: String,
    pub(super) reason: String,
    #[serde(skip)]
    pub(super) wanted: Scopes,
    /// Names of what is wanted.
    pub(super) scopes: Vec<&'static str>,
    pub(super) at: DateTime<Utc>,
}

impl Cloud {
    /// Decides on a request; nothing when there is none of that id.
    pub(super) fn decide(&mut self, id: Uuid, approve: bool) -> Option<Approval> {
        let place = self.approvals.iter().position(|held| held.id == id)?;
        let approval = self.approvals.remove(place);
        if approve {
            let (tid, client_id) = (approval.tid, &approval.client_id);
            self.grants
                .consent_directory(tid, client_id, &approval.wanted);
        }
        Some(approval)
    }
}
