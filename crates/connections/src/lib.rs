//! A connection at work: its token, its mailbox, its permits, and what its failures mean.
//!
//! Whoever has a connection's row opens it and calls what [`Mailbox`](postroom_mailbox::Mailbox) does, without a token:
//!
//! ```no_run
//! # use postroom_connections::{Connections, Failure};
//! # use postroom_registry::{TenantId, source};
//! # async fn read(connections: Connections, tenant: TenantId, source: source::Model) -> Result<(), Failure> {
//! let opened = connections.source(tenant, &source).await?;
//! match opened.folder(&source.folder_id).await {
//!     Ok(folder) => drop(folder.total),
//!     Err(failure) => drop(opened.verdict(&failure)), // what it says about the connection, for `source::apply`
//! }
//! # Ok(()) }
//! ```
//!
//! Each call holds one of the few places that Microsoft has for an application at a mailbox, over all processes; when
//! Microsoft asks one of them to wait, all of them wait. A token that is refused before its time is forgotten, and the
//! call made once more with a fresh one.

mod attempt;
mod calls;
mod circumstances;
mod connections;
mod failure;
mod graph;
mod opened;
mod ping;
mod verdict;

pub use circumstances::Circumstances;
pub use connections::{Connections, ConnectionsParts};
pub use failure::Failure;
pub use opened::Opened;
pub use ping::Pinged;
