//! A page of a Forge app where it stands in Jira.

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use super::{app::ForgeApp, invocation::Invocation, manifest::Page};
use crate::jira::{
    error::JiraError,
    model::{people::User, project::Project},
    site::Site,
};

/// A page in its place.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) page: Page,
    /// The project whose settings it is in.
    pub(crate) project: Option<Project>,
}

impl Place {
    /// Finds a page; without a key, the one that fits there.
    pub(crate) fn find(
        site: &Site,
        app: &ForgeApp,
        module_key: Option<&str>,
        project: Option<&str>,
    ) -> Result<Self, JiraError> {
        let missing = |what: &str| JiraError::message(StatusCode::NOT_FOUND, what);
        let project = match project {
            None => None,
            Some(key) => {
                let found = site.state().project(key).cloned();
                Some(found.ok_or_else(|| missing("There is no such project."))?)
            }
        };
        let fits = |page: &Page| project.is_some() == page.audience.is_of_project();
        let mut pages = app.manifest.pages().into_iter();
        let page = pages.find(|page| match module_key {
            None => fits(page),
            Some(key) => page.key == key,
        });
        let page = page.ok_or_else(|| missing("The app has no such page."))?;
        if !fits(&page) {
            return Err(JiraError::bad(
                "A page of a project's settings needs a project, and no other page has one.",
            ));
        }
        Ok(Self { page, project })
    }

    /// Whether Jira shows it to a user.
    pub(crate) fn is_open_to(&self, user: &User) -> bool {
        self.page.audience.has(user, self.project.as_ref())
    }

    /// Where it is, as Forge tells the app.
    pub(crate) fn extension(&self) -> Value {
        let mut extension = json!({ "type": self.page.kind });
        if let Some(project) = &self.project {
            extension["project"] =
                json!({"id": project.id, "key": project.key, "type": "software"});
        }
        extension
    }

    /// A call that a user makes from there.
    pub(crate) fn invocation(&self, account_id: &str) -> Invocation {
        Invocation {
            kind: self.page.kind,
            module_key: self.page.key.clone(),
            account_id: Some(account_id.to_owned()),
            extension: Some(self.extension()),
        }
    }
}
