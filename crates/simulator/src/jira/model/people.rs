//! The people of a site, and the app's own account.

use serde::Serialize;
use serde_json::{Value, json};

use super::fixed_uuid;

/// An account. People carry the same account id on every site, as Atlassian accounts do.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct User {
    pub(crate) account_id: String,
    /// `atlassian` or `app`.
    pub(crate) account_type: String,
    pub(crate) display_name: String,
    pub(crate) email_address: String,
    /// Whether the profile lets others see the address.
    pub(crate) email_visible: bool,
    /// Global permission ADMINISTER.
    pub(crate) admin: bool,
    pub(crate) active: bool,
    pub(crate) time_zone: String,
}

impl User {
    /// A person, named for the address.
    pub(crate) fn person(display_name: &str, email: &str, admin: bool) -> Self {
        Self {
            account_id: format!("712020:{}", fixed_uuid(&["person", email])),
            account_type: "atlassian".to_owned(),
            display_name: display_name.to_owned(),
            email_address: email.to_owned(),
            email_visible: true,
            admin,
            active: true,
            time_zone: "Europe/Berlin".to_owned(),
        }
    }

    /// The account under which an installed app acts.
    pub(crate) fn app(cloud_id: &str, app_key: &str, name: &str) -> Self {
        Self {
            account_id: format!("557058:{}", fixed_uuid(&["app", cloud_id, app_key])),
            account_type: "app".to_owned(),
            display_name: name.to_owned(),
            email_address: format!("{app_key}@connect.atlassian.com"),
            email_visible: false,
            admin: false,
            active: true,
            time_zone: "Etc/GMT".to_owned(),
        }
    }

    /// The user as REST shows it to somebody else.
    pub(crate) fn view(&self, base_url: &str) -> Value {
        let avatar = format!("{base_url}/avatars/{}", self.account_type);
        let mut view = json!({
            "self": format!("{base_url}/rest/api/3/user?accountId={}", self.account_id),
            "accountId": self.account_id,
            "accountType": self.account_type,
            "avatarUrls": {"48x48": avatar, "24x24": avatar, "16x16": avatar, "32x32": avatar},
            "displayName": self.display_name,
            "active": self.active,
            "timeZone": self.time_zone,
        });
        if self.email_visible {
            view["emailAddress"] = self.email_address.clone().into();
        }
        view
    }

    /// The names of the groups that the user is in.
    pub(crate) fn groups(&self) -> Vec<&'static str> {
        match (self.account_type.as_str(), self.admin) {
            ("app", _) => vec!["atlassian-addons", "atlassian-addons-admin"],
            (_, true) => vec!["jira-users", "jira-administrators", "site-admins"],
            _ => vec!["jira-users"],
        }
    }
}
