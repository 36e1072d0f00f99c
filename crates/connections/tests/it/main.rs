//! Connections against hosts that say what a test tells them to, with a real database and a real Redis.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod places;
mod stage;
mod tokens;
