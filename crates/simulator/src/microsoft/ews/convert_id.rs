//! ConvertId.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE},
};
use roxmltree::Node;

use super::{
    Context, Problem,
    operation::{Answer, Answers, each},
    read::{MESSAGES, attribute, list, needed, one_of, sequence},
    write::plain,
};
use crate::microsoft::mailbox::Spelling;

const FORMATS: [&str; 6] = [
    "EwsLegacyId",
    "EwsId",
    "EntryId",
    "HexEntryId",
    "StoreId",
    "OwaId",
];

pub(super) fn run(context: &mut Context<'_>, node: Node<'_, '_>) -> Answers {
    let to = one_of(node, "DestinationFormat", &FORMATS)?;
    let [ids] = sequence(node, MESSAGES, ["SourceIds"])?;
    let ids = list(needed(ids, node, "SourceIds")?, &["AlternateId"])?;
    each(ids, |id| one(context, id, to))
}

fn one(context: &Context<'_>, id: Node<'_, '_>, to: &str) -> Answer {
    let from = one_of(id, "Format", &FORMATS)?;
    let address = attribute(id, "Mailbox")?;
    let given = attribute(id, "Id")?;
    let mailbox = context.open(address)?;
    let malformed = || Problem::new("ErrorInvalidIdMalformed");
    let (spelling, given) = read(from, given).ok_or_else(malformed)?;
    let (target, _) = read(to, "").ok_or_else(malformed)?;
    let found = mailbox.translate(&given, spelling, target);
    let found = found.ok_or_else(|| Problem::new("ErrorItemNotFound"))?;
    let shown = write(to, &found).ok_or_else(malformed)?;
    Ok(format!(
        "<m:AlternateId xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"t:AlternateIdType\" Format=\"{to}\" Id=\"{}\" Mailbox=\"{}\"/>",
        plain(&shown),
        plain(address)
    ))
}

/// The spelling behind a format, and the id in it. The formats of old servers are not known.
fn read(format: &str, id: &str) -> Option<(Spelling, String)> {
    Some(match format {
        "EwsId" => (Spelling::Ews, id.to_owned()),
        "EntryId" => (Spelling::Entry, URL_SAFE.encode(STANDARD.decode(id).ok()?)),
        "HexEntryId" => (Spelling::Entry, URL_SAFE.encode(hex::decode(id).ok()?)),
        "OwaId" => (Spelling::Rest, id.to_owned()),
        _ => return None,
    })
}

fn write(format: &str, id: &str) -> Option<String> {
    Some(match format {
        "EntryId" => STANDARD.encode(URL_SAFE.decode(id).ok()?),
        "HexEntryId" => hex::encode_upper(URL_SAFE.decode(id).ok()?),
        _ => id.to_owned(),
    })
}
