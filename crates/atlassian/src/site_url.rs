use url::Url;

/// The address of a site that may stand in headers and links: `http` or `https`, a host of letters, digits, dots and
/// hyphens, nobody's name, no query and no fragment. [`Url`] alone lets `*` and `;` into a host, and both mean something in
/// a Content-Security-Policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteUrl(Url);

impl SiteUrl {
    /// Reads one; nothing for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let bare = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        let plain =
            |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, b'.' | b'-');
        let named = url.host_str()?.bytes().all(plain);
        (matches!(url.scheme(), "http" | "https") && bare && named).then_some(Self(url))
    }

    /// The same, without the promise.
    pub fn as_url(&self) -> &Url {
        &self.0
    }
}

impl From<SiteUrl> for Url {
    fn from(site: SiteUrl) -> Self {
        site.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_a_host_and_nothing_that_a_policy_reads() {
        for good in [
            "https://acme.atlassian.net",
            "https://Jira.Acme.example/",
            "http://localhost:7100",
            "http://127.0.0.1:7096/base",
        ] {
            assert!(SiteUrl::parse(good).is_some(), "{good}");
        }
        for bad in [
            "https://a;sandbox",
            "https://a;sandbox.atlassian.net",
            "https://*",
            "https://*.atlassian.net",
            "https://a'self'.atlassian.net",
            "https://a,b.atlassian.net",
            "https://user@acme.atlassian.net",
            "https://acme.atlassian.net/?x",
            "https://acme.atlassian.net/#x",
            "https://[::1]/",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://acme.atlassian.net",
            "//acme.atlassian.net",
            "",
        ] {
            assert_eq!(SiteUrl::parse(bad), None, "{bad}");
        }
    }
}
