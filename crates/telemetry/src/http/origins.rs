//! Where a client may call. Compared as parsed URLs, label by label; never as text.

use std::str::FromStr;

use url::{Host, Url};

#[cfg(test)]
mod tests;

/// The setting of allowed origins is not readable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{pattern}` is not an origin pattern; write for example https://*.atlassian.net or http://localhost:*"
)]
pub struct OriginPatternError {
    pattern: String,
}

/// Patterns of origins, such as `https://*.atlassian.net,http://localhost:*`.
///
/// A leading `*.` stands for one or more labels in front, `:*` for any port; nothing else is special.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(Vec<Pattern>);

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

impl Origins {
    /// Exactly the origin of `url`; nothing when it has none that HTTP could reach.
    pub fn of(url: &Url) -> Self {
        let exact = || {
            Some(Pattern {
                scheme: url.scheme().to_owned(),
                host: url.host_str()?.to_owned(),
                below: false,
                port: Port::Only(url.port_or_known_default()?),
            })
        };
        Self(exact().into_iter().collect())
    }

    /// These and those.
    #[must_use]
    pub fn and(mut self, others: &Self) -> Self {
        self.0.extend(others.0.iter().cloned());
        self
    }

    /// Whether `url` leads to one of these origins, whatever its path and query. One with a user name or a password
    /// never does: they are there to look like a host.
    pub fn admit(&self, url: &Url) -> bool {
        let nobody = url.username().is_empty() && url.password().is_none();
        nobody && self.0.iter().any(|pattern| pattern.matches(url))
    }

    /// Whether `site` is the base URL of a site on one of these origins: [`Origins::admit`] without a query or a
    /// fragment.
    pub fn allows(&self, site: &Url) -> bool {
        site.query().is_none() && site.fragment().is_none() && self.admit(site)
    }
}

impl FromStr for Origins {
    type Err = OriginPatternError;

    fn from_str(list: &str) -> Result<Self, Self::Err> {
        list.split(',')
            .map(str::trim)
            .filter(|pattern| !pattern.is_empty())
            .map(|pattern| {
                Pattern::parse(pattern).ok_or_else(|| OriginPatternError {
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
