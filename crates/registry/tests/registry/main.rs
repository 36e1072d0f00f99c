//! The registry against a real PostgreSQL with the real schema.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests may fail the test"
)]

mod catalogue;
mod doors;
mod due;
mod enclosure;
mod farewell;
mod fences;
mod grants;
mod installs;
mod moves;
mod removal;
mod rotation;
mod strangers;
mod support;
mod trail;
