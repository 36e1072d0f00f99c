//! SyncFolderItems.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use roxmltree::Node;
use serde::{Deserialize, Serialize};

use super::{
    Context, Problem,
    context::Place,
    item::{self, Item, flag},
    item_shape::Shape,
    operation::Answers,
    read::{MESSAGES, attribute, invalid_value, list, needed, number, sequence, text},
    write::{around, element, ews_id, rest_id},
};
use crate::microsoft::{
    mailbox::{Mail, MailKey, Mailbox, Synced},
    sealed,
};

/// Most changes in one answer.
const MOST: usize = 512;

/// What a SyncState holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct State {
    mailbox: String,
    folder: String,
    generation: u32,
    /// Changes after this one.
    since: u64,
    /// Last change of the round under way; nothing between rounds.
    until: Option<u64>,
    /// Changes of the round that were told.
    offset: usize,
}

pub(super) fn run(context: &mut Context<'_>, node: Node<'_, '_>) -> Answers {
    let names = [
        "ItemShape",
        "SyncFolderId",
        "SyncState",
        "Ignore",
        "MaxChangesReturned",
        "SyncScope",
    ];
    let [shape, folder, state, ignore, most, _] = sequence(node, MESSAGES, names)?;
    let shape = Shape::read_for_list(needed(shape, node, "ItemShape")?)?;
    let folder = needed(folder, node, "SyncFolderId")?;
    let most = text(needed(most, node, "MaxChangesReturned")?);
    let wanted = number("MaxChangesReturned", most)?;
    if !(1..=MOST).contains(&wanted) {
        return Err(invalid_value("MaxChangesReturned", most));
    }
    let ignored = match ignore {
        Some(node) => list(node, &["ItemId"])?
            .into_iter()
            .map(|id| attribute(id, "Id").map(rest_id))
            .collect::<Result<Vec<_>, _>>()?,
        None => Vec::new(),
    };
    let place = match context.target(folder) {
        Err(problem) if problem.code == "ErrorFolderNotFound" => {
            return Ok(vec![Err(Problem::new("ErrorSyncFolderNotFound"))]);
        }
        Err(problem) if problem.code == "ErrorSchemaValidation" => return Err(problem),
        Err(problem) => return Ok(vec![Err(problem)]),
        Ok(place) => place,
    };
    let state = state.map(text).filter(|state| !state.is_empty());
    Ok(vec![round(
        context, &place, state, wanted, &ignored, &shape,
    )])
}

fn round(
    context: &Context<'_>,
    place: &Place,
    state: Option<&str>,
    wanted: usize,
    ignored: &[String],
    shape: &Shape,
) -> Result<String, Problem> {
    let secret = context.cloud.link_secret;
    let mailbox = context.open(&place.mailbox)?;
    let state = begin(mailbox, place, state, &secret)?;
    let until = state.until.unwrap_or_else(|| mailbox.now_at());
    let all = mailbox.synced(place.folder, state.since, until);
    let told = state.offset.saturating_add(wanted);
    let is_last = told >= all.len();
    let changes: String = all
        .iter()
        .skip(state.offset)
        .take(wanted)
        .filter_map(|change| write(mailbox, place, *change, ignored, shape))
        .collect();
    let next = match is_last {
        true => State {
            since: until,
            until: None,
            offset: 0,
            ..state
        },
        false => State {
            until: Some(until),
            offset: told,
            ..state
        },
    };
    let next = STANDARD.encode(sealed::seal(&secret, &next));
    Ok(element("m:SyncState", next)
        + &element("m:IncludesLastItemInRange", flag(is_last))
        + &around("m:Changes", &changes))
}

/// The state that was sent, or the one of a beginning.
fn begin(
    mailbox: &Mailbox,
    place: &Place,
    given: Option<&str>,
    secret: &[u8],
) -> Result<State, Problem> {
    let folder = &mailbox.folder(place.folder).id;
    let Some(given) = given else {
        return Ok(State {
            mailbox: mailbox.address.clone(),
            folder: folder.clone(),
            generation: mailbox.generation,
            since: 0,
            until: None,
            offset: 0,
        });
    };
    let invalid = || Problem::new("ErrorInvalidSyncStateData");
    let bytes = STANDARD.decode(given).map_err(|_| invalid())?;
    let state: State = sealed::open(secret, &bytes).ok_or_else(invalid)?;
    let fits = state.mailbox == mailbox.address
        && state.folder == *folder
        && state.generation == mailbox.generation;
    fits.then_some(state).ok_or_else(invalid)
}

/// One change, unless its item is ignored or left the folder since.
fn write(
    mailbox: &Mailbox,
    place: &Place,
    change: Synced,
    ignored: &[String],
    shape: &Shape,
) -> Option<String> {
    let here = |key: MailKey| -> Option<&Mail> {
        let mail = mailbox.mail(key)?;
        let is_ignored = ignored.contains(&mailbox.id(mail, false));
        (mail.folder() == place.folder && !is_ignored).then_some(mail)
    };
    let message = |mail| Item { mailbox, mail }.write(shape, true);
    Some(match change {
        Synced::Created(key) => around("t:Create", &message(here(key)?)),
        Synced::Updated(key) => around("t:Update", &message(here(key)?)),
        Synced::ReadFlag(key) => {
            let mail = here(key)?;
            let id = item::id(mailbox, mail);
            around(
                "t:ReadFlagChange",
                &(id + &element("t:IsRead", flag(mail.is_read))),
            )
        }
        Synced::Deleted(form) => {
            let id = ews_id(&mailbox.mutable_id(form));
            format!("<t:Delete><t:ItemId Id=\"{id}\"/></t:Delete>")
        }
    })
}
