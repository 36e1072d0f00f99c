//! The jobs against a real database, with Jira and Microsoft faked.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod forget;
mod open_send;
mod support;
mod token;
