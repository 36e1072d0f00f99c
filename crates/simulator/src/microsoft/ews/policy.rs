//! Who may use EWS at all: the organisation's switch and its list, until the end of EWS in Exchange Online
//! ("Control access to EWS in Exchange", "Retirement of Exchange Web Services in Exchange Online").

use chrono::{DateTime, Utc};
use serde::Serialize;

/// 2027-04-01T00:00:00Z: off for everybody, no exceptions.
const END: i64 = 1_806_537_600;

/// `EwsEnabled` and `EwsAllowedAppIDs` of a directory's organisation.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Policy {
    /// Nothing as long as the directory's turn has not come: everybody may, the list is not looked at.
    pub(crate) enabled: Option<bool>,
    /// With `enabled` true, who may.
    pub(crate) allowed_app_ids: Vec<String>,
}

impl Policy {
    pub(crate) fn admits(&self, client_id: &str, now: DateTime<Utc>) -> bool {
        let listed = || {
            self.allowed_app_ids
                .iter()
                .any(|id| id.eq_ignore_ascii_case(client_id))
        };
        now.timestamp() < END
            && match self.enabled {
                None => true,
                Some(true) => listed(),
                Some(false) => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    #[test]
    fn the_switch_the_list_and_the_end() {
        let before = Utc.with_ymd_and_hms(2027, 3, 31, 23, 59, 59).unwrap();
        let end = Utc.with_ymd_and_hms(2027, 4, 1, 0, 0, 0).unwrap();
        let policy = |enabled, ids: &[&str]| Policy {
            enabled,
            allowed_app_ids: ids.iter().map(|id| (*id).to_owned()).collect(),
        };
        assert!(policy(None, &["other"]).admits("app", before));
        assert!(!policy(Some(true), &[]).admits("app", before));
        assert!(policy(Some(true), &["APP"]).admits("app", before));
        assert!(!policy(Some(false), &["app"]).admits("app", before));
        assert!(!policy(Some(true), &["app"]).admits("app", end));
    }
}
