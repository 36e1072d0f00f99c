//! Microsoft Graph: one mailbox read, changed and sent from with a delegated token.
//!
//! Every request asks for immutable ids (Microsoft Graph: "Obtain immutable identifiers for Outlook
//! resources") and carries a `client-request-id` of its own. Failures are told apart by the `code` of
//! Graph's error body, never by its message.

mod answer;
mod call;
mod classify;
mod client;
pub(crate) mod codes;
mod delta;
mod find;
mod folders;
mod link;
mod listing;
mod me;
mod message;
mod notification;
mod path;
mod probe;
mod raw;
mod send;
mod settle;
mod subscriptions;
mod translate;

#[cfg(test)]
mod schema;
#[cfg(test)]
pub(crate) mod testing;

pub use client::GraphClient;
pub use delta::DeltaCursor;
pub use me::Me;
pub use notification::{About, Notification, notifications};
pub use subscriptions::{LONGEST_SUBSCRIPTION, NewSubscription, Subscription};
pub use translate::Translated;
