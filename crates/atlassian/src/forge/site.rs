//! Which site an invocation is about, and where its API is.

use url::Url;

use super::{ForgeError, ForgeSettings};
use crate::SiteUrl;

/// The API base URL of `cloud_id`, if `stated` is exactly that: `{api_base}/ex/jira/{cloudId}`. Compared as text, so
/// that nothing which a URL parser would smooth over (a user name, a port, `..`) can pass.
pub(super) fn api_base_url(
    stated: &str,
    cloud_id: &str,
    settings: &ForgeSettings,
) -> Result<Url, ForgeError> {
    let api = settings.api_base.as_str().trim_end_matches('/');
    if !is_cloud_id(cloud_id) || stated != format!("{api}/ex/jira/{cloud_id}") {
        return Err(ForgeError::Site);
    }
    Url::parse(stated).map_err(|_| ForgeError::Site)
}

/// The site's own address, if it is one of those that we serve. Nothing is sent to it: the API is at Atlassian's, and a
/// site may have a domain of its own.
pub(super) fn site_url(stated: &str, settings: &ForgeSettings) -> Option<Url> {
    let url = SiteUrl::parse(stated)?;
    settings
        .allowed_sites
        .allows(url.as_url())
        .then(|| url.into())
}

/// `^[A-Za-z0-9-]{1,64}$`: a UUID, as far as is known.
fn is_cloud_id(text: &str) -> bool {
    let shape = |c: u8| c.is_ascii_alphanumeric() || c == b'-';
    (1..=64).contains(&text.len()) && text.bytes().all(shape)
}
