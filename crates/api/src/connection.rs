//! What sources and outbounds have in common for the panel: a state in words, and a ping.

mod ago;
mod ping;
mod state;
mod verdict;

pub(crate) use ago::{ago, day, thousands};
pub(crate) use ping::{Ping, Probe};
pub(crate) use state::{Facts, Kind, State, StateCode, Tone, WhoActs, describe};
pub(crate) use verdict::{Verdict, of_grant_error, of_graph_error, who_acts};

use postroom_mailbox::MailboxAddress;
use postroom_registry::grant;

/// How the holder of a grant reaches a mailbox: their own, or one that was shared with them.
pub(crate) fn address(mailbox: &str, grant: &grant::Model) -> MailboxAddress {
    match mailbox.to_lowercase() == grant.user_principal_name.to_lowercase() {
        true => MailboxAddress::Me,
        false => MailboxAddress::Shared(mailbox.to_owned()),
    }
}
