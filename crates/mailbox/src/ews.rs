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
mod codes;
mod element;
mod error;
mod find;
mod folders;
mod head;
mod message;
mod names;
mod ping;
mod raw;
mod send;
mod settle;
mod sync;
mod words;

#[cfg(test)]
mod schema;
#[cfg(test)]
pub(crate) mod testing;

pub use challenge::Rejected;
pub use client::EwsClient;
pub use error::EwsError;
