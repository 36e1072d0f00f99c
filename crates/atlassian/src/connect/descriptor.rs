//! What Postroom tells Jira about itself: `GET /atlassian-connect.json`.
//!
//! Rule: *Connect app descriptor* (Atlassian). Scopes are the least that the REST operations in
//! [`crate::jira`] need: `READ` for looking up (also `permissions/check`), `WRITE` for issues, their
//! properties, comments and attachments. Nothing is deleted and nothing administered.

use serde_json::{Value, json};
use url::Url;

/// The module key of the panel; the page lives at `/plugins/servlet/ac/{app key}/{this}`.
pub const PANEL_MODULE: &str = "postroom-panel";

/// The same page among the settings of a project, for its administrators.
pub const PROJECT_PANEL_MODULE: &str = "postroom-project-panel";

/// The entity property that we stamp on issues and comments…
pub const MAIL_PROPERTY: &str = "postroom";

/// …and the field in it that carries the id of the mail.
pub const MAIL_FIELD: &str = "mail";

/// The descriptor of one deployment.
#[derive(Clone, Debug)]
pub struct Descriptor {
    /// The app's key.
    pub app_key: String,
    /// Where Jira and browsers reach us; may carry a path.
    pub base_url: Url,
    /// Name of the app, as the list of apps shows it.
    pub name: String,
    /// Name of the vendor.
    pub vendor_name: String,
    /// Page of the vendor.
    pub vendor_url: Url,
}

impl Descriptor {
    /// A descriptor under the names of Postroom.
    pub fn new(app_key: impl Into<String>, base_url: Url) -> Self {
        Self {
            app_key: app_key.into(),
            vendor_url: base_url.clone(),
            base_url,
            name: "Postroom".into(),
            vendor_name: "Postroom".into(),
        }
    }

    /// The document.
    pub fn to_json(&self) -> Value {
        let base_url = without_slash(&self.base_url);
        json!({
            "key": self.app_key,
            "name": self.name,
            "description": "Connects Microsoft 365 mailboxes to Jira: mail becomes issues and comments, and every mail is accounted for.",
            "vendor": { "name": self.vendor_name, "url": without_slash(&self.vendor_url) },
            "baseUrl": base_url,
            "links": { "self": format!("{base_url}/atlassian-connect.json") },
            "authentication": { "type": "jwt" },
            "apiVersion": 1,
            "apiMigrations": { "signed-install": true, "context-qsh": true, "gdpr": true },
            "scopes": ["READ", "WRITE"],
            "lifecycle": {
                "installed": "/connect/installed",
                "enabled": "/connect/enabled",
                "disabled": "/connect/disabled",
                "uninstalled": "/connect/uninstalled",
            },
            "modules": modules(),
        })
    }
}

fn modules() -> Value {
    json!({
        "adminPages": [{
            "key": PANEL_MODULE,
            "name": { "value": "Postroom" },
            "url": "/panel",
            "conditions": [{ "condition": "user_is_admin" }],
        }],
        "jiraProjectAdminTabPanels": [{
            "key": PROJECT_PANEL_MODULE,
            "name": { "value": "Postroom" },
            "url": "/panel?project={project.id}",
            "location": "projectgroup4",
        }],
        "webhooks": [
            { "event": "comment_created", "url": "/connect/webhooks/comment-created" },
            { "event": "jira:issue_deleted", "url": "/connect/webhooks/issue-deleted" },
        ],
        "jiraEntityProperties": [{
            "key": "postroom-mail",
            "name": { "value": "Postroom mail" },
            "entityType": "issue",
            "keyConfigurations": [{
                "propertyKey": MAIL_PROPERTY,
                "extractions": [
                    { "objectName": MAIL_FIELD, "type": "string", "alias": "postroomMail" },
                ],
            }],
        }],
    })
}

fn without_slash(url: &Url) -> &str {
    url.as_str().strip_suffix('/').unwrap_or(url.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_descriptor_in_the_repository_is_this_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../atlassian-connect.json");
        let base = Url::parse("https://postroom.example.com").unwrap();
        let built = Descriptor::new("com.postroom.jira", base).to_json();
        if std::env::var_os("UPDATE").is_some() {
            let text = serde_json::to_string_pretty(&built).unwrap() + "\n";
            std::fs::write(path, text).unwrap();
        }
        let kept: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        assert_eq!(
            kept, built,
            "run this test with UPDATE=1 and commit atlassian-connect.json"
        );
    }

    #[test]
    fn the_base_url_may_carry_a_path() {
        let base = Url::parse("https://mail.example.com/postroom/").unwrap();
        let built = Descriptor::new("com.postroom.jira", base).to_json();
        assert_eq!(built["baseUrl"], "https://mail.example.com/postroom");
        assert_eq!(
            built["links"]["self"],
            "https://mail.example.com/postroom/atlassian-connect.json"
        );
    }
}
