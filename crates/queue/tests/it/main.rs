//! The doorbell, the permits and the budgets against a real Redis, one for each test.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper of a test fails the test"
)]

mod budget;
mod collapse;
mod doorbell;
mod once;
mod outage;
mod permits;
mod server;
