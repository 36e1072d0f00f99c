//! A mail becomes a comment on the issue of its thread, once.

use postroom_atlassian::jira::{CreatedComment, JiraClient, JiraError};
use postroom_mail::{ParsedMail, adf::ImageNames};
use postroom_registry::{
    delivery::{EffectKind, EffectState, Intent},
    tenant,
};

use super::{
    Made, Refusal, effect,
    words::{self, Form},
};
use crate::{failure::Failure, jobs::process::InHand};

/// Adds the comment, or finds the one that an earlier try added. `None`: the issue is not there any more.
pub(super) async fn add(
    hand: &mut InHand<'_>,
    jira: &JiraClient,
    mail: &ParsedMail,
    issue_id: &str,
    issue_key: &str,
) -> Result<Option<Made>, Refusal> {
    let made = |comment_id: String, attach_original| Made {
        issue_id: issue_id.to_owned(),
        issue_key: issue_key.to_owned(),
        comment_id: Some(comment_id),
        attach_original,
    };
    let delivery = match effect::intend(hand, EffectKind::Comment, issue_id).await? {
        Intent::First(row) => row,
        Intent::Again(row) if row.state == EffectState::Done => {
            let whole = words::of_comment(mail, &ImageNames::of(mail), Form::Rich).whole;
            return Ok(Some(made(row.jira_id.unwrap_or_default(), !whole)));
        }
        Intent::Again(row) => match jira.find_comment_by_mail(issue_id, hand.mail.id.0).await {
            Ok(Some(found)) => {
                effect::done(hand, row.id, &found.id, None).await?;
                hand.note(
                    "deliver",
                    "comment",
                    "an earlier try had added it",
                    issue_key,
                );
                return Ok(Some(made(found.id, false)));
            }
            Ok(None) => row,
            Err(JiraError::NotFound) => {
                effect::failed(hand, row.id, &JiraError::NotFound).await?;
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        },
    };
    let images = ImageNames::of(mail);
    let mut last = None;
    for form in Form::ALL {
        let words = words::of_comment(mail, &images, form);
        match jira
            .add_comment(issue_id, &words.document, hand.mail.id.0)
            .await
        {
            Ok(comment) => {
                effect::done(hand, delivery.id, &comment.id, Some(&words.document)).await?;
                learn(hand, &comment).await?;
                hand.note("deliver", "comment", &format!("{form:?} text"), issue_key);
                return Ok(Some(made(comment.id, !words.whole)));
            }
            Err(JiraError::NotFound) => {
                effect::failed(hand, delivery.id, &JiraError::NotFound).await?;
                return Ok(None);
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

/// The author of our own comment is the account that Jira gave to the app: by it our comments are known.
async fn learn(hand: &InHand<'_>, comment: &CreatedComment) -> Result<(), Failure> {
    let Some(account) = &comment.author_account_id else {
        return Ok(());
    };
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    if tenant::this(&tx).await?.app_account_id.as_deref() != Some(account) {
        tenant::learn_app_account(&tx, account).await?;
    }
    Ok(tx.commit().await?)
}
