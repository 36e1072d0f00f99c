//! The registry against a real PostgreSQL with the real schema.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests may fail the test"
)]

mod alerts;
mod catalogue;
mod doors;
mod due;
mod enclosure;
mod farewell;
mod fences;
mod grants;
mod installs;
mod lives;
mod moves;
mod order;
mod push;
mod registrations;
mod removal;
mod rotation;
mod sign_ins;
mod strangers;
mod support;
mod to_graph;
mod trail;
mod turns;
mod watch;
