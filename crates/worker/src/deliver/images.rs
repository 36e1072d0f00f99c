//! Inline images stand where they stood: once the files are up, their places in the text are known.

use postroom_atlassian::jira::{Attachment, JiraClient};
use postroom_mail::{ParsedMail, adf::ImageNames};
use postroom_registry::delivery::{EffectKind, EffectState, Intent};

use super::{
    Made, Refusal, effect,
    words::{self, Form},
};
use crate::jobs::process::InHand;

/// Writes the text once more, with the images in it. A refusal leaves the text with the images' names.
pub(super) async fn place(
    hand: &mut InHand<'_>,
    jira: &JiraClient,
    mail: &ParsedMail,
    made: &Made,
    stored: &[Attachment],
) -> Result<(), Refusal> {
    let named = ImageNames::of(mail);
    let mut placed = named.clone();
    for attachment in stored {
        let mut url = jira.base().clone();
        let path = format!(
            "{}/rest/api/3/attachment/content/{}",
            url.path().trim_end_matches('/'),
            attachment.id
        );
        url.set_path(&path);
        placed = placed.uploaded(&attachment.filename, url.as_str());
    }
    let words_with = |images: &ImageNames| match &made.comment_id {
        Some(_) => words::of_comment(mail, images, Form::Rich),
        None => words::of_issue(mail, images, Form::Rich),
    };
    let words = words_with(&placed);
    if made.attach_original || words.document == words_with(&named).document {
        return Ok(());
    }
    let delivery = match effect::intend(hand, EffectKind::InlineImages, &made.issue_id).await? {
        Intent::Again(row) if row.state != EffectState::Tried => return Ok(()),
        Intent::First(row) | Intent::Again(row) => row,
    };
    let written = match &made.comment_id {
        Some(comment) => {
            jira.update_comment(&made.issue_id, comment, &words.document)
                .await
        }
        None => {
            jira.update_description(&made.issue_id, &words.document)
                .await
        }
    };
    match written {
        Ok(()) => {
            effect::done(hand, delivery.id, &made.issue_id, Some(&words.document)).await?;
            hand.note(
                "deliver",
                "inline images",
                "cid images in the text",
                "placed",
            );
            Ok(())
        }
        Err(error) if error.is_transient() => Err(error.into()),
        Err(error) => {
            effect::refused(hand, delivery.id, &error.to_string()).await?;
            hand.note("deliver", "inline images", "Jira refused", "left as names");
            Ok(())
        }
    }
}
