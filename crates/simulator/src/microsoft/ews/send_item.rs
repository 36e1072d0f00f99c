//! SendItem: a draft goes out and leaves its folder.

use roxmltree::Node;

use super::{
    Context, Problem,
    create_item::{or_own, send},
    item::change_key,
    operation::{Answers, each},
    read::{MESSAGES, attribute, flag, list, needed, sequence},
};

pub(super) fn run(context: &mut Context<'_>, node: Node<'_, '_>) -> Answers {
    let keep = flag("SaveItemToFolder", attribute(node, "SaveItemToFolder")?)?;
    let [ids, saved] = sequence(node, MESSAGES, ["ItemIds", "SavedItemFolderId"])?;
    let ids = list(needed(ids, node, "ItemIds")?, &["ItemId"])?;
    each(ids, |id| {
        let (address, key) = context.item(id)?;
        let (_, mail) = context.mail(&address, key)?;
        let given = id.attribute("ChangeKey");
        let given = given.ok_or_else(|| Problem::new("ErrorChangeKeyRequired"))?;
        if given != change_key(mail) {
            return Err(Problem::new("ErrorStaleObject"));
        }
        let raw = mail.raw.to_vec();
        let saved = saved.map(|saved| context.target(saved)).transpose()?;
        let copy = match keep {
            true => Some(or_own(context, saved, "sentitems")?),
            false => None,
        };
        send(context, raw, copy)?;
        context.mailbox_mut(&address)?.remove(key);
        Ok(String::new())
    })
}
