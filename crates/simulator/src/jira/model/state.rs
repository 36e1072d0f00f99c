//! Everything of a site that changes, behind one lock.

use std::collections::BTreeMap;

use super::{
    app::App,
    issue::{Attachment, Issue},
    people::User,
    project::Project,
    settings::Settings,
};
use crate::jira::{
    forge::{app::ForgeApp, delivery::Delivery as ForgeDelivery},
    webhooks::delivery::Delivery,
};

/// A site's data.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) users: Vec<User>,
    pub(crate) projects: Vec<Project>,
    pub(crate) issues: BTreeMap<u64, Issue>,
    /// The app that is installed by Connect.
    pub(crate) app: Option<App>,
    /// The app that is installed by Forge.
    pub(crate) forge: Option<ForgeApp>,
    pub(crate) settings: Settings,
    /// Every secret that an app was told here, for whoever looks where they are not to be found.
    pub(crate) told_secrets: Vec<String>,
    pub(crate) deliveries: Vec<Delivery>,
    pub(crate) forge_deliveries: Vec<ForgeDelivery>,
    next_id: u64,
}

impl State {
    /// The default world of a site: an administrator, an agent, somebody who administers one of two projects.
    pub(crate) fn new(site: &str) -> Self {
        let pia = User::person("Pia Project", "pia@example.com", false);
        Self {
            projects: vec![
                Project::usual(10_000, "SUP", "Support").administered_by(&pia),
                Project::usual(10_001, "OPS", "Operations"),
            ],
            users: vec![
                User::person("Alice Admin", "alice@example.com", true),
                User::person("Bob Agent", "bob@example.com", false),
                pia,
            ],
            issues: BTreeMap::new(),
            app: None,
            forge: None,
            settings: Settings::default(),
            told_secrets: Vec::new(),
            deliveries: Vec::new(),
            forge_deliveries: Vec::new(),
            // Sites number apart, so that an id of one never happens to fit another.
            next_id: 10_000 + 1_000_000 * (site.bytes().map(u64::from).sum::<u64>() % 97),
        }
    }

    /// The next id of an issue, comment or attachment.
    pub(crate) fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    pub(crate) fn user(&self, account_id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.account_id == account_id)
    }

    pub(crate) fn project(&self, id_or_key: &str) -> Option<&Project> {
        self.projects
            .iter()
            .find(|project| project.id == id_or_key || project.key.eq_ignore_ascii_case(id_or_key))
    }

    pub(crate) fn issue(&self, id_or_key: &str) -> Option<&Issue> {
        let id = self.issue_id(id_or_key)?;
        self.issues.get(&id)
    }

    pub(crate) fn issue_mut(&mut self, id_or_key: &str) -> Option<&mut Issue> {
        let id = self.issue_id(id_or_key)?;
        self.issues.get_mut(&id)
    }

    fn issue_id(&self, id_or_key: &str) -> Option<u64> {
        if let Ok(id) = id_or_key.parse() {
            return self.issues.contains_key(&id).then_some(id);
        }
        self.issues
            .values()
            .find(|issue| issue.key.eq_ignore_ascii_case(id_or_key))
            .map(|issue| issue.id)
    }

    /// An attachment by its id, with its issue.
    pub(crate) fn attachment(&self, id: &str) -> Option<(&Issue, &Attachment)> {
        let id: u64 = id.parse().ok()?;
        self.attachments().find(|(_, one)| one.id == id)
    }

    /// An attachment by its name in the media store.
    pub(crate) fn media(&self, media_id: &str) -> Option<&Attachment> {
        self.attachments()
            .find(|(_, one)| one.media_id == media_id)
            .map(|(_, one)| one)
    }

    fn attachments(&self) -> impl Iterator<Item = (&Issue, &Attachment)> {
        self.issues
            .values()
            .flat_map(|issue| issue.attachments.iter().map(move |one| (issue, one)))
    }
}
