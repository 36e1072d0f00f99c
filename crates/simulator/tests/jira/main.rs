//! The simulated Jira sites, driven as an app and its administrator would drive the real ones.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a helper of tests fails as loudly as a test"
)]

mod app;
mod attachments;
mod comments;
mod documents;
mod forge;
mod install;
mod issues;
mod lifecycle;
mod limits;
mod pages;
mod people;
mod plugins;
mod search;
mod tokens;
mod webhooks;
mod world;
