//! Where things are under the Graph base URL.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::Url;

use super::client::GraphClient;
use crate::MailboxAddress;
use crate::MailboxError;

/// What a query value must not show as itself. A space is `%20`: OData reads `+` as a plus sign.
const QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

impl GraphClient {
    /// The mailbox followed by `segments`, each of which is escaped.
    pub(crate) fn url(
        &self,
        mailbox: &MailboxAddress,
        segments: &[&str],
    ) -> Result<Url, MailboxError> {
        let mut all = match mailbox {
            MailboxAddress::Me => vec!["me"],
            MailboxAddress::Shared(address) => vec!["users", address],
        };
        all.extend(segments);
        self.below(&all)
    }

    /// What lies below Graph's base URL; each segment is escaped.
    pub(crate) fn below(&self, segments: &[&str]) -> Result<Url, MailboxError> {
        let mut url = self.base.clone();
        {
            let mut path = url.path_segments_mut().map_err(|()| MailboxError::BadId)?;
            path.pop_if_empty();
            for part in segments {
                path.push(segment(part)?);
            }
        }
        Ok(url)
    }
}

/// `Url` drops these three silently, which would change what the path means.
fn segment(part: &str) -> Result<&str, MailboxError> {
    match part {
        "" | "." | ".." => Err(MailboxError::BadId),
        part => Ok(part),
    }
}

/// Adds an OData query. The names are ours, the values are escaped.
pub(crate) fn query(mut url: Url, options: &[(&str, &str)]) -> Url {
    let pairs: Vec<String> = options
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, QUERY)))
        .collect();
    url.set_query(Some(&pairs.join("&")));
    url
}

/// A string literal of OData: a quote is doubled.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::offline;
    use super::*;

    #[test]
    fn ids_are_escaped_and_stay_one_segment() {
        let shared = MailboxAddress::Shared("a/b@contoso.example".into());
        let url = offline()
            .url(&shared, &["messages", "AA/B+C=%", "$value"])
            .unwrap();
        assert_eq!(
            url.path(),
            "/v1.0/users/a%2Fb@contoso.example/messages/AA%2FB+C=%25/$value"
        );
    }

    #[test]
    fn an_id_cannot_climb_the_path() {
        for id in ["", ".", ".."] {
            let url = offline().url(&MailboxAddress::Me, &["messages", id]);
            assert!(matches!(url, Err(MailboxError::BadId)), "{id:?}");
        }
    }

    #[test]
    fn query_values_are_escaped_for_odata() {
        let url = query(
            offline().base,
            &[("$filter", "a eq 'x&y+z'"), ("$top", "1")],
        );
        assert_eq!(url.query(), Some("$filter=a%20eq%20%27x%26y%2Bz%27&$top=1"));
        assert_eq!(literal("it's"), "'it''s'");
    }
}
