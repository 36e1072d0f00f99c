//! DeleteItem.

use roxmltree::Node;

use super::{
    Context,
    operation::{Answers, each},
    read::{MESSAGES, list, needed, one_of, sequence},
};

pub(super) fn run(context: &mut Context<'_>, node: Node<'_, '_>) -> Answers {
    let kinds = ["HardDelete", "SoftDelete", "MoveToDeletedItems"];
    let moves = one_of(node, "DeleteType", &kinds)? == "MoveToDeletedItems";
    let [ids] = sequence(node, MESSAGES, ["ItemIds"])?;
    let ids = list(needed(ids, node, "ItemIds")?, &["ItemId"])?;
    each(ids, |id| {
        let (address, key) = context.item(id)?;
        let now = context.now;
        let mailbox = context.mailbox_mut(&address)?;
        match mailbox.folder_key("deleteditems").filter(|_| moves) {
            Some(deleted) => mailbox.relocate(key, deleted, now),
            None => mailbox.remove(key),
        }
        Ok(String::new())
    })
}
