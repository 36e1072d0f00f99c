//! `$select` and `$expand` on messages.

use std::collections::HashMap;

use super::error::GraphError;

/// Properties that come without being asked for.
pub(super) const USUAL: [&str; 28] = [
    "createdDateTime",
    "lastModifiedDateTime",
    "changeKey",
    "categories",
    "receivedDateTime",
    "sentDateTime",
    "hasAttachments",
    "internetMessageId",
    "subject",
    "bodyPreview",
    "importance",
    "parentFolderId",
    "conversationId",
    "conversationIndex",
    "isDeliveryReceiptRequested",
    "isReadReceiptRequested",
    "isRead",
    "isDraft",
    "webLink",
    "inferenceClassification",
    "body",
    "sender",
    "from",
    "toRecipients",
    "ccRecipients",
    "bccRecipients",
    "replyTo",
    "flag",
];

/// Properties that come only when selected.
const ON_DEMAND: [&str; 2] = ["internetMessageHeaders", "uniqueBody"];

/// Which properties an answer has. `id` and the etag always come.
#[derive(Clone, Debug, Default)]
pub(super) struct Select {
    /// None for the usual ones.
    names: Option<Vec<&'static str>>,
    pub(super) attachments: bool,
    /// The MAPI property PR_MESSAGE_SIZE (`LONG 0x0E08`) was expanded.
    pub(super) size: bool,
}

impl Select {
    pub(super) fn read(query: &HashMap<String, String>) -> Result<Self, GraphError> {
        let mut select = Self::names(query.get("$select").map(String::as_str))?;
        if let Some(expand) = query.get("$expand") {
            let lower = expand.to_ascii_lowercase();
            select.attachments = lower.starts_with("attachments");
            select.size =
                lower.contains("singlevalueextendedproperties") && lower.contains("0x0e08");
            if !select.attachments && !select.size {
                return Err(GraphError::bad_request(format!(
                    "The $expand expression '{expand}' is not supported."
                )));
            }
        }
        Ok(select)
    }

    pub(super) fn names(text: Option<&str>) -> Result<Self, GraphError> {
        let names = text.map(|text| {
            text.split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(known)
                .collect()
        });
        Ok(Self {
            names: names.transpose()?,
            ..Self::default()
        })
    }

    pub(super) fn wanted(&self) -> &[&'static str] {
        self.names.as_deref().unwrap_or(&USUAL)
    }
}

fn known(name: &str) -> Result<&'static str, GraphError> {
    let all = USUAL.iter().chain(&ON_DEMAND).chain(&["id"]);
    let found = all.copied().find(|known| known.eq_ignore_ascii_case(name));
    found.ok_or_else(|| {
        let text =
            format!("Could not find a property named '{name}' on type 'microsoft.graph.message'.");
        GraphError::bad_request(text)
    })
}
