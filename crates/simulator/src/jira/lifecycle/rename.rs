//! Another address for the site, of which the app is told by an `installed` with the secret that it has.

use url::Url;

use super::install::{InstallError, Installed, enable, tell};
use crate::jira::site::Site;

/// Gives the site other addresses; an empty `display_url` takes the custom domain away. Whatever the app says to it,
/// the site stays renamed.
pub(crate) async fn rename(
    site: &Site,
    base_url: Option<&str>,
    display_url: Option<&str>,
) -> Result<Option<Installed>, InstallError> {
    let mut names = site.names();
    if let Some(url) = base_url {
        names.base_url = address(url)?;
    }
    if let Some(url) = display_url {
        names.display_url = match url {
            "" => None,
            url => Some(address(url)?),
        };
    }
    site.rename(names);
    let Some(app) = site.state().app.clone() else {
        return Ok(None);
    };
    let status = tell(site, &app.descriptor, &app.secret).await?;
    Ok(Some(Installed {
        client_key: site.client_key(),
        status,
        enabled_status: enable(site, &app.descriptor, &app.secret).await,
    }))
}

fn address(text: &str) -> Result<String, InstallError> {
    let wrong = || InstallError::Address(text.to_owned());
    let url = Url::parse(text).map_err(|_| wrong())?;
    let plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !plain || !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(wrong());
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}
