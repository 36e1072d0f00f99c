//! The mail that carries an agent's words.

use postroom_atlassian::jira::Comment;
use postroom_mail::{
    Address, ParsedMail, adf,
    compose::{self, Outgoing},
    thread::{self, ThreadTokens},
};
use postroom_registry::{TenantId, mail, notification, outbound};

use crate::{Environment, failure::Failure, jobs::process::THREAD_KEY};

/// Ready to be sent.
pub(super) struct Letter {
    pub(super) to: Address,
    pub(super) subject: String,
    pub(super) message_id: String,
    pub(super) mime: Vec<u8>,
}

/// Writes the answer to `answered`. `None`: no mail can be made, an address is none.
pub(super) async fn write(
    environment: &Environment,
    tenant: TenantId,
    row: &notification::Model,
    answered: &mail::Model,
    outbound: &outbound::Model,
    comment: &Comment,
) -> Result<Option<Letter>, Failure> {
    let tx = environment.registry.begin(tenant).await?;
    let tokens = ThreadTokens::new(tx.derive_key(THREAD_KEY).await?);
    let raw = mail::raw(&tx, answered.id).await?;
    tx.commit().await?;
    let original = ParsedMail::parse(raw.as_slice());
    let sender = super::sender(outbound);
    let domain = sender.rsplit('@').next().unwrap_or_default();
    let message_id = tokens.message_id(tenant.0, row.id.0, domain);
    let to = original
        .reply_to
        .first()
        .or(original.from.as_ref())
        .cloned();
    let to = to.unwrap_or_else(|| Address::bare(answered.from_address.clone()));
    let subject = format!(
        "Re: {}",
        thread::subject_without_prefixes(&original.subject)
    );
    let author = comment
        .author
        .as_ref()
        .map(|author| author.display_name.clone());
    let from = Address {
        name: author,
        address: sender.to_owned(),
    };
    let outgoing = Outgoing {
        from,
        to: vec![to.clone()],
        cc: Vec::new(),
        subject: subject.clone(),
        message_id: message_id.clone(),
        in_reply_to: original.message_id.clone(),
        references: original.references.clone(),
        date: environment.clock().now(),
        text: adf::to_text(&comment.body),
        html: adf::to_html(&comment.body),
    };
    Ok(compose::compose(&outgoing).ok().map(|mime| Letter {
        to,
        subject,
        message_id,
        mime,
    }))
}
