//! Which sites may install the app: the origin in the payload decides where our calls, with the mail in
//! them, go. Compared as parsed URLs, label by label.

use std::str::FromStr;

use url::{Host, Url};

#[cfg(test)]
mod tests;

/// The setting of allowed sites is not readable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{pattern}` is not a site pattern; write for example https://*.atlassian.net or http://localhost:*"
)]
pub struct SitePatternError {
    pattern: String,
}

/// Patterns of origins that an install may name, such as `https://*.atlassian.net,http://localhost:*`.
///
/// A leading `*.` stands for one or more labels in front, `:*` for any port; nothing else is special.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowedSites(Vec<Pattern>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    scheme: String,
    host: String,
    below: bool,
    port: Port,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Port {
    Any,
    Only(u16),
}

impl AllowedSites {
    /// Whether `site` has an allowed origin. A URL with a user name, a query or a fragment has none.
    pub fn allows(&self, site: &Url) -> bool {
        let plain = site.username().is_empty()
            && site.password().is_none()
            && site.query().is_none()
            && site.fragment().is_none();
        plain && self.0.iter().any(|pattern| pattern.matches(site))
    }
}

impl FromStr for AllowedSites {
    type Err = SitePatternError;

    fn from_str(list: &str) -> Result<Self, Self::Err> {
        list.split(',')
            .map(str::trim)
            .filter(|pattern| !pattern.is_empty())
            .map(|pattern| {
                Pattern::parse(pattern).ok_or_else(|| SitePatternError {
                    pattern: pattern.to_owned(),
                })
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl Pattern {
    fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (rest, any_port) = match rest.strip_suffix(":*") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let (rest, below) = match rest.strip_prefix("*.") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        if rest.contains('*') || !matches!(scheme, "http" | "https") {
            return None;
        }
        let url = Url::parse(&format!("{scheme}://{rest}")).ok()?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let named = !below || matches!(url.host(), Some(Host::Domain(_)));
        if !bare || !named || rest.contains('@') {
            return None;
        }
        Some(Self {
            scheme: scheme.to_owned(),
            host: url.host_str()?.to_owned(),
            below,
            port: if any_port {
                Port::Any
            } else {
                Port::Only(url.port_or_known_default()?)
            },
        })
    }

    fn matches(&self, site: &Url) -> bool {
        let Some(host) = site.host_str() else {
            return false;
        };
        let host_fits = if self.below {
            host.strip_suffix(&self.host)
                .and_then(|front| front.strip_suffix('.'))
                .is_some_and(|labels| labels.split('.').all(|label| !label.is_empty()))
        } else {
            host == self.host
        };
        let port_fits = match self.port {
            Port::Any => true,
            Port::Only(port) => site.port_or_known_default() == Some(port),
        };
        site.scheme() == self.scheme && host_fits && port_fits
    }
}
