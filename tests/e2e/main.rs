//! End to end: service and simulators as real processes, on a real PostgreSQL and Redis.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod broken_mail;
mod costs;
mod forge;
mod index_lags;
mod jira_fails;
mod lifecycle;
mod microsoft_alerts;
mod microsoft_diagnoses;
mod microsoft_ews;
mod microsoft_named;
mod microsoft_offline;
mod microsoft_push;
mod microsoft_race;
mod microsoft_sign_in;
mod moved;
mod planted;
mod retention;
mod rotation;
mod sign_in_ends;
mod story;
mod support;
