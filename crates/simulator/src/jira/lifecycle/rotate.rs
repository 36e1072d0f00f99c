//! Another secret for the app that is installed.

use super::install::{InstallError, Installed, announce, new_secret};
use crate::jira::site::Site;

/// Tells the app another secret. The old one holds until the app has agreed.
pub(crate) async fn rotate(site: &Site) -> Result<Installed, InstallError> {
    let app = site.state().app.clone().ok_or(InstallError::NotInstalled)?;
    announce(site, &app.descriptor, &new_secret()).await
}
