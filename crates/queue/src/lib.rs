//! Redis: the doorbell that wakes workers, and the limits that all processes share. Knows no job.
//!
//! PostgreSQL is the book of what must happen; what is in here may be lost at any moment. A ring says only
//! "look at this row now". When Redis is away every call answers [`QueueError::Unavailable`] soon, and the
//! caller goes on without: the sweeper rings again what is overdue.
//!
//! ```no_run
//! # use std::time::Duration;
//! # use postroom_clock::Clock;
//! # use postroom_queue::{Bell, Doorbell, QueueError};
//! # async fn run(clock: Clock) -> Result<(), QueueError> {
//! let doorbell = Doorbell::connect("redis://127.0.0.1:6379", "postroom", &clock)?;
//! doorbell.ring(&Bell::new("process", clock.new_id(), clock.new_id())).await?;
//!
//! let listener = doorbell.listener()?;
//! for rung in listener.next(10, Duration::from_secs(5)).await? {
//!     // … do the work; call `listener.renew(&rung.receipt)` while it takes long …
//!     listener.done(&rung.receipt).await?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - [`Doorbell`] and [`Listener`]: one stream, one group, at least once.
//! - [`Permits`]: at most so many at once, over all processes, and none while the other side asked to wait.
//! - [`Budget`]: at most so many in a time, over all processes.
//!
//! All keys start with the prefix and a version, and all keys of one command share a hash tag, so that
//! Redis Cluster is possible. A `rediss://` address needs a rustls provider installed by `main`.

mod bell;
mod budget;
mod connection;
mod doorbell;
mod error;
mod listener;
mod permits;

pub use bell::Bell;
pub use budget::{Budget, Rate, Taken};
pub use doorbell::Doorbell;
pub use error::QueueError;
pub use listener::{Listener, Receipt, Rung};
pub use permits::{Permit, Permits};
