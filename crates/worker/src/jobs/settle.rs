//! Settle: only now the mailbox is touched, as the source says.

use postroom_mailbox::graph::GraphError;
use postroom_registry::{mail, source::Settle};

use crate::{
    failure::Failure,
    jobs::{poll, process::InHand},
};

/// Marks, moves or leaves the message, and ends the mail's work.
pub(crate) async fn run(hand: &mut InHand<'_>) -> Result<(), Failure> {
    let (saw, decided) = match hand.source.settle {
        _ if hand.source.deleted_at.is_some() => {
            ("the source is deleted", "left as it is".to_owned())
        }
        Settle::Leave => ("the source leaves its mails", "left as it is".to_owned()),
        Settle::MarkRead | Settle::Move => match touch(hand).await {
            Ok(done) => ("the source's setting", done.to_owned()),
            Err(Failure::Graph(GraphError::ItemMissing(_))) => (
                "the message is not in the mailbox any more",
                "nothing to do".to_owned(),
            ),
            Err(Failure::Graph(
                error @ (GraphError::AccessDenied(_)
                | GraphError::FolderMissing(_)
                | GraphError::Refused { .. }),
            )) => ("Microsoft refused", format!("left as it is: {error}")),
            Err(failure) => return Err(failure),
        },
    };
    hand.note("settle", "mailbox", saw, &decided);
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    mail::settled(&tx, &hand.mail, hand.trace.to_value()).await?;
    Ok(tx.commit().await?)
}

async fn touch(hand: &InHand<'_>) -> Result<&'static str, Failure> {
    let environment = hand.environment;
    let token = environment.token(hand.tenant, hand.source.grant_id).await?;
    let mailbox = poll::mailbox_of(environment, hand.tenant, &hand.source).await?;
    let _permit = environment.graph_permit(&hand.source.mailbox).await;
    let id = &hand.mail.immutable_id;
    match (&hand.source.settle, &hand.source.settle_folder_id) {
        (Settle::Move, Some(folder)) => {
            environment
                .graph
                .move_to(&token, &mailbox, id, folder)
                .await?;
            Ok("moved")
        }
        _ => {
            environment.graph.mark_read(&token, &mailbox, id).await?;
            Ok("marked read")
        }
    }
}
