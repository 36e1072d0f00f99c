//! Projects and their issue types.

use serde::Serialize;
use serde_json::{Value, json};

use super::people::User;

/// A project.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Project {
    pub(crate) id: String,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) issue_types: Vec<IssueType>,
    /// Accounts that administer it besides the site's administrators.
    pub(crate) administrators: Vec<String>,
    /// The number that the next issue's key gets.
    #[serde(skip)]
    pub(crate) next_number: u64,
}

/// An issue type.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct IssueType {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: String,
}

impl Project {
    /// A project with the types Task, Bug and Story, whose ids are the same in all projects.
    pub(crate) fn usual(id: u64, key: &str, name: &str) -> Self {
        let types = [
            ("10001", "Task", "A piece of work."),
            ("10002", "Bug", "Something that does not work as it should."),
            ("10003", "Story", "What a user wants to reach."),
        ];
        Self {
            id: id.to_string(),
            key: key.to_owned(),
            name: name.to_owned(),
            issue_types: types
                .map(|(id, name, description)| IssueType {
                    id: id.to_owned(),
                    name: name.to_owned(),
                    description: description.to_owned(),
                })
                .into(),
            administrators: Vec::new(),
            next_number: 1,
        }
    }

    /// The project with another administrator.
    pub(crate) fn administered_by(mut self, user: &User) -> Self {
        self.administrators.push(user.account_id.clone());
        self
    }

    /// Whether the user has the permission ADMINISTER_PROJECTS in it.
    pub(crate) fn is_run_by(&self, user: &User) -> bool {
        user.admin || self.administrators.contains(&user.account_id)
    }

    pub(crate) fn issue_type(&self, id_or_name: &str) -> Option<&IssueType> {
        self.issue_types
            .iter()
            .find(|one| one.id == id_or_name || one.name.eq_ignore_ascii_case(id_or_name))
    }

    /// The short form that issues carry.
    pub(crate) fn view(&self, base_url: &str) -> Value {
        let avatar = format!("{base_url}/avatars/project");
        json!({
            "self": format!("{base_url}/rest/api/3/project/{}", self.id),
            "id": self.id,
            "key": self.key,
            "name": self.name,
            "projectTypeKey": "software",
            "simplified": false,
            "style": "classic",
            "isPrivate": false,
            "avatarUrls": {"48x48": avatar, "24x24": avatar, "16x16": avatar, "32x32": avatar},
        })
    }
}

impl IssueType {
    pub(crate) fn view(&self, base_url: &str) -> Value {
        json!({
            "self": format!("{base_url}/rest/api/3/issuetype/{}", self.id),
            "id": self.id,
            "name": self.name,
            "untranslatedName": self.name,
            "description": self.description,
            "iconUrl": format!("{base_url}/avatars/issuetype"),
            "avatarId": 10300,
            "subtask": false,
            "hierarchyLevel": 0,
        })
    }
}
