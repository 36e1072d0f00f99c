//! What is known about a mail beyond itself, and the decision.

use postroom_mail::{ParsedMail, thread};
use postroom_registry::{
    mail::{self, Decision, MailState},
    notification, outbound, source,
};
use postroom_rules::{Context, MatchedBy, Plan, Profile, Target, ThreadMatch};

use super::InHand;
use crate::failure::Failure;

/// The purpose of the key that signs the ids of notifications.
pub(crate) const THREAD_KEY: &str = "notification message id";

pub(super) enum Outcome {
    Plan(Plan),
    /// It answers a mail that is not in Jira yet.
    NotYet(&'static str),
}

/// Decides, and keeps plan and trace before anything is done.
pub(super) async fn decide(hand: &mut InHand<'_>, parsed: &ParsedMail) -> Result<Outcome, Failure> {
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    let ids: Vec<String> = thread::candidates(parsed)
        .into_iter()
        .map(ToOwned::to_owned)
        .collect();
    let sent = notification::by_message_ids(&tx, &ids).await?;
    let known = mail::by_message_ids(&tx, &ids).await?;
    let waits_for = known.iter().any(|other| {
        other.state == MailState::Waiting
            && other.id != hand.mail.id
            && other.created_at <= hand.mail.created_at
    });
    if waits_for && sent.is_empty() && !known.iter().any(|other| other.issue_id.is_some()) {
        return Ok(Outcome::NotYet(
            "It answers a mail that is on its way to Jira.",
        ));
    }
    let tokens = thread::ThreadTokens::new(tx.derive_key(THREAD_KEY).await?);
    let own = parsed
        .message_id
        .as_deref()
        .and_then(|id| tokens.verify(hand.tenant.0, id));
    let mut own_addresses: Vec<String> = Vec::new();
    own_addresses.extend(
        source::list(&tx)
            .await?
            .into_iter()
            .map(|source| source.mailbox),
    );
    for outbound in outbound::list(&tx).await? {
        own_addresses.extend(outbound.from_address);
        own_addresses.push(outbound.mailbox);
    }
    let context = Context {
        thread: matched(&ids, &sent, &known),
        own_addresses,
        duplicate_of: mail::earlier_twin(&tx, &hand.mail)
            .await?
            .map(|twin| twin.to_string()),
        own_message_id: own.is_some(),
    };
    let decision = postroom_rules::decide(&profile(&hand.source), parsed, &context);
    record(hand, parsed, &decision);
    let kept = Decision {
        plan: serde_json::to_value(&decision.plan)?,
        trace: hand.trace.to_value(),
        attachments: i32::try_from(parsed.attachments.len()).unwrap_or(i32::MAX),
    };
    mail::decide(&tx, &hand.mail, kept).await?;
    tx.commit().await?;
    Ok(Outcome::Plan(decision.plan))
}

/// A notification has two ids: the one that we gave it, and the one that Exchange may have put in its place.
fn has_id(row: &notification::Model, id: &str) -> bool {
    row.message_id.as_deref() == Some(id) || row.sent_message_id.as_deref() == Some(id)
}

/// The first id of the thread that leads to an issue, ours before others'.
fn matched(
    ids: &[String],
    sent: &[notification::Model],
    known: &[mail::Model],
) -> Option<ThreadMatch> {
    ids.iter().find_map(|id| {
        let ours = sent.iter().find(|row| has_id(row, id));
        if let Some(row) = ours {
            return Some(ThreadMatch {
                issue_id: row.issue_id.clone(),
                issue_key: row.issue_key.clone(),
                matched_message_id: id.clone(),
                by: MatchedBy::OurMessage,
            });
        }
        let row = known
            .iter()
            .find(|row| row.message_id.as_deref() == Some(id) && row.issue_id.is_some())?;
        Some(ThreadMatch {
            issue_id: row.issue_id.clone()?,
            issue_key: row.issue_key.clone().unwrap_or_default(),
            matched_message_id: id.clone(),
            by: MatchedBy::KnownMail,
        })
    })
}

fn profile(source: &source::Model) -> Profile {
    let target = source.project_id.clone().zip(source.issue_type_id.clone());
    Profile {
        target: target.map(|(project_id, issue_type_id)| Target {
            project_id,
            issue_type_id,
        }),
        accept_automatic: false,
    }
}

fn record(hand: &mut InHand<'_>, parsed: &ParsedMail, decision: &postroom_rules::Decision) {
    hand.trace.forget(&["parse", "decide", "deliver"]);
    let problems = parsed.problems.len();
    let saw = format!(
        "{} attachments, {problems} problems",
        parsed.attachments.len()
    );
    let decided = match problems {
        0 => "read whole".to_owned(),
        _ => serde_json::to_string(&parsed.problems).unwrap_or_default(),
    };
    hand.note("parse", "mime", &saw, &decided);
    for step in &decision.trace {
        hand.note("decide", &step.rule, &step.saw, &step.decided);
    }
}
