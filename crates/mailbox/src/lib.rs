//! A mailbox, spoken to in the protocol of its connection.
//!
//! The crate knows no database and no sign-in: the caller brings an [`AccessToken`] and says which
//! mailbox it means. It knows two protocols: Microsoft Graph ([`graph`]), and
//! Exchange Web Services ([`ews`]) until Exchange Online switches them off.
//!
//! [`Mailbox`] is the face that both share; what only one protocol does, its client does.
//!
//! ```no_run
//! # async fn poll(http: postroom_telemetry::HttpClient, token: postroom_mailbox::AccessToken)
//! #     -> Result<(), Box<dyn std::error::Error>> {
//! use postroom_clock::Clock;
//! use postroom_mailbox::graph::GraphClient;
//! use postroom_mailbox::{ChangeCursor, ChangeWalk, Mailbox, MailboxAddress, Pace};
//!
//! let graph = GraphClient::new(http, "https://graph.microsoft.com/v1.0".parse()?, Clock::system());
//! let mailbox = Mailbox::graph(graph, MailboxAddress::Me);
//! let mut cursor = ChangeCursor { folder: "inbox".into(), since: None, state: None };
//! let mut walk = ChangeWalk::new(50);
//! loop {
//!     let page = mailbox.changes(&token, &cursor, 50).await?;
//!     for message in &page.messages {
//!         let raw = mailbox.raw(&token, &message.id, 50 << 20).await?;
//!         // insert the row and the raw body, then store the page's state in the same transaction
//!     }
//!     match walk.follow(&page)? {
//!         Pace::More(state) => cursor.state = Some(state),
//!         Pace::Rest(state) | Pace::Done(state) => break, // `state` is where the next round begins
//!     }
//! }
//! # Ok(()) }
//! ```
//!
//! A [`MailboxError`] explains itself: [`diagnosis`] has a row for each code of Microsoft, with whose it is, the words
//! and the exact steps out.

mod access_token;
mod address;
mod body;
mod challenge;
mod change;
pub mod diagnosis;
mod error;
pub mod ews;
mod fix;
mod folder;
pub mod graph;
mod mailbox;
mod message;
mod outgoing;
mod ping;
mod retry;
mod support;
mod wait;
mod walk;
mod who_acts;

pub use access_token::AccessToken;
pub use address::MailboxAddress;
pub use change::{ChangeCursor, ChangePage, Next};
pub use error::{ErrorKind, MailboxError};
pub use fix::{Fix, FixKind, FixTemplate, Names};
pub use folder::Folder;
pub use mailbox::Mailbox;
pub use message::{MessageHead, Sender};
pub use outgoing::{Outgoing, Sent};
pub use ping::{PingRequest, Pinged, Right, RightName, all_proven};
pub use retry::Retries;
pub use support::Support;
pub use walk::{ChangeWalk, Pace, Repeating};
pub use who_acts::WhoActs;
