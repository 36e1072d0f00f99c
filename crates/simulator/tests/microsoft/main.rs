//! The Microsoft hosts of the simulator over HTTP, as a client meets them.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a helper of tests fails as loudly as a test"
)]

mod admin_consent;
mod assertions;
mod authorize;
mod browser;
mod concurrency;
mod conditions;
mod consent;
mod control;
mod delta;
mod discipline;
mod discovery;
mod ews;
mod faults;
mod folders;
mod graph_errors;
mod messages;
mod national;
mod refresh;
mod send;
mod sign_in;
mod subscriptions;
mod tls;
mod token_errors;
mod uploads;
mod webmail;
mod world;
