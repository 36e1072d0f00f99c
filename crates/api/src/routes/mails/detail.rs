use std::collections::HashMap;

use chrono::{DateTime, Utc};
use postroom_mail::{Attachment, ParsedMail};
use postroom_registry::{
    RegistryError, TenantTx,
    delivery::{self, EffectKind, EffectState},
    mail,
};
use postroom_secrets::Plain;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::row::MailRow;
use crate::{doors::Site, routes::vocabulary::words};

/// Longer texts are looked at by downloading the mail.
const LONGEST_TEXT: usize = 200_000;
/// Bytes of a mail that is understood for a page; of larger ones the ledger is shown.
const LONGEST_SHOWN: i64 = 10_000_000;
const TOO_LARGE: &str = "[This mail is too large to be shown here. Open it in its mailbox.]";

words! {
    /// What is made in Jira.
    DeliveryKind of EffectKind {
        /// An issue.
        Issue,
        /// A comment.
        Comment,
        /// A file.
        Attachment,
        /// Inline images put where they stood.
        InlineImages,
    }
}

words! {
    /// How far an effect in Jira is.
    DeliveryState of EffectState {
        /// It may have happened: Jira is asked before it is tried again.
        Tried,
        /// It happened.
        Done,
        /// Jira will not have it.
        Refused,
    }
}

/// A mail and all that is known of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct MailDetail {
    #[serde(flatten)]
    row: MailRow,
    /// Who it was sent to.
    to: Vec<String>,
    /// Its Message-ID; empty where it has none.
    message_id: String,
    size_bytes: i64,
    /// What a person reads; empty when the raw mail is not kept any more, one sentence when it is too large to be shown.
    text: String,
    /// Whether it has a formatted form too.
    html_present: bool,
    /// How often it was taken in hand.
    attempts: i32,
    /// When it is taken in hand next.
    #[schema(required)]
    next_attempt_at: Option<DateTime<Utc>>,
    /// When the mailbox was told.
    #[schema(required)]
    settled_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    #[schema(required)]
    last_error: Option<String>,
    /// Why it became what it became.
    trace: Vec<TraceStep>,
    /// What shall happen to it, as it stands in the ledger.
    #[schema(required)]
    plan: Option<Value>,
    /// What was done in Jira.
    deliveries: Vec<Delivery>,
    /// The document that Jira got.
    #[schema(required)]
    adf: Option<Value>,
    /// The issue's page.
    #[schema(required)]
    issue_url: Option<String>,
    /// Its files.
    attachments_list: Vec<AttachmentRow>,
}

/// One rule that was looked at.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct TraceStep {
    /// `poll`, `parse`, `understand`, `decide`, `deliver` or `settle`.
    #[serde(default)]
    #[schema(required)]
    step: String,
    /// The rule.
    #[serde(default)]
    #[schema(required)]
    rule: String,
    /// What it saw.
    #[serde(default)]
    #[schema(required)]
    saw: String,
    /// What it decided.
    #[serde(default)]
    #[schema(required)]
    decided: String,
    /// When.
    #[serde(default)]
    #[schema(required)]
    at: Option<DateTime<Utc>>,
}

/// One effect in Jira.
#[derive(Serialize, ToSchema)]
pub(crate) struct Delivery {
    kind: DeliveryKind,
    /// Which one of its kind, e.g. the file name.
    target: String,
    state: DeliveryState,
    /// Jira's id of what was made.
    #[schema(required)]
    jira_id: Option<String>,
    /// What is worth knowing, e.g. why it was refused.
    #[schema(required)]
    detail: Option<String>,
    /// When it last changed.
    at: DateTime<Utc>,
}

/// A file of a mail.
#[derive(Serialize, ToSchema)]
#[schema(as = Attachment)]
pub(crate) struct AttachmentRow {
    name: String,
    media_type: String,
    size_bytes: u64,
    /// Shown in the text by the writer's mail program.
    inline: bool,
    /// Whether Jira has it.
    stored: bool,
    /// What is worth knowing of it.
    #[schema(required)]
    note: Option<String>,
}

/// What the ledger has of one mail.
pub(super) struct Found {
    row: mail::Model,
    deliveries: Vec<delivery::Model>,
    adf: Option<Value>,
    raw: Raw,
}

/// The raw mail.
enum Raw {
    Kept(Plain),
    /// It is not kept any more.
    Gone,
    /// It is kept, and larger than what is understood for a page.
    TooLarge,
}

