use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

/// Bytes of the HMAC in a message id: 128 bits, which nobody guesses.
const TAG_BYTES: usize = 16;

/// Makes and knows the Message-IDs of our own notifications.
///
/// A notification's id is `{uuid}.{tag}@{domain}`: the tag is HMAC-SHA256 over tenant and notification, so that
/// nobody can make an answer to a notification of another tenant, or to one that does not exist.
pub struct ThreadTokens {
    key: [u8; 32],
}

impl ThreadTokens {
    /// With the secret that signs the ids. Another key knows none of the ids made before.
    pub fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// The Message-ID of a notification, without `<>`. `domain` is the part after the `@` of the sender's address,
    /// which receivers like best.
    pub fn message_id(&self, tenant: Uuid, notification: Uuid, domain: &str) -> String {
        let domain: String = domain
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
            .collect();
        let domain = if domain.is_empty() {
            "postroom.invalid"
        } else {
            &domain
        };
        format!(
            "{}.{}@{domain}",
            notification.simple(),
            hex::encode(self.tag(tenant, notification))
        )
    }

    /// The notification that a Message-ID names, if it is ours and this tenant's. `<>` around it is allowed, and
    /// so is another case: some mail systems change it. Compares in constant time.
    pub fn verify(&self, tenant: Uuid, message_id: &str) -> Option<Uuid> {
        let id = message_id
            .trim()
            .trim_start_matches('<')
            .trim_end_matches('>');
        let (local, _domain) = id.split_once('@')?;
        let (notification, tag) = local.split_once('.')?;
        if notification.len() != 32 {
            return None;
        }
        let notification = Uuid::try_parse(notification).ok()?;
        let tag = hex::decode(tag).ok()?;
        bool::from(tag.ct_eq(&self.tag(tenant, notification))).then_some(notification)
    }

    fn tag(&self, tenant: Uuid, notification: Uuid) -> [u8; TAG_BYTES] {
        // RFC 2104: a key shorter than the 64 bytes of a block is filled with zeros.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.key);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(b"postroom notification v1");
        mac.update(tenant.as_bytes());
        mac.update(notification.as_bytes());
        let mut tag = [0; TAG_BYTES];
        tag.copy_from_slice(&mac.finalize().into_bytes()[..TAG_BYTES]);
        tag
    }
}

/// Without the key.
impl fmt::Debug for ThreadTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ThreadTokens")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_ids_are_known_and_others_are_not() {
        let tokens = ThreadTokens::new([7; 32]);
        let (tenant, notification) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let id = tokens.message_id(tenant, notification, "contoso.example");
        assert!(id.ends_with("@contoso.example"));
        assert_eq!(
            tokens.verify(tenant, &format!("<{}>", id.to_uppercase())),
            Some(notification)
        );
        assert_eq!(tokens.verify(Uuid::from_u128(3), &id), None);
        assert_eq!(ThreadTokens::new([8; 32]).verify(tenant, &id), None);
        let (local, _) = id.split_once('@').unwrap();
        assert_eq!(
            tokens.verify(tenant, &format!("{}@x", &local[..local.len() - 2])),
            None
        );
        for strange in ["", "@", ".@", "a.b@c", "<>", "ü.ü@ü"] {
            assert_eq!(tokens.verify(tenant, strange), None);
        }
    }

    #[test]
    fn domain_cannot_break_the_id() {
        let id = ThreadTokens::new([7; 32]).message_id(Uuid::nil(), Uuid::nil(), "a>\r\nBcc: x");
        assert!(id.ends_with("@aBccx"));
    }
}
