//! GetItem.

use roxmltree::Node;

use super::{
    Context,
    item::Item,
    item_shape::Shape,
    operation::{Answers, each},
    read::{MESSAGES, list, needed, sequence},
    write::around,
};

pub(super) fn run(context: &mut Context<'_>, node: Node<'_, '_>) -> Answers {
    let [shape, ids] = sequence(node, MESSAGES, ["ItemShape", "ItemIds"])?;
    let shape = Shape::read(needed(shape, node, "ItemShape")?)?;
    let ids = needed(ids, node, "ItemIds")?;
    each(list(ids, &["ItemId"])?, |id| {
        let (address, key) = context.item(id)?;
        let (mailbox, mail) = context.mail(&address, key)?;
        Ok(around(
            "m:Items",
            &Item { mailbox, mail }.write(&shape, false),
        ))
    })
}
