//! A mail becomes an issue, once.

use postroom_atlassian::jira::{CreatedIssue, JiraClient, JiraError, NewIssue};
use postroom_mail::{ParsedMail, adf::ImageNames, thread};
use postroom_registry::delivery::{EffectKind, EffectState, Intent};

use super::{
    Made, Refusal, effect,
    words::{self, Form},
};
use crate::jobs::process::InHand;

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
        Intent::Again(row) => {
            if let Some(found) = jira.find_issue_by_mail(hand.mail.id.0).await? {
                if row.state != EffectState::Done {
                    effect::done(hand, row.id, &found.id, None).await?;
                }
                hand.note("deliver", "issue", "an earlier try had made it", &found.key);
                return Ok(made(found, false));
            }
            row
        }
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

fn made(issue: CreatedIssue, attach_original: bool) -> Made {
    Made {
        issue_id: issue.id,
        issue_key: issue.key,
        comment_id: None,
        attach_original,
    }
}
