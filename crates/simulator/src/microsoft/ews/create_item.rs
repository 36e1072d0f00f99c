//! CreateItem: messages, saved, sent, or both.

use roxmltree::Node;

use super::{
    Context, Problem,
    compose::{self, Composed},
    context::Place,
    item::Item,
    item_shape::Shape,
    operation::{Answer, Answers, each},
    read::{MESSAGES, invalid_value, list, needed, sequence},
    write::around,
};
use crate::microsoft::mailbox::{Outgoing, people, post_and_keep, recipients};

pub(super) fn run(context: &mut Context<'_>, node: Node<'_, '_>) -> Answers {
    let [saved, items] = sequence(node, MESSAGES, ["SavedItemFolderId", "Items"])?;
    let items = list(needed(items, node, "Items")?, &["Message"])?;
    let disposition = node.attribute("MessageDisposition");
    each(items, |item| {
        let saved = saved.map(|saved| context.target(saved)).transpose()?;
        let composed = compose::read(context, item)?;
        match disposition {
            None => Err(Problem::new("ErrorMessageDispositionRequired")),
            Some("SaveOnly") => save(context, saved, composed),
            Some("SendOnly") => send(context, composed.raw, None),
            Some("SendAndSaveCopy") => {
                let place = or_own(context, saved, "sentitems")?;
                send(context, composed.raw, Some(place))
            }
            Some(other) => Err(invalid_value("MessageDisposition", other)),
        }
    })
}

/// Where it was asked to be saved, or a folder of the caller's own.
pub(super) fn or_own(
    context: &Context<'_>,
    saved: Option<Place>,
    name: &str,
) -> Result<Place, Problem> {
    if let Some(place) = saved {
        return Ok(place);
    }
    let missing = || Problem::new("ErrorFolderNotFound");
    let mailbox = context.open(&context.user)?;
    Ok(Place {
        mailbox: mailbox.address.clone(),
        folder: mailbox.folder_key(name).ok_or_else(missing)?,
    })
}

fn save(context: &mut Context<'_>, saved: Option<Place>, composed: Composed) -> Answer {
    let place = or_own(context, saved, "drafts")?;
    let now = context.now;
    let mailbox = context.mailbox_mut(&place.mailbox)?;
    let is_read = composed.is_read.unwrap_or(true);
    let key = mailbox.put(place.folder, composed.raw.into(), now, is_read);
    if !composed.categories.is_empty() {
        mailbox.edit(key, now, |mail| mail.categories = composed.categories);
    }
    let (mailbox, mail) = context.mail(&place.mailbox, key)?;
    let shown = Item { mailbox, mail }.write(&Shape::id_only(), false);
    Ok(around("m:Items", &shown))
}

/// Sends for everybody in From; what is sent has no item to tell of.
pub(super) fn send(context: &mut Context<'_>, raw: Vec<u8>, copy: Option<Place>) -> Answer {
    check_sender(context, &raw)?;
    if recipients(&raw).is_empty() {
        return Err(Problem::new("ErrorInvalidRecipients"));
    }
    let outgoing = Outgoing {
        mailbox: context.user.clone(),
        raw,
        save_copy: copy.is_some(),
        at: context.now,
        id: context.world.clock.new_id(),
    };
    let copy = copy.map(|place| (place.mailbox, place.folder));
    post_and_keep(context.cloud, outgoing, copy);
    Ok("<m:Items/>".to_owned())
}

/// From must be the caller, or a mailbox that the caller may send as.
fn check_sender(context: &Context<'_>, raw: &[u8]) -> Result<(), Problem> {
    let message = mail_parser::MessageParser::default().parse(raw);
    let message = message.ok_or_else(|| Problem::new("ErrorMimeContentInvalid"))?;
    let from = people(message.from());
    let allowed = |address: &str| context.cloud.may_use(&context.user, address, true);
    match from.iter().all(|person| allowed(&person.address)) {
        true => Ok(()),
        false => Err(Problem::new("ErrorSendAsDenied")),
    }
}