/// Looks everything up about one mail. A large one is not opened.
pub(super) async fn find(tx: &TenantTx, row: mail::Model) -> Result<Found, RegistryError> {
    let deliveries = delivery::of_mail(tx, row.id).await?;
    let raw = match row.size_bytes > LONGEST_SHOWN {
        true => Raw::TooLarge,
        false => match mail::raw(tx, row.id).await {
            Ok(raw) => Raw::Kept(raw),
            Err(RegistryError::Missing) => Raw::Gone,
            Err(error) => return Err(error),
        },
    };
    Ok(Found {
        adf: document(tx, &deliveries).await?,
        row,
        deliveries,
        raw,
    })
}

/// Shows what was found, for people of this site.
pub(super) async fn shown(found: Found, site: &Site) -> MailDetail {
    let Found {
        row,
        deliveries,
        adf,
        raw,
    } = found;
    let too_large = matches!(raw, Raw::TooLarge);
    let parsed = parsed(raw).await;
    let attachments_list = parsed.attachments.iter();
    let by_name: HashMap<&str, &delivery::Model> = deliveries
        .iter()
        .filter(|it| it.kind == EffectKind::Attachment)
        .map(|it| (it.target.as_str(), it))
        .collect();
    MailDetail {
        row: MailRow::from(&row),
        to: parsed.to.iter().map(|to| to.address.clone()).collect(),
        size_bytes: row.size_bytes,
        text: match too_large {
            true => TOO_LARGE.to_owned(),
            false => shortened(parsed.readable_text()),
        },
        html_present: parsed.html.is_some(),
        attempts: row.attempts,
        next_attempt_at: row.next_attempt_at,
        settled_at: row.settled_at,
        trace: trace(&row.trace),
        plan: row.plan,
        adf,
        issue_url: row.issue_key.as_deref().map(|key| site.issue(key)),
        attachments_list: attachments_list
            .map(|file| file_row(file, by_name.get(file.name.as_str()).copied()))
            .collect(),
        deliveries: deliveries.iter().map(Delivery::from).collect(),
        message_id: row.message_id.unwrap_or_default(),
        last_error: row.last_error,
    }
}

/// The raw mail, read again; an empty one when there is none at hand.
async fn parsed(raw: Raw) -> ParsedMail {
    let Raw::Kept(raw) = raw else {
        return ParsedMail::parse(b"");
    };
    // Parsing takes milliseconds for a large mail: not on a thread that serves others.
    let parsed = tokio::task::spawn_blocking(move || ParsedMail::parse(raw.as_slice())).await;
    parsed.unwrap_or_else(|_| ParsedMail::parse(b""))
}

/// The issue's or the comment's document, as it was sent.
async fn document(
    tx: &TenantTx,
    deliveries: &[delivery::Model],
) -> Result<Option<Value>, RegistryError> {
    let carries_text = |kind| matches!(kind, EffectKind::Issue | EffectKind::Comment);
    for made in deliveries.iter().filter(|made| carries_text(made.kind)) {
        if let Some(content) = delivery::content(tx, made).await? {
            return Ok(serde_json::from_slice(content.as_slice()).ok());
        }
    }
    Ok(None)
}

/// Steps that a newer version wrote and this one cannot read are left out.
fn trace(stored: &Value) -> Vec<TraceStep> {
    let steps = stored.as_array().into_iter().flatten();
    steps
        .filter_map(|step| TraceStep::deserialize(step).ok())
        .collect()
}

fn shortened(mut text: String) -> String {
    if text.len() > LONGEST_TEXT {
        text.truncate(text.floor_char_boundary(LONGEST_TEXT));
        text.push_str("\n[…]");
    }
    text
}

fn file_row(file: &Attachment, made: Option<&delivery::Model>) -> AttachmentRow {
    AttachmentRow {
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        size_bytes: file.content.len() as u64,
        inline: file.inline,
        stored: made.is_some_and(|made| made.state == EffectState::Done),
        note: made.and_then(|made| made.detail.clone()),
    }
}

impl From<&delivery::Model> for Delivery {
    fn from(row: &delivery::Model) -> Self {
        Self {
            kind: row.kind.into(),
            target: row.target.clone(),
            state: row.state.into(),
            jira_id: row.jira_id.clone(),
            detail: row.detail.clone(),
            at: row.updated_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_trace_is_read_as_far_as_it_can_be() {
        let stored = json!([
            {"step": "decide", "rule": "loops", "saw": "x", "decided": "go on", "at": null},
            {"rule": "without a time"},
            "rubbish",
        ]);
        let steps = trace(&stored);
        assert_eq!(steps.len(), 2);
        assert_eq!(
            (steps[0].step.as_str(), steps[1].rule.as_str()),
            ("decide", "without a time")
        );
        assert!(trace(&json!({"not": "a list"})).is_empty());
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let text = shortened("ü".repeat(LONGEST_TEXT));
        assert!(text.len() < LONGEST_TEXT + 10 && !text.ends_with('…') && text.ends_with("[…]"));
        assert_eq!(shortened("short".into()), "short");
    }
}
