//! The scheduled trigger: every hour of the world's clock, and when the control API asks for it.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use chrono::TimeDelta;

use super::{
    app::ForgeApp,
    delivery::{self, Outgoing},
    installation::{ForgeError, context},
};
use crate::jira::site::Site;

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Ticks as long as the site exists.
pub(crate) async fn run(site: Weak<Site>) {
    loop {
        {
            let Some(site) = site.upgrade() else {
                return;
            };
            if let Some(app) = due(&site)
                && let Err(error) = ring(&site, &app).await
            {
                tracing::warn!(%error, site = site.name, "the scheduled trigger failed");
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// The app whose hour is over; one call for a clock that jumped over several.
fn due(site: &Site) -> Option<ForgeApp> {
    let now = site.clock.now();
    let mut state = site.state();
    let app = state.forge.as_mut().filter(|app| app.next_tick <= now)?;
    app.next_tick = now + TimeDelta::hours(1);
    Some(app.clone())
}

/// The trigger, now; the back end's answer.
pub(crate) async fn tick(site: &Arc<Site>) -> Result<Option<u16>, ForgeError> {
    let app = site.state().forge.clone().ok_or(ForgeError::NotInstalled)?;
    ring(site, &app).await
}

async fn ring(site: &Arc<Site>, app: &ForgeApp) -> Result<Option<u16>, ForgeError> {
    let mut status = None;
    for (module_key, endpoint) in app.manifest.hourly() {
        let outgoing = Outgoing {
            id: site.clock.new_id().to_string(),
            event: "scheduledTrigger".to_owned(),
            app: app.clone(),
            endpoint,
            body: context(site, app, &module_key)?,
            is_product_event: false,
        };
        status = delivery::deliver(site, outgoing).await;
    }
    Ok(status)
}
