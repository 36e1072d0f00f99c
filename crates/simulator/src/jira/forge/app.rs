//! A Forge app as one site has it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::manifest::Manifest;
use crate::jira::model::{fixed_uuid, people::User};

/// An installed Forge app.
#[derive(Clone, Debug)]
pub(crate) struct ForgeApp {
    /// The app, an ARI.
    pub(crate) app_id: String,
    pub(crate) environment: Environment,
    pub(crate) version: String,
    /// This installation, an ARI: another one after each install.
    pub(crate) installation_id: String,
    /// Base URL of its back end, without a slash at the end.
    pub(crate) remote_url: String,
    /// The account under which it acts: the same over uninstall and install.
    pub(crate) account_id: String,
    pub(crate) manifest: Arc<Manifest>,
    pub(crate) installed_at: DateTime<Utc>,
    /// When the scheduled trigger is due.
    pub(crate) next_tick: DateTime<Utc>,
}

/// Which copy of the app is installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Environment {
    Development,
    Staging,
    Production,
}

impl Environment {
    /// Names count in either case.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "DEVELOPMENT" => Self::Development,
            "STAGING" => Self::Staging,
            "PRODUCTION" => Self::Production,
            _ => return None,
        })
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Development => "DEVELOPMENT",
            Self::Staging => "STAGING",
            Self::Production => "PRODUCTION",
        }
    }
}

impl ForgeApp {
    /// The account of the app on a site; not that of a Connect app of the same name.
    pub(crate) fn user(cloud_id: &str, app_id: &str) -> User {
        User {
            account_id: format!("557058:{}", fixed_uuid(&["forge-app", cloud_id, app_id])),
            account_type: "app".to_owned(),
            display_name: "Postroom for Forge".to_owned(),
            email_address: format!("{}@forge.atlassian.com", fixed_uuid(&["forge-app", app_id])),
            email_visible: false,
            admin: false,
            active: true,
            time_zone: "Etc/GMT".to_owned(),
        }
    }

    /// The id of the app without what makes it an ARI.
    pub(crate) fn uuid(&self) -> &str {
        self.app_id.rsplit('/').next().unwrap_or(&self.app_id)
    }

    /// The id of its environment.
    pub(crate) fn environment_uuid(&self) -> Uuid {
        fixed_uuid(&["environment", self.uuid(), self.environment.name()])
    }

    /// The same as an ARI.
    pub(crate) fn environment_id(&self) -> String {
        let (app, environment) = (self.uuid(), self.environment_uuid());
        format!("ari:cloud:ecosystem::environment/{app}/{environment}")
    }
}
