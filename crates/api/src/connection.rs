//! What sources and outbounds have in common for the panel: a state in words, its history, what expires, and a ping.

mod ago;
mod expiry;
mod failed;
mod fix;
mod history;
mod offline;
mod ping;
mod push;
mod state;

pub(crate) use ago::{ago, day, thousands};
pub(crate) use expiry::{Expiring, Expiry};
pub(crate) use failed::{AtWork, problem_of};
pub(crate) use fix::Fix;
pub(crate) use history::{History, said_of};
pub(crate) use offline::Offline;
pub(crate) use ping::Ping;
pub(crate) use push::Push;
pub(crate) use state::{Facts, Kind, State, StateCode, Tone, WhoActs, describe};

use chrono::{DateTime, Utc};
use postroom_registry::connection::Protocol;

/// When Microsoft switches the protocol off.
pub(crate) fn ends_at(protocol: Protocol) -> Option<DateTime<Utc>> {
    match protocol {
        Protocol::Graph => None,
        Protocol::Ews => Some(postroom_mailbox::ews::END),
    }
}
