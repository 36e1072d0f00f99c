//! The spellings of one id ("exchangeIdFormat" of Graph, "IdFormatType" of EWS).

use base64::{Engine as _, engine::general_purpose::URL_SAFE};
use serde::Deserialize;

use super::{IdForm, Mailbox};

/// How an id is written; by the names of `exchangeIdFormat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Spelling {
    /// MAPI's binary id, in URL-safe base64.
    #[serde(rename = "entryId")]
    Entry,
    #[serde(rename = "immutableEntryId")]
    ImmutableEntry,
    /// Of EWS: base64 that is not URL-safe.
    #[serde(rename = "ewsId")]
    Ews,
    /// Of Graph.
    #[serde(rename = "restId")]
    Rest,
    #[serde(rename = "restImmutableEntryId")]
    RestImmutable,
}

/// What a MAPI entry id begins with.
const ENTRY: [u8; 4] = [0, 0, 0, 0];
const IMMUTABLE_ENTRY: [u8; 4] = [0xef, 0, 0, 0];

impl Mailbox {
    /// The id of the same mail or folder in another spelling; nothing when there is no such thing here.
    pub(crate) fn translate(&self, id: &str, from: Spelling, to: Spelling) -> Option<String> {
        let rest = from.to_rest(id)?;
        if self.folder_with_id(&rest).is_some() {
            // Ids of folders never change, so both kinds are one.
            return match to {
                Spelling::Rest | Spelling::RestImmutable => Some(rest),
                Spelling::Ews => Some(ews(&rest)),
                Spelling::Entry | Spelling::ImmutableEntry => None,
            };
        }
        let mail = self.find(&rest).ok()?;
        Some(match to {
            Spelling::Rest => self.id(mail, false),
            Spelling::RestImmutable => self.id(mail, true),
            Spelling::Ews => ews(&self.id(mail, false)),
            Spelling::Entry => entry(&self.id(mail, false), ENTRY)?,
            Spelling::ImmutableEntry => entry(&self.id(mail, true), IMMUTABLE_ENTRY)?,
        })
    }
}

impl Spelling {
    /// The id as Graph has it; nothing when it is not spelled like this.
    pub(crate) fn to_rest(self, id: &str) -> Option<String> {
        let immutable = |id: &str| id.starts_with(IdForm::Immutable.prefix());
        match self {
            Self::Rest => (!immutable(id)).then(|| id.to_owned()),
            Self::RestImmutable => (immutable(id) || is_folder(id)).then(|| id.to_owned()),
            Self::Ews => {
                let plain = !id.contains(['-', '_']) && !immutable(id);
                plain.then(|| id.replace('/', "-").replace('+', "_"))
            }
            Self::Entry => from_entry(id, ENTRY, IdForm::Mutable),
            Self::ImmutableEntry => from_entry(id, IMMUTABLE_ENTRY, IdForm::Immutable),
        }
    }
}

fn is_folder(id: &str) -> bool {
    id.starts_with("AQMkAF")
}

fn ews(rest: &str) -> String {
    rest.replace('-', "/").replace('_', "+")
}

fn entry(rest: &str, mark: [u8; 4]) -> Option<String> {
    let inner = rest.get(IdForm::Mutable.prefix().len()..)?;
    let bytes = [mark.to_vec(), URL_SAFE.decode(inner).ok()?].concat();
    Some(URL_SAFE.encode(bytes))
}

fn from_entry(id: &str, mark: [u8; 4], form: IdForm) -> Option<String> {
    let bytes = URL_SAFE.decode(id).ok()?;
    let inner = bytes.strip_prefix(&mark)?;
    Some(format!("{}{}", form.prefix(), URL_SAFE.encode(inner)))
}
