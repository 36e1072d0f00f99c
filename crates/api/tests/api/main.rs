//! The API as its callers see it: real routes on a real database, with Jira and Microsoft played by wiremock.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests fail as tests do"
)]

mod alerts;
mod approval;
mod audit;
mod dear;
mod edges;
mod forge_events;
mod forge_lifecycle;
mod forge_move;
mod forge_panel;
mod forge_replay;
mod forge_tokens;
mod headers;
mod internal;
mod lifecycle;
mod limits;
mod mails;
mod matrix;
mod odd;
mod owner_link;
mod panel_page;
mod panel_tokens;
mod ping;
mod push;
mod registrations;
mod sign_in;
mod sign_in_refused;
mod sign_ins;
mod sources;
mod support;
mod walk;
mod webhooks;
