//! The address of an app's page inside its iframe.

use super::visitor::Visitor;
use crate::jira::{
    jwt::JwtError,
    lifecycle::modules::Page,
    model::{app::App, project::Project},
    qsh,
    site::Site,
    tokens::{self, Purpose, Timing},
};

/// The iframe's URL with Jira's own parameters and a token over all of them; a cacheable page gets neither.
pub(super) fn url(
    site: &Site,
    app: &App,
    page: &Page,
    project: Option<&Project>,
    visitor: &Visitor,
) -> Result<String, JwtError> {
    let descriptor = &app.descriptor;
    if page.cacheable {
        return Ok(format!("{}{}", descriptor.base_url, page.url));
    }
    let site_url = site.base_url();
    let channel = format!("channel-{}__{}", descriptor.key, page.key);
    let parameters = [
        ("xdm_e", site_url.as_str()),
        ("xdm_c", &channel),
        ("cp", ""),
        ("xdm_deprecated_addon_key_do_not_use", &descriptor.key),
        ("lic", "active"),
        ("cv", "1001.0.0-SNAPSHOT"),
    ];
    let mut target = filled_in(&page.url, project);
    let mut join = if target.contains('?') { '&' } else { '?' };
    for (name, value) in parameters {
        target.push(join);
        target.push_str(name);
        target.push('=');
        target.push_str(&qsh::encode(value));
        join = '&';
    }
    let purpose = Purpose::Page {
        method: "GET",
        target: &target,
    };
    let token = tokens::make(
        site,
        app,
        (&visitor.account_id, project),
        purpose,
        Timing::default(),
    )?;
    Ok(format!("{}{target}&jwt={token}", descriptor.base_url))
}

/// The variables of a page's URL; what is not known there is empty.
fn filled_in(url: &str, project: Option<&Project>) -> String {
    let (id, key) = project.map_or(("", ""), |one| (one.id.as_str(), one.key.as_str()));
    url.replace("{project.id}", &qsh::encode(id))
        .replace("{project.key}", &qsh::encode(key))
}
