//! The jobs against a real database, with Jira and Microsoft faked.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod alerting;
mod catch_up;
mod forget;
mod moving;
mod offline;
mod open_send;
mod pushing;
mod reconciling;
mod renewing;
mod rhythm;
mod scene;
mod sending;
mod settling;
mod support;
mod token;
