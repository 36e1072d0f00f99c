//! A mail becomes an issue, once.

use chrono::TimeDelta;
use postroom_atlassian::jira::{CreatedIssue, JiraClient, JiraError, NewIssue};
use postroom_mail::{ParsedMail, adf::ImageNames, thread};
use postroom_registry::delivery::{self, EffectKind, EffectState, Intent};

use super::{
    Made, Refusal, effect,
    words::{self, Form},
};
use crate::{failure::Failure, jobs::process::InHand};

/// Jira's search learns of an issue some seconds after it was made.
const INDEX_LAG: TimeDelta = TimeDelta::seconds(10);

/// Makes the issue, or finds the one that an earlier try made.
pub(super) async fn create(
    hand: &mut InHand<'_>,
    jira: &JiraClient,
    mail: &ParsedMail,
    project_id: &str,
    issue_type_id: &str,
) -> Result<Made, Refusal> {
    let delivery = match effect::intend(hand, EffectKind::Issue, "issue").await? {
        Intent::First(row) => row,
        Intent::Again(row) => match earlier(hand, jira, &row).await? {
            Some(found) => {
                hand.note("deliver", "issue", "an earlier try had made it", &found.key);
                let whole = words::of_issue(mail, &ImageNames::of(mail), Form::Rich).whole;
                return Ok(made(found, !whole));
            }
            None => {
                effect::again(hand, row.id).await?;
                row
            }
        },
    };
    let images = ImageNames::of(mail);
    let summary = thread::summary(&mail.subject);
    let mut last = None;
    for form in Form::ALL {
        let words = words::of_issue(mail, &images, form);
        let new = NewIssue {
            project_id,
            issue_type_id,
            summary: &summary,
            description: &words.document,
            mail_id: hand.mail.id.0,
        };
        match jira.create_issue(&new).await {
            Ok(issue) => {
                effect::done(hand, delivery.id, &issue.id, Some(&words.document)).await?;
                hand.note("deliver", "issue", &format!("{form:?} text"), &issue.key);
                return Ok(made(issue, !words.whole));
            }
            Err(error) if error.refuses_content() => last = Some(error),
            Err(error) => {
                effect::failed(hand, delivery.id, &error).await?;
                return Err(error.into());
            }
        }
    }
    let error = last.unwrap_or(JiraError::TooLarge);
    effect::failed(hand, delivery.id, &error).await?;
    Err(error.into())
}

/// What an earlier try made, if it made something. An issue whose id is known is asked for by its id; else Jira's
/// index is asked, and not before it had time to hear of the issue.
async fn earlier(
    hand: &InHand<'_>,
    jira: &JiraClient,
    row: &delivery::Model,
) -> Result<Option<CreatedIssue>, Refusal> {
    if let (EffectState::Done, Some(id)) = (row.state, &row.jira_id) {
        return match jira.issue(id).await {
            Ok(issue) => Ok(Some(CreatedIssue {
                id: issue.id,
                key: issue.key,
            })),
            // A person deleted it; the mail is tried again at a person's wish.
            Err(JiraError::NotFound) => Ok(None),
            Err(error) => Err(error.into()),
        };
    }
    if hand.now() - row.updated_at < INDEX_LAG {
        return Err(Refusal::Failed(Failure::TooSoon));
    }
    let found = jira.find_issue_by_mail(hand.mail.id.0).await?;
    if let Some(issue) = &found {
        effect::done(hand, row.id, &issue.id, None).await?;
    }
    Ok(found)
}

fn made(issue: CreatedIssue, attach_original: bool) -> Made {
    Made {
        issue_id: issue.id,
        issue_key: issue.key,
        comment_id: None,
        attach_original,
    }
}
