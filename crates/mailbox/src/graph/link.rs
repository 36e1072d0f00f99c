use url::Url;

use super::client::GraphClient;
use crate::MailboxError;

impl GraphClient {
    /// Takes a page link of Graph, if it leads to this Graph: whoever gets the request gets the token.
    pub(crate) fn own_link(&self, link: &str) -> Result<Url, MailboxError> {
        let url = Url::parse(link).map_err(|_| MailboxError::ForeignLink)?;
        let base = self.base.path().trim_end_matches('/');
        let below = url
            .path()
            .strip_prefix(base)
            .is_some_and(|rest| rest.starts_with('/'));
        let plain = url.username().is_empty() && url.password().is_none();
        if url.origin() == self.base.origin() && below && plain {
            Ok(url)
        } else {
            Err(MailboxError::ForeignLink)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::offline;
    use super::*;

    #[test]
    fn a_link_of_the_same_graph_is_followed_untouched() {
        let link = "https://graph.test/v1.0/me/mailFolders/inbox/messages/delta?$skiptoken=a%2Fb_c";
        assert_eq!(offline().own_link(link).unwrap().as_str(), link);
    }

    #[test]
    fn a_link_elsewhere_is_refused() {
        for link in [
            "https://graph.evil/v1.0/me/messages/delta?$skiptoken=1",
            "http://graph.test/v1.0/me/messages/delta?$skiptoken=1",
            "https://graph.test:8443/v1.0/me/messages/delta",
            "https://graph.test/other/me",
            "https://graph.test/v1.0/../me",
            "https://graph.test@evil/v1.0/me",
            "https://user@graph.test/v1.0/me",
            "/v1.0/me/messages",
            "",
        ] {
            let refused = offline().own_link(link);
            assert!(matches!(refused, Err(MailboxError::ForeignLink)), "{link}");
        }
    }
}
