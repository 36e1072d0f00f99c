//! Enabling and disabling the app, as an administrator may.

use super::{
    callback::{self, Signing},
    install::InstallError,
};
use crate::jira::site::Site;

/// Switches the app on or off and tells it; its answer, where it was reached.
pub(crate) async fn toggle(site: &Site, enabled: bool) -> Result<Option<u16>, InstallError> {
    let app = {
        let mut state = site.state();
        let app = state.app.as_mut().ok_or(InstallError::NotInstalled)?;
        app.enabled = enabled;
        app.clone()
    };
    let event = if enabled { "enabled" } else { "disabled" };
    let signing = Signing::Secret(&app.secret);
    let told = callback::send(site, &app.descriptor, event, None, signing).await;
    Ok(told.ok().flatten())
}
