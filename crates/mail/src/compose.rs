//! Building the mail that a notification is.

use std::fmt;

use chrono::{DateTime, Utc};
use mail_builder::{
    MessageBuilder,
    headers::{address::Address as MailAddress, message_id::MessageId, raw::Raw},
};

use crate::Address;

/// The field that marks our own mail, so that it is known when it comes back.
pub const MARK_HEADER: &str = "X-Postroom-Notification";
pub(crate) const MARK_HEADER_LOWER: &str = "x-postroom-notification";

/// References that are kept: the first, which is the root of the thread, and the last ones (RFC 5322 section 3.6.4
/// wants all, RFC 5537 section 3.4.4 and every mail program live with some).
const MAX_REFERENCES: usize = 21;

/// A mail to be sent: an agent's words to the people of an issue.
///
/// It carries no `Auto-Submitted`: a person wrote it, and out-of-office notes to it are the writer's to see; but it
/// asks Exchange not to answer by itself (`X-Auto-Response-Suppress: OOF, AutoReply`, [MS-OXCMAIL]).
#[derive(Clone)]
pub struct Outgoing {
    /// The mailbox that sends.
    pub from: Address,
    /// Who gets it; at least one.
    pub to: Vec<Address>,
    /// Who gets a copy.
    pub cc: Vec<Address>,
    /// The subject; `Re: ` is put before it when this is an answer and it has no such prefix.
    pub subject: String,
    /// Our own Message-ID, without `<>`, from [`crate::thread::ThreadTokens::message_id`].
    pub message_id: String,
    /// The Message-ID that is answered, without `<>`.
    pub in_reply_to: Option<String>,
    /// The thread so far, oldest first, without `<>`.
    pub references: Vec<String>,
    /// When it was written.
    pub date: DateTime<Utc>,
    /// The words as plain text.
    pub text: String,
    /// The words as an HTML fragment, from [`crate::adf::to_html`].
    pub html: String,
}

/// Why a mail cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// Nobody to send it to.
    #[error("the mail has no recipient")]
    NoRecipient,
    /// An address is none, or would break the header.
    #[error("a mail address of the sender or a recipient is not valid")]
    BadAddress,
    /// A Message-ID is none, or would break the header.
    #[error("the message id is not valid")]
    BadMessageId,
}

/// Builds the MIME mail, with `\r\n` at line ends.
///
/// # Errors
/// No recipient, an address or our Message-ID that cannot stand in a header. Ids of others that cannot are left out.
pub fn compose(mail: &Outgoing) -> Result<Vec<u8>, ComposeError> {
    if mail.to.is_empty() {
        return Err(ComposeError::NoRecipient);
    }
    if !is_id(&mail.message_id) {
        return Err(ComposeError::BadMessageId);
    }
    let answers = mail.in_reply_to.as_deref().filter(|id| is_id(id));
    let mut builder = MessageBuilder::new()
        .from(one(&mail.from)?)
        .to(list(&mail.to)?)
        .subject(subject(&mail.subject, answers.is_some()))
        .date(mail.date.timestamp())
        .message_id(mail.message_id.as_str())
        .header("X-Auto-Response-Suppress", Raw::new("OOF, AutoReply"))
        .header(MARK_HEADER, Raw::new(mail.message_id.as_str()));
    if !mail.cc.is_empty() {
        builder = builder.cc(list(&mail.cc)?);
    }
    if let Some(id) = answers {
        builder = builder.in_reply_to(id);
    }
    let references = references(mail, answers);
    if !references.is_empty() {
        builder = builder.references(MessageId::new_list(references.into_iter()));
    }
    let html = format!("<html><body>\n{}</body></html>\n", mail.html);
    let mut out = Vec::new();
    builder
        .text_body(mail.text.as_str())
        .html_body(html)
        .serialize(&mut out);
    Ok(out)
}

fn references<'m>(mail: &'m Outgoing, answers: Option<&'m str>) -> Vec<&'m str> {
    let mut ids: Vec<&str> = Vec::new();
    for id in mail.references.iter().map(String::as_str).chain(answers) {
        if is_id(id) && id != mail.message_id {
            ids.retain(|own| *own != id);
            ids.push(id);
        }
    }
    if ids.len() > MAX_REFERENCES {
        let skip = ids.len() - MAX_REFERENCES;
        ids.drain(1..=skip);
    }
    ids
}

fn subject(subject: &str, answer: bool) -> String {
    let line = one_line(subject);
    let bare = crate::thread::subject_without_prefixes(&line);
    if answer && bare.len() == line.len() {
        format!("Re: {line}").trim_end().to_owned()
    } else {
        line
    }
}

fn list(addresses: &[Address]) -> Result<MailAddress<'static>, ComposeError> {
    Ok(MailAddress::new_list(
        addresses.iter().map(one).collect::<Result<_, _>>()?,
    ))
}

fn one(address: &Address) -> Result<MailAddress<'static>, ComposeError> {
    let bare = address.address.trim();
    let parts = bare.rsplit_once('@');
    let legal = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c);
    let valid = parts.is_some_and(|(local, domain)| {
        !local.is_empty() && !domain.is_empty() && !local.contains('@')
    });
    if !valid || !bare.chars().all(legal) || bare.len() > 320 {
        return Err(ComposeError::BadAddress);
    }
    let name = address
        .name
        .as_deref()
        .map(one_line)
        .filter(|name| !name.is_empty());
    Ok(MailAddress::new_address(name, bare.to_owned()))
}

fn one_line(text: &str) -> String {
    let shown: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Can stand between `<` and `>`: ASCII without white space, at most 500 characters.
fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 500
        && id
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'<' && byte != b'>')
}

/// Without addresses and words.
impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("recipients", &(self.to.len() + self.cc.len()))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
