//! Deliver: a plan is carried out in Jira, each effect written down before it is tried, and looked up before it is
//! tried again.

mod attachments;
mod comment;
mod effect;
mod images;
mod issue;
mod words;

use postroom_mail::ParsedMail;
use postroom_registry::RegistryError;
use postroom_rules::Plan;

use crate::{failure::Failure, jobs::process::InHand};

/// Where the mail went.
#[derive(Debug)]
pub(crate) struct Delivered {
    pub(crate) issue_id: String,
    pub(crate) issue_key: String,
    pub(crate) comment_id: Option<String>,
    pub(crate) reason: String,
}

/// Why it did not.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Jira will not have the words in any form. Later it may: an administrator can change what is required.
    ByJira(Failure),
    /// Anything else: the mail waits, however long it takes.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for Refusal {
    fn from(error: E) -> Self {
        let failure = error.into();
        match &failure {
            Failure::Jira(postroom_atlassian::jira::JiraError::Refused { .. }) => {
                Self::ByJira(failure)
            }
            _ => Self::Failed(failure),
        }
    }
}

/// Carries out a plan that makes an issue or a comment.
pub(crate) async fn run(
    hand: &mut InHand<'_>,
    mail: &ParsedMail,
    raw: &[u8],
    plan: &Plan,
) -> Result<Delivered, Refusal> {
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    let jira = hand.environment.jira(&tx).await?;
    tx.commit().await?;
    let made = match plan {
        Plan::Create {
            project_id,
            issue_type_id,
        } => issue::create(hand, &jira, mail, project_id, issue_type_id).await?,
        Plan::Comment {
            issue_id,
            issue_key,
        } => match comment::add(hand, &jira, mail, issue_id, issue_key).await? {
            Some(made) => made,
            None => issue_instead(hand, &jira, mail, issue_key).await?,
        },
        Plan::Ignore { .. } | Plan::Reject { .. } | Plan::Hold { .. } => {
            return Err(Refusal::Failed(RegistryError::Missing.into()));
        }
    };
    attachments::upload(hand, &jira, mail, raw, &made).await?;
    let reason = match &made.comment_id {
        Some(_) => format!("It became a comment on {}.", made.issue_key),
        None => format!("It became {}.", made.issue_key),
    };
    Ok(Delivered {
        issue_id: made.issue_id,
        issue_key: made.issue_key,
        comment_id: made.comment_id,
        reason,
    })
}

/// What was made in Jira, and whether all words went into it.
pub(crate) struct Made {
    pub(crate) issue_id: String,
    pub(crate) issue_key: String,
    pub(crate) comment_id: Option<String>,
    /// The whole mail goes along as a file: words were cut or made plainer.
    pub(crate) attach_original: bool,
}

/// The issue of the thread was deleted: the mail is not lost with it.
async fn issue_instead(
    hand: &mut InHand<'_>,
    jira: &postroom_atlassian::jira::JiraClient,
    mail: &ParsedMail,
    gone: &str,
) -> Result<Made, Refusal> {
    hand.note(
        "deliver",
        "thread",
        &format!("{gone} is not in Jira any more"),
        "a new issue",
    );
    let target = hand
        .source
        .project_id
        .clone()
        .zip(hand.source.issue_type_id.clone());
    let (project_id, issue_type_id) = target.ok_or(Failure::Registry(RegistryError::Missing))?;
    issue::create(hand, jira, mail, &project_id, &issue_type_id).await
}
