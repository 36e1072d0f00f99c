//! What `view.getContext()` of npm `@forge/bridge` brings.

use serde_json::{Value, json};

use crate::jira::{
    forge::{app::ForgeApp, invocation::local_id, place::Place},
    pages::visitor::Visitor,
    site::Site,
};

pub(super) fn context(
    site: &Site,
    app: &ForgeApp,
    place: &Place,
    visitor: &Visitor,
    theme: &str,
) -> Value {
    json!({
        "accountId": visitor.account_id,
        "cloudId": site.cloud_id,
        "environmentId": app.environment_uuid(),
        "environmentType": app.environment,
        "extension": place.extension(),
        "localId": local_id(app, &place.page.key),
        "locale": "en-US",
        "moduleKey": place.page.key,
        "siteUrl": site.base_url(),
        "timezone": visitor.time_zone,
        "theme": {"colorMode": theme, "dark": "dark", "light": "light", "spacing": "spacing"},
        "surfaceColor": null,
        "userAccess": {"enabled": false, "hasAccess": true},
        "permissions": {"scopes": app.manifest.scopes},
    })
}
