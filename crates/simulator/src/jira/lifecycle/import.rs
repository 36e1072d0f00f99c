//! A site import: the site comes back under another client key, and the app is installed under it.

use super::install::{InstallError, Installed, announce, new_secret};
use crate::jira::site::Site;

/// Gives the site another client key and tells the app. Where the app refuses, the site keeps the old one.
pub(crate) async fn import(
    site: &Site,
    client_key: Option<String>,
) -> Result<Installed, InstallError> {
    let app = site.state().app.clone().ok_or(InstallError::NotInstalled)?;
    let mut names = site.names();
    names.client_key = client_key.unwrap_or_else(|| site.clock.new_id().to_string());
    let before = site.rename(names);
    let done = announce(site, &app.descriptor, &new_secret()).await;
    if done.is_err() {
        let mut names = site.names();
        names.client_key = before.client_key;
        site.rename(names);
    }
    done
}
