use postroom_registry::tenant;
use url::Url;

/// A Jira site as people know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Site {
    site_url: String,
    display_url: Option<String>,
}

impl Site {
    pub(crate) fn of(row: &tenant::Model) -> Self {
        Self {
            site_url: row.site_url.clone(),
            display_url: row.display_url.clone(),
        }
    }

    /// Where people open it, without a slash at the end.
    pub(crate) fn url(&self) -> &str {
        self.display_url
            .as_deref()
            .unwrap_or(&self.site_url)
            .trim_end_matches('/')
    }

    /// Its host, e.g. `acme.atlassian.net`, with the port where it is not the usual one.
    pub(crate) fn name(&self) -> String {
        let url = Url::parse(self.url()).ok();
        let host = url.as_ref().and_then(|url| {
            let host = url.host_str()?;
            Some(
                url.port()
                    .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")),
            )
        });
        host.unwrap_or_else(|| self.url().to_owned())
    }

    /// The page of an issue.
    pub(crate) fn issue(&self, key: &str) -> String {
        format!("{}/browse/{key}", self.url())
    }

    /// The origins that may frame our page: the site's own, and that of its custom domain.
    pub(crate) fn origins(&self) -> Vec<String> {
        let mut origins = Vec::new();
        for url in [Some(self.site_url.as_str()), self.display_url.as_deref()]
            .into_iter()
            .flatten()
        {
            let origin = Url::parse(url)
                .ok()
                .map(|url| url.origin())
                .filter(url::Origin::is_tuple);
            let origin = origin.map(|origin| origin.ascii_serialization());
            origins.extend(origin.filter(|origin| !origins.contains(origin)));
        }
        origins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(site_url: &str, display_url: Option<&str>) -> Site {
        Site {
            site_url: site_url.into(),
            display_url: display_url.map(Into::into),
        }
    }

    #[test]
    fn people_know_the_custom_domain() {
        let site = site(
            "https://acme.atlassian.net",
            Some("https://jira.acme.example/"),
        );
        assert_eq!(site.name(), "jira.acme.example");
        assert_eq!(
            site.issue("SUP-1"),
            "https://jira.acme.example/browse/SUP-1"
        );
        assert_eq!(
            site.origins(),
            ["https://acme.atlassian.net", "https://jira.acme.example"]
        );
    }

    #[test]
    fn an_origin_is_named_once_and_never_taken_from_rubbish() {
        let same = site("http://localhost:7100", Some("http://localhost:7100/"));
        assert_eq!(same.origins(), ["http://localhost:7100"]);
        assert_eq!(same.name(), "localhost:7100");
        let odd = site("https://acme.atlassian.net", Some("javascript:alert(1)"));
        assert_eq!(odd.origins(), ["https://acme.atlassian.net"]);
    }
}
