//! Microsoft Graph: one mailbox read, changed and sent from with a delegated token.
//!
//! Every request asks for immutable ids (Microsoft Graph: "Obtain immutable identifiers for Outlook
//! resources") and carries a `client-request-id` of its own. Failures are told apart by the `code` of
//! Graph's error body, never by its message.

mod answer;
mod call;
mod classify;
mod client;
mod delta;
mod error;
mod find;
mod folders;
mod link;
mod listing;
mod me;
mod message;
mod path;
mod ping;
mod raw;
mod send;
mod settle;
mod translate;
mod walk;

#[cfg(test)]
pub(crate) mod testing;

pub use client::GraphClient;
pub use delta::DeltaCursor;
pub use error::GraphError;
pub use me::Me;
pub use translate::Translated;
pub use walk::{DeltaWalk, Step};

pub use crate::{ChangePage as DeltaPage, Folder, MessageHead, Next, Retries, Sender, Support};
