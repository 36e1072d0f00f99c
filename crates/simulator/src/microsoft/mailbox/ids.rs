//! Ids of mails and attachments: opaque, of one mailbox, case-sensitive.

use base64::{Engine as _, engine::general_purpose::URL_SAFE};
use sha2::{Digest as _, Sha256};

/// What marks the ids of one mailbox.
#[derive(Clone, Debug)]
pub(super) struct Tag([u8; 24]);

/// The forms of id ("Obtain immutable identifiers for Outlook resources").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdForm {
    /// Changes when the item is moved.
    Mutable,
    /// Stays for as long as the item is in this mailbox.
    Immutable,
    Attachment,
}

/// Why an id leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdProblem {
    /// No id at all.
    Malformed,
    /// An id, of nothing that is here.
    NotFound,
}

impl IdForm {
    const ALL: [Self; 3] = [Self::Mutable, Self::Immutable, Self::Attachment];

    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Mutable => "AAMkAG",
            Self::Immutable => "AAkALg",
            Self::Attachment => "AAMkAt",
        }
    }
}

impl Tag {
    pub(super) fn of(address: &str) -> Self {
        let digest = Sha256::digest(address.to_lowercase());
        let mut tag = [0; 24];
        tag.copy_from_slice(&digest[..24]);
        Self(tag)
    }

    pub(super) fn encode(&self, form: IdForm, number: u64, index: u32) -> String {
        let mut bytes = self.0.to_vec();
        bytes.extend(number.to_be_bytes());
        bytes.extend(index.to_be_bytes());
        bytes.push(0);
        format!("{}{}", form.prefix(), URL_SAFE.encode(bytes))
    }

    pub(super) fn decode(&self, id: &str) -> Result<(IdForm, u64, u32), IdProblem> {
        let form = IdForm::ALL
            .into_iter()
            .find(|form| id.starts_with(form.prefix()))
            .ok_or(IdProblem::Malformed)?;
        let bytes = URL_SAFE
            .decode(&id[form.prefix().len()..])
            .map_err(|_| IdProblem::Malformed)?;
        let bytes: [u8; 37] = bytes.try_into().map_err(|_| IdProblem::Malformed)?;
        if bytes[..24] != self.0 {
            return Err(IdProblem::NotFound);
        }
        let number = bytes[24..32]
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte));
        let index = bytes[32..36]
            .iter()
            .fold(0, |index, byte| index << 8 | u32::from(*byte));
        Ok((form, number, index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_of_its_mailbox_only() {
        let ann = Tag::of("ann@contoso.example");
        let id = ann.encode(IdForm::Mutable, 7_000_000_000, 0);
        assert_eq!(ann.decode(&id), Ok((IdForm::Mutable, 7_000_000_000, 0)));
        assert_eq!(
            Tag::of("bob@contoso.example").decode(&id),
            Err(IdProblem::NotFound)
        );
        assert_eq!(ann.decode("x"), Err(IdProblem::Malformed));
        assert_eq!(ann.decode(&id[..20]), Err(IdProblem::Malformed));
    }
}
