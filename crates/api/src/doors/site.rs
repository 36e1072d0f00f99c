use postroom_atlassian::SiteUrl;
use postroom_registry::tenant;

/// Stands for an address that is none, and leads nowhere (RFC 2606 section 2).
const NOWHERE: &str = "https://unknown.invalid";

/// A Jira site as people know it. Its addresses are those of a site, whatever the row says: they stand in policies and
/// links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Site {
    site_url: Option<SiteUrl>,
    display_url: Option<SiteUrl>,
}

impl Site {
    pub(crate) fn of(row: &tenant::Model) -> Self {
        Self::at(&row.site_url, row.display_url.as_deref())
    }

    fn at(site_url: &str, display_url: Option<&str>) -> Self {
        Self {
            site_url: SiteUrl::parse(site_url),
            display_url: display_url.and_then(SiteUrl::parse),
        }
    }

    fn known(&self) -> Option<&SiteUrl> {
        self.display_url.as_ref().or(self.site_url.as_ref())
    }

    /// Where people open it, without a slash at the end.
    pub(crate) fn url(&self) -> &str {
        let known = self.known().map_or(NOWHERE, |url| url.as_url().as_str());
        known.trim_end_matches('/')
    }

    /// Its host, e.g. `acme.atlassian.net`, with the port where it is not the usual one.
    pub(crate) fn name(&self) -> String {
        let url = self.known().map(SiteUrl::as_url);
        let host = url.and_then(|url| {
            let host = url.host_str()?;
            Some(
                url.port()
                    .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")),
            )
        });
        host.unwrap_or_else(|| "unknown.invalid".to_owned())
    }

    /// The page of an issue.
    pub(crate) fn issue(&self, key: &str) -> String {
        format!("{}/browse/{key}", self.url())
    }

    /// The origins that may frame our page: the site's own, and that of its custom domain.
    pub(crate) fn origins(&self) -> Vec<String> {
        let mut origins = Vec::new();
        for url in [&self.site_url, &self.display_url].into_iter().flatten() {
            let origin = url.as_url().origin().ascii_serialization();
            if !origins.contains(&origin) {
                origins.push(origin);
            }
        }
        origins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_know_the_custom_domain() {
        let site = Site::at(
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
        let same = Site::at("http://localhost:7100", Some("http://localhost:7100/"));
        assert_eq!(same.origins(), ["http://localhost:7100"]);
        assert_eq!(same.name(), "localhost:7100");
        for odd in [
            "javascript:alert(1)",
            "https://a;sandbox",
            "https://*",
            "data:,",
        ] {
            let odd = Site::at("https://acme.atlassian.net", Some(odd));
            assert_eq!(odd.origins(), ["https://acme.atlassian.net"]);
            assert_eq!(
                odd.issue("SUP-1"),
                "https://acme.atlassian.net/browse/SUP-1"
            );
        }
        let odd = Site::at("https://*.atlassian.net", Some("https://a;sandbox"));
        assert!(odd.origins().is_empty());
        assert_eq!(odd.issue("SUP-1"), "https://unknown.invalid/browse/SUP-1");
    }
}
