//! A client for the REST API (v3) of one Jira site, one operation a file.
//!
//! ```text
//! let jira = JiraClient::new(http, clock, site_url, Credential::Connect(AppToken { … }));
//! let issue = jira.create_issue(&NewIssue { … }).await?;      // stamped with the id of the mail
//! jira.attach(&issue.id, files).await?;                       // all files in one request
//! ```
//!
//! Writes are never tried again here: whoever calls knows what a second try may do, and
//! [`JiraError::outcome_unknown`] says when to look first ([`JiraClient::find_issue_by_mail`],
//! [`JiraClient::find_comment_by_mail`], [`JiraClient::attachments`]). Reads are tried a few times.

mod add_comment;
mod answer;
mod attach;
mod attachment_meta;
mod attachments;
mod call;
mod client;
mod comment;
mod create_issue;
mod credential;
mod error;
mod find_comment;
mod find_issue;
mod issue;
mod mail_property;
mod myself;
mod permission;
mod projects;
mod update;
mod users;

#[cfg(test)]
mod tests;

pub use add_comment::CreatedComment;
pub use attach::{File, MAX_FILES};
pub use attachment_meta::AttachmentMeta;
pub use attachments::Attachment;
pub use client::JiraClient;
pub use comment::{Author, Comment};
pub use create_issue::{CreatedIssue, NewIssue, SUMMARY_LIMIT};
pub use credential::Credential;
pub use error::{JiraError, Quota};
pub use issue::IssueSummary;
pub use myself::Myself;
pub use projects::{IssueType, Project};

/// Longest serialised ADF that a description or a comment may have, in UTF-16 code units as Jira counts them.
pub const TEXT_LIMIT: usize = 32_767;
