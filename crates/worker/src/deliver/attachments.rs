//! The files of a mail, each once. What Jira will not take is kept in the ledger and named in the trace.

use std::collections::HashMap;

use bytes::Bytes;
use postroom_atlassian::jira::{Attachment, File, JiraClient, JiraError, MAX_FILES};
use postroom_mail::{ParsedMail, Problem};
use postroom_registry::{
    DeliveryId,
    delivery::{EffectKind, EffectState, Intent},
};

use super::{Made, Refusal, effect, images};
use crate::{failure::Failure, jobs::process::InHand};

/// The name of the whole mail where it is attached.
const ORIGINAL: &str = "original.eml";

/// A file on its way.
struct Pending {
    id: DeliveryId,
    file: File,
}

/// Uploads what is not there yet, then puts inline images where they stood.
pub(super) async fn upload(
    hand: &mut InHand<'_>,
    jira: &JiraClient,
    mail: &ParsedMail,
    raw: &[u8],
    made: &Made,
) -> Result<(), Refusal> {
    let mut stored: Vec<Attachment> = Vec::new();
    let (first, again) = intend(hand, mail, raw, made).await?;
    let mut pending = first;
    if !again.is_empty() {
        pending.extend(missing(hand, jira, made, again, &mut stored).await?);
    }
    while !pending.is_empty() {
        let batch: Vec<Pending> = pending.drain(..pending.len().min(MAX_FILES)).collect();
        stored.extend(send(hand, jira, made, batch).await?);
    }
    if !mail.attachments.is_empty() {
        let saw = format!("{} files", mail.attachments.len());
        hand.note(
            "deliver",
            "attachments",
            &saw,
            &format!("{} stored", stored.len()),
        );
    }
    images::place(hand, jira, mail, made, &stored).await
}

async fn intend(
    hand: &InHand<'_>,
    mail: &ParsedMail,
    raw: &[u8],
    made: &Made,
) -> Result<(Vec<Pending>, Vec<Pending>), Failure> {
    let mut files: Vec<File> = mail
        .attachments
        .iter()
        .map(|attachment| File {
            name: attachment.name.clone(),
            media_type: attachment.media_type.clone(),
            bytes: Bytes::from(attachment.content.clone()),
        })
        .collect();
    if made.attach_original || mail.problems.iter().any(Problem::may_hide_content) {
        files.push(File {
            name: ORIGINAL.to_owned(),
            media_type: "message/rfc822".to_owned(),
            bytes: Bytes::copy_from_slice(raw),
        });
    }
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for file in files {
        match effect::intend(hand, EffectKind::Attachment, &file.name).await? {
            Intent::First(row) => first.push(Pending { id: row.id, file }),
            Intent::Again(row) if row.state == EffectState::Refused => {}
            Intent::Again(row) => again.push(Pending { id: row.id, file }),
        }
    }
    Ok((first, again))
}

/// Of files that were tried before, those that are not on the issue. Known by name and size.
async fn missing(
    hand: &InHand<'_>,
    jira: &JiraClient,
    made: &Made,
    again: Vec<Pending>,
    stored: &mut Vec<Attachment>,
) -> Result<Vec<Pending>, Refusal> {
    let mut there: HashMap<(String, u64), Attachment> = jira
        .attachments(&made.issue_id)
        .await?
        .into_iter()
        .map(|attachment| ((attachment.filename.clone(), attachment.size), attachment))
        .collect();
    let mut missing = Vec::new();
    for pending in again {
        let size = pending.file.bytes.len() as u64;
        match there.remove(&(pending.file.name.clone(), size)) {
            Some(found) => {
                effect::done(hand, pending.id, &found.id, None).await?;
                stored.push(found);
            }
            None => missing.push(pending),
        }
    }
    Ok(missing)
}

/// One request for all; where that is too much, one for each, so that one file keeps no other away.
async fn send(
    hand: &mut InHand<'_>,
    jira: &JiraClient,
    made: &Made,
    batch: Vec<Pending>,
) -> Result<Vec<Attachment>, Refusal> {
    let files = batch.iter().map(|pending| pending.file.clone()).collect();
    match jira.attach(&made.issue_id, files).await {
        Ok(stored) => {
            for (pending, attachment) in batch.iter().zip(&stored) {
                effect::done(hand, pending.id, &attachment.id, None).await?;
            }
            Ok(stored)
        }
        Err(JiraError::TooLarge | JiraError::Refused { .. } | JiraError::Forbidden)
            if batch.len() > 1 =>
        {
            let mut stored = Vec::new();
            for pending in batch {
                stored.extend(Box::pin(send(hand, jira, made, vec![pending])).await?);
            }
            Ok(stored)
        }
        Err(error @ (JiraError::TooLarge | JiraError::Refused { .. } | JiraError::Forbidden)) => {
            for pending in &batch {
                let why = Failure::from_jira(&error);
                effect::refused(hand, pending.id, &why).await?;
                let saw = format!("{} bytes", pending.file.bytes.len());
                hand.note("deliver", "attachment", &saw, &format!("left out: {why}"));
            }
            Ok(Vec::new())
        }
        Err(error) => {
            for pending in &batch {
                effect::failed(hand, pending.id, &error).await?;
            }
            Err(error.into())
        }
    }
}
