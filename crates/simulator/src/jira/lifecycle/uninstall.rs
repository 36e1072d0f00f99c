//! Uninstalling: `disabled` and `uninstalled` go out, and no answer stops it.

use serde::Deserialize;

use super::{
    callback::{self, Signing},
    install::InstallError,
};
use crate::jira::{model::app::App, site::Site};

/// How the app is told.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Farewell {
    order: Order,
    /// `disabled` comes without a token, as it has been seen after an uninstall (AC-2561).
    unsigned_disabled: bool,
}

/// Which callback comes first.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Order {
    /// At the same time, as Jira sends them.
    #[default]
    Together,
    DisabledFirst,
    UninstalledFirst,
}

/// The app's answers, where it could be reached.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Uninstalled {
    pub(crate) disabled: Option<u16>,
    pub(crate) uninstalled: Option<u16>,
}

/// Takes the app off the site; its comments stay, its account becomes inactive.
pub(crate) async fn uninstall(site: &Site, how: Farewell) -> Result<Uninstalled, InstallError> {
    let app = {
        let mut state = site.state();
        let app = state.app.take().ok_or(InstallError::NotInstalled)?;
        for user in &mut state.users {
            user.active &= user.account_id != app.account_id;
        }
        app
    };
    let (disabled, uninstalled) = match how.order {
        Order::Together => tokio::join!(disabled(site, &app, how), uninstalled(site, &app)),
        Order::DisabledFirst => (
            disabled(site, &app, how).await,
            uninstalled(site, &app).await,
        ),
        Order::UninstalledFirst => {
            let first = uninstalled(site, &app).await;
            (disabled(site, &app, how).await, first)
        }
    };
    Ok(Uninstalled {
        disabled,
        uninstalled,
    })
}

async fn disabled(site: &Site, app: &App, how: Farewell) -> Option<u16> {
    let signing = if how.unsigned_disabled {
        Signing::Nothing
    } else {
        Signing::Secret(&app.secret)
    };
    let told = callback::send(site, &app.descriptor, "disabled", None, signing).await;
    told.ok().flatten()
}

async fn uninstalled(site: &Site, app: &App) -> Option<u16> {
    let signing = Signing::Install;
    let told = callback::send(site, &app.descriptor, "uninstalled", None, signing).await;
    told.ok().flatten()
}
