//! Uninstalling: `disabled` and `uninstalled` go out at the same time, and no answer stops it.

use super::{
    callback::{self, Signing},
    install::InstallError,
};
use crate::jira::site::Site;

/// The app's answers, where it could be reached.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Uninstalled {
    pub(crate) disabled: Option<u16>,
    pub(crate) uninstalled: Option<u16>,
}

/// Takes the app off the site; its comments stay, its account becomes inactive.
pub(crate) async fn uninstall(site: &Site) -> Result<Uninstalled, InstallError> {
    let app = {
        let mut state = site.state();
        let app = state.app.take().ok_or(InstallError::NotInstalled)?;
        for user in &mut state.users {
            user.active &= user.account_id != app.account_id;
        }
        app
    };
    let (disabled, uninstalled) = tokio::join!(
        callback::send(
            site,
            &app.descriptor,
            "disabled",
            None,
            Signing::Secret(&app.secret)
        ),
        callback::send(site, &app.descriptor, "uninstalled", None, Signing::Install),
    );
    Ok(Uninstalled {
        disabled: disabled.ok().flatten(),
        uninstalled: uninstalled.ok().flatten(),
    })
}
