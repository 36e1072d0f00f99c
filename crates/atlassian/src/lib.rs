//! What Postroom speaks with Atlassian: [`connect`] (the front door of Connect apps: tokens, query
//! hashes, lifecycle, descriptor), [`forge`] (invocation tokens, events), [`jira`] (a REST client for one site)
//! and [`sites`] (the client of each tenant, whichever door it came through).
//!
//! ```text
//!  Jira ── installed (RS256) ──────────────► connect::lifecycle ─┐
//!  Jira ── page, webhook (HS256, real qsh) ► connect::token ─────┼─► who called: tenant, account
//!  panel ─ context token (context-qsh) ────► connect::token ─────┤
//!  Forge ─ invocation token (RS256) ───────► forge ──────────────┘
//!
//!  worker ─► sites::Sites ─► jira::JiraClient ── Authorization: JWT (connect::jwt) or Bearer ──► Jira REST v3
//! ```
//!
//! Each kind of token has its own function and its own result type, so that no route can take one kind for
//! another. The time is an argument everywhere; no function here reads the machine's clock.

pub mod connect;
pub mod forge;
pub mod jira;
pub mod sites;

mod asks;
mod jws;
mod key_id;
mod site_url;
#[cfg(test)]
mod testing;

pub use site_url::SiteUrl;
pub use sites::{SiteError, Sites};
