//! MoveItem.

use roxmltree::Node;

use super::{
    Context,
    context::Place,
    item::Item,
    item_shape::Shape,
    operation::{Answer, Answers, each},
    read::{MESSAGES, boolean, list, needed, sequence},
    write::around,
};
use crate::microsoft::mailbox::MailKey;

pub(super) fn run(context: &mut Context<'_>, node: Node<'_, '_>) -> Answers {
    let names = ["ToFolderId", "ItemIds", "ReturnNewItemIds"];
    let [to, ids, wanted] = sequence(node, MESSAGES, names)?;
    let to = needed(to, node, "ToFolderId")?;
    let ids = list(needed(ids, node, "ItemIds")?, &["ItemId"])?;
    let wanted = wanted.map(boolean).transpose()?.unwrap_or(true);
    each(ids, |id| {
        let place = context.target(to)?;
        let (address, key) = context.item(id)?;
        relocate(context, &address, key, &place, wanted)
    })
}

/// Within a mailbox the new id is told; into another one it is not.
fn relocate(
    context: &mut Context<'_>,
    address: &str,
    key: MailKey,
    place: &Place,
    wanted: bool,
) -> Answer {
    let now = context.now;
    if !place.mailbox.eq_ignore_ascii_case(address) {
        let (_, mail) = context.mail(address, key)?;
        let (raw, is_read) = (mail.raw.clone(), mail.is_read);
        context
            .mailbox_mut(&place.mailbox)?
            .put(place.folder, raw, now, is_read);
        context.mailbox_mut(address)?.remove(key);
        return Ok("<m:Items/>".to_owned());
    }
    context
        .mailbox_mut(address)?
        .relocate(key, place.folder, now);
    let (mailbox, mail) = context.mail(address, key)?;
    Ok(match wanted {
        true => around(
            "m:Items",
            &Item { mailbox, mail }.write(&Shape::id_only(), false),
        ),
        false => "<m:Items/>".to_owned(),
    })
}
