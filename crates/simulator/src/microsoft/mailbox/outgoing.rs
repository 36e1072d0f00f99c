//! Sending: into the mailboxes of this world, and out of it.

use std::collections::HashMap;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use mail_builder::headers::date::Date;
use mail_parser::MessageParser;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{FolderKey, headers, people};
use crate::microsoft::cloud::{Cloud, External};

/// What shall go otherwise than usual when mail is sent; the control API replaces all of it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Sending {
    /// Every message gets another Message-ID on its way, as some go out by other servers.
    pub(crate) rewrite_message_id: bool,
    /// So many messages leave no copy in Sent Items.
    pub(crate) lose_copies: u32,
    /// When each mailbox sent.
    #[serde(skip)]
    pub(crate) times: HashMap<String, Vec<DateTime<Utc>>>,
}

impl Sending {
    /// The most that each mailbox sent within any minute.
    pub(crate) fn most_in_a_minute(&self) -> HashMap<&str, usize> {
        let most = |times: &Vec<DateTime<Utc>>| {
            let from = |(place, first): (usize, &DateTime<Utc>)| {
                let within = |at: &&DateTime<Utc>| **at < *first + TimeDelta::minutes(1);
                times[place..].iter().take_while(within).count()
            };
            times.iter().enumerate().map(from).max().unwrap_or_default()
        };
        self.times
            .iter()
            .map(|(mailbox, times)| (mailbox.as_str(), most(times)))
            .collect()
    }
}

/// A message on its way.
#[derive(Debug)]
pub(crate) struct Outgoing {
    /// Mailbox that sends, and whose Sent Items get the copy.
    pub(crate) mailbox: String,
    pub(crate) raw: Vec<u8>,
    pub(crate) save_copy: bool,
    pub(crate) at: DateTime<Utc>,
    /// For a Message-ID, when there is none.
    pub(crate) id: Uuid,
}

/// Delivers to every recipient, To, Cc and Bcc alike. What was in the header stays; a missing Message-ID, Date or From
/// is added, Bcc is kept only in the sender's copy.
pub(crate) fn post(cloud: &mut Cloud, outgoing: Outgoing) -> usize {
    let sent = cloud
        .mailbox_mut(&outgoing.mailbox)
        .filter(|_| outgoing.save_copy)
        .and_then(|mailbox| mailbox.folder_key("sentitems"));
    let copy = sent.map(|folder| (outgoing.mailbox.clone(), folder));
    post_and_keep(cloud, outgoing, copy)
}

/// As [`post`], with the copy in any folder of any mailbox.
pub(crate) fn post_and_keep(
    cloud: &mut Cloud,
    outgoing: Outgoing,
    copy: Option<(String, FolderKey)>,
) -> usize {
    let Outgoing {
        mailbox,
        raw,
        at,
        id,
        ..
    } = outgoing;
    let recipients = recipients(&raw);
    let raw = completed(raw, &mailbox, at, id, cloud.sending.rewrite_message_id);
    let sent = cloud.sending.times.entry(mailbox.to_lowercase());
    sent.or_default().push(at);
    let copy = copy.filter(|_| match cloud.sending.lose_copies {
        0 => true,
        left => {
            cloud.sending.lose_copies = left - 1;
            false
        }
    });
    let delivered = Bytes::from(headers::without(&raw, "bcc"));
    for address in &recipients {
        match cloud.mailbox_mut(address) {
            Some(mailbox) => {
                if let Some(inbox) = mailbox.folder_key("inbox") {
                    mailbox.put(inbox, delivered.clone(), at, false);
                }
            }
            None => cloud
                .external
                .push(External::new(address.clone(), &delivered, at)),
        }
    }
    if let Some((address, folder)) = copy
        && let Some(mailbox) = cloud.mailbox_mut(&address)
    {
        mailbox.put(folder, raw.into(), at, true);
    }
    recipients.len()
}

/// Addresses of To, Cc and Bcc, each once.
pub(crate) fn recipients(raw: &[u8]) -> Vec<String> {
    let Some(message) = MessageParser::default().parse(raw) else {
        return Vec::new();
    };
    let lists = message
        .all_to()
        .chain(message.all_cc())
        .chain(message.all_bcc());
    let mut addresses: Vec<String> = Vec::new();
    for person in lists.flat_map(|list| people(Some(list))) {
        let known = addresses
            .iter()
            .any(|address| address.eq_ignore_ascii_case(&person.address));
        if person.address.contains('@') && !known {
            addresses.push(person.address);
        }
    }
    addresses
}

/// What Exchange adds before a message leaves; with `another_id` its Message-ID is replaced.
pub(crate) fn completed(
    raw: Vec<u8>,
    mailbox: &str,
    at: DateTime<Utc>,
    id: Uuid,
    another_id: bool,
) -> Vec<u8> {
    let raw = match another_id {
        true => headers::without(&raw, "message-id"),
        false => raw,
    };
    let mut added = String::new();
    if !headers::has(&raw, "from") {
        added.push_str(&format!("From: {mailbox}\r\n"));
    }
    if !headers::has(&raw, "message-id") {
        let domain = mailbox
            .rsplit_once('@')
            .map_or(mailbox, |(_, domain)| domain);
        added.push_str(&format!("Message-ID: <{id}@{domain}>\r\n"));
    }
    if !headers::has(&raw, "date") {
        added.push_str(&format!(
            "Date: {}\r\n",
            Date::new(at.timestamp()).to_rfc822()
        ));
    }
    [added.into_bytes(), raw].concat()
}
