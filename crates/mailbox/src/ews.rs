//! Exchange Web Services: one mailbox read, changed and sent from with a delegated token.
//!
//! The legacy protocol: Exchange Online switches it off for good on 2027-04-01. It does what [`graph`](crate::graph)
//! does, operation by operation, so that a connection can move there; ids are translated by
//! [`GraphClient::translate_ews_ids`](crate::graph::GraphClient::translate_ews_ids).
//!
//! A mailbox is named by its SMTP address ([`MailboxAddress::Shared`](crate::MailboxAddress::Shared)), the signer's
//! own too where it is known: Exchange finds the right server by `X-AnchorMailbox`, which `Me` cannot give. Every
//! request carries a `client-request-id` of its own. Failures are told apart by response codes, never by messages.

mod answer;
mod call;
mod challenge;
mod classify;
mod client;
pub(crate) mod codes;
mod element;
mod find;
mod folders;
mod head;
mod message;
mod names;
mod probe;
mod raw;
mod send;
mod settle;
mod sync;

#[cfg(test)]
mod schema;
#[cfg(test)]
pub(crate) mod testing;

pub use client::EwsClient;

use chrono::{DateTime, Utc};

/// When Exchange Online switches EWS off for good, with no exceptions: 2027-04-01 ("Retirement of Exchange Web Services
/// in Exchange Online").
pub const END: DateTime<Utc> = match DateTime::from_timestamp_secs(1_806_537_600) {
    Some(end) => end,
    None => DateTime::<Utc>::MAX_UTC,
};
