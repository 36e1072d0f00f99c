//! `DELETE /rest/plugins/1.0/{plugin}-key`: takes an app off the site.

use actix_web::{HttpResponse, web};

use super::{check, get::no_app};
use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
    lifecycle::{self, Farewell},
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    plugin: web::Path<String>,
) -> Result<HttpResponse, JiraError> {
    check(&caller)?;
    let installed = {
        let state = site.state();
        let app = state.app.as_ref();
        app.is_some_and(|app| app.descriptor.key == *plugin)
    };
    if !installed {
        return Err(no_app());
    }
    lifecycle::uninstall(&site, Farewell::default())
        .await
        .map_err(|error| JiraError::internal(&error))?;
    Ok(HttpResponse::NoContent().finish())
}
