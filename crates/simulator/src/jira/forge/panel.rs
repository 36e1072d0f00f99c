//! The pages of Forge apps ("Custom UI"), on Atlassian's own host as in the real world.

use actix_web::{http::StatusCode, web::ServiceConfig};
use serde_json::{Value, json};

use super::{
    app::ForgeApp,
    invocation::Invocation,
    manifest::{Audience, Page},
};
use crate::jira::{error::JiraError, model::project::Project, site::Site};

pub(super) fn configure(_cfg: &mut ServiceConfig) {}

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
        let fits =
            |page: &Page| project.is_some() == (page.audience == Audience::ProjectAdministrators);
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
