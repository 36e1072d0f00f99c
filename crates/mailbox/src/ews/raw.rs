use std::ops::Range;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::{Bytes, BytesMut};
use roxmltree::Node;

use super::answer::child;
use super::call::{Call, On, Target};
use super::client::EwsClient;
use super::element::element;
use super::message::{get_item, the_item};
use super::names::only_ids;
use crate::{AccessToken, MailboxAddress, MailboxError};

/// What stands around the base64 of an answer.
const ENVELOPE: u64 = 64 << 10;
/// Base64 characters that are decoded at once; a multiple of four.
const BLOCK: usize = 4096;

impl EwsClient {
    /// The message as it is, RFC 5322 with MIME (Exchange web services: "GetItem", `IncludeMimeContent`). In memory is
    /// the answer once, a third larger than the message, and nothing beside it.
    ///
    /// # Errors
    /// [`MailboxError`]; `TooLarge` beyond `max_bytes`, read no further than that; `ItemMissing` when it is gone.
    pub async fn raw(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
        max_bytes: u64,
    ) -> Result<Bytes, MailboxError> {
        let shape = only_ids("m:ItemShape").child(element("t:IncludeMimeContent").text("true"));
        let body = get_item(shape, id);
        let call = Call::read("get_raw", On { token, mailbox }, Target::Item, body)?
            .at_most(encoded(max_bytes));
        self.patiently(|| self.raw_once(&call, max_bytes))
            .await
            .map_err(|error| with_limit(error, max_bytes))
    }

    async fn raw_once(&self, call: &Call<'_>, max_bytes: u64) -> Result<Bytes, MailboxError> {
        let answer = self.exchange(call).await?;
        let range = answer.read(call.target, self.clock.now(), mime_range)?;
        let garbled = answer.garbled();
        let support = answer.support;
        let mime = decode_in_place(answer.body.into(), range).ok_or(garbled)?;
        match mime.len() as u64 <= max_bytes {
            true => Ok(mime),
            false => Err(MailboxError::TooLarge {
                limit: max_bytes,
                support,
            }),
        }
    }
}

/// Room for a message of so many bytes in base64, in lines of 76 characters or in one.
fn encoded(bytes: u64) -> u64 {
    (bytes / 57 + 1) * 78 + ENVELOPE
}

/// The limit that the caller knows is the one of the message.
fn with_limit(error: MailboxError, max_bytes: u64) -> MailboxError {
    match error {
        MailboxError::TooLarge { limit, support } if limit != 0 => MailboxError::TooLarge {
            limit: max_bytes,
            support,
        },
        other => other,
    }
}

/// Where in the answer the base64 stands.
fn mime_range(message: Node<'_, '_>) -> Option<Range<usize>> {
    let mime = child(the_item(message)?, "MimeContent")?;
    Some(mime.first_child()?.range())
}

/// Decodes `range` to the front of the same memory: what is written never overtakes what is read.
fn decode_in_place(mut body: BytesMut, range: Range<usize>) -> Option<Bytes> {
    let (mut read, end, mut written) = (range.start, range.end, 0);
    let (mut block, mut plain) = ([0; BLOCK], [0; BLOCK]);
    while read < end {
        let mut filled = 0;
        while read < end && filled < BLOCK {
            let byte = body[read];
            read += 1;
            match byte {
                // A line break that was written as a reference.
                b'&' => read += body[read..end].iter().position(|byte| *byte == b';')? + 1,
                byte if byte.is_ascii_whitespace() => {}
                byte => {
                    block[filled] = byte;
                    filled += 1;
                }
            }
        }
        let decoded = STANDARD.decode_slice(&block[..filled], &mut plain).ok()?;
        body[written..written + decoded].copy_from_slice(&plain[..decoded]);
        written += decoded;
    }
    body.truncate(written);
    Some(body.freeze())
}

#[cfg(test)]
mod tests;
