use std::collections::HashMap;

use reqwest::Method;
use serde_json::{Value, json};

use super::answer::text;
use super::call::Call;
use super::classify::Target;
use super::client::GraphClient;
use crate::{AccessToken, MailboxAddress, MailboxError};

/// "Maximum size for this collection is 1000 strings."
const AT_ONCE: usize = 1_000;

/// An id of EWS, and what Graph calls the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translated {
    /// The id as EWS gave it.
    pub ews_id: String,
    /// The immutable id of Graph; `None` where Graph cannot translate it, as for a message that is gone.
    pub immutable_id: Option<String>,
}

impl GraphClient {
    /// The immutable ids of messages that a connection knows by their EWS ids, for its move to Graph (Microsoft Graph:
    /// "user: translateExchangeIds"). In the order of `ews_ids`, any number of them, all of this one mailbox. Scope:
    /// `User.Read`. The clouds of the US government do not have it: there a message is found by its `Message-ID`.
    ///
    /// # Errors
    /// [`MailboxError`]; then none of them is to be used.
    pub async fn translate_ews_ids(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        ews_ids: &[String],
    ) -> Result<Vec<Translated>, MailboxError> {
        self.translate(token, mailbox, ews_ids, "restImmutableEntryId")
            .await
    }

    /// The same for folders, whose ids are stable and have no immutable form.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn translate_ews_folder_id(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        ews_id: &str,
    ) -> Result<Option<String>, MailboxError> {
        let ids = [ews_id.to_owned()];
        let translated = self.translate(token, mailbox, &ids, "restId").await?;
        Ok(translated.into_iter().find_map(|one| one.immutable_id))
    }

    async fn translate(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        ews_ids: &[String],
        target: &'static str,
    ) -> Result<Vec<Translated>, MailboxError> {
        let mut translated = Vec::with_capacity(ews_ids.len());
        for ids in ews_ids.chunks(AT_ONCE) {
            let url = self.url(mailbox, &["translateExchangeIds"])?;
            let call = Call::new("translate_ids", Method::POST, token, url, Target::Mailbox);
            let call = call.json(json!({
                "inputIds": ids, "sourceIdType": "ewsId", "targetIdType": target,
            }));
            let json = self.read(&call).await?.json()?;
            let mut targets: HashMap<String, String> =
                json.items()?.iter().filter_map(pair).collect();
            translated.extend(ids.iter().map(|id| Translated {
                ews_id: id.clone(),
                immutable_id: targets.remove(id),
            }));
        }
        Ok(translated)
    }
}

/// Answers name their source; an id that cannot be translated has error details, or is not there at all.
fn pair(item: &Value) -> Option<(String, String)> {
    let target = text(item, "targetId").filter(|id| !id.is_empty())?;
    Some((text(item, "sourceId")?, target))
}

#[cfg(test)]
mod tests;
