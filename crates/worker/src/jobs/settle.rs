//! Settle: only now the mailbox is touched, as the source says.

use postroom_mailbox::ErrorKind;
use postroom_registry::{
    mail::{self, MailState},
    source::Settle,
};

use crate::{failure::Failure, jobs::process::InHand};

/// The category of a mail that was dealt with, where the source names none.
pub(crate) const CATEGORY: &str = "Postroom";

/// What the mailbox is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Touch<'a> {
    MarkRead,
    Move(&'a str),
    Categorise(&'a str),
    Delete,
}

/// Marks, moves, categorises, deletes or leaves the message, and ends the mail's work.
pub(crate) async fn run(hand: &mut InHand<'_>) -> Result<(), Failure> {
    let (saw, decided) = match wanted(hand) {
        Err(why) => (why, "left as it is".to_owned()),
        Ok(touch) => match apply(hand, touch).await {
            Ok(done) => ("the source's setting", done.to_owned()),
            Err(failure) => match failure.kind() {
                Some(ErrorKind::ItemMissing) => (
                    "the message is not in the mailbox any more",
                    "nothing to do".to_owned(),
                ),
                Some(
                    ErrorKind::AccessDenied
                    | ErrorKind::ScopeMissing
                    | ErrorKind::FolderMissing
                    | ErrorKind::Refused,
                ) => (
                    "Microsoft refused",
                    format!("left as it is: {}", failure.sentence()),
                ),
                _ => return Err(failure),
            },
        },
    };
    hand.note("settle", "mailbox", saw, &decided);
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    mail::settled(&tx, &hand.mail, hand.trace.to_value()).await?;
    Ok(tx.commit().await?)
}

/// What is to be done, or why nothing is.
fn wanted<'a>(hand: &'a InHand<'_>) -> Result<Touch<'a>, &'static str> {
    let source = &hand.source;
    if source.deleted_at.is_some() {
        return Err("the source is deleted");
    }
    match source.settle {
        Settle::Leave => Err("the source leaves its mails"),
        Settle::MarkRead => Ok(Touch::MarkRead),
        Settle::Move => match &source.settle_folder_id {
            Some(folder) => Ok(Touch::Move(folder)),
            None => Err("no folder was chosen"),
        },
        Settle::Categorise => Ok(Touch::Categorise(
            source.settle_category.as_deref().unwrap_or(CATEGORY),
        )),
        // What Jira does not have is never taken out of sight.
        Settle::Delete if hand.mail.state != MailState::Delivered => {
            Err("only what is in Jira is deleted")
        }
        Settle::Delete => Ok(Touch::Delete),
    }
}

async fn apply(hand: &InHand<'_>, touch: Touch<'_>) -> Result<&'static str, Failure> {
    let environment = hand.environment;
    let mailbox = environment
        .connections
        .source(hand.tenant, &hand.source)
        .await?;
    let id = &hand.mail.immutable_id;
    match touch {
        Touch::MarkRead => {
            mailbox.mark_read(id).await?;
            Ok("marked read")
        }
        Touch::Categorise(category) => {
            mailbox.categorise(id, category).await?;
            Ok("categorised")
        }
        Touch::Delete => {
            mailbox.delete(id).await?;
            Ok("deleted")
        }
        Touch::Move(folder) => {
            let there = mailbox.move_to(id, folder).await?;
            follow(hand, there).await?;
            Ok("moved")
        }
    }
}

/// A message of EWS has another id in another folder; the ledger goes with it.
async fn follow(hand: &InHand<'_>, there: String) -> Result<(), Failure> {
    if there == hand.mail.immutable_id {
        return Ok(());
    }
    let moved = [(hand.mail.immutable_id.clone(), there)];
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    mail::retarget_ids(&tx, hand.source.id, &moved).await?;
    // The folder that is read lost it: should somebody move it back, it is known under its third id, too.
    mail::gone(&tx, hand.source.id, &[moved[0].1.clone()]).await?;
    Ok(tx.commit().await?)
}
