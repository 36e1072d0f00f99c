//! GetFolder.

use roxmltree::Node;

use super::{
    Context, folder,
    folder_shape::FolderShape,
    operation::{Answers, each},
    read::{MESSAGES, list, needed, sequence},
    write::around,
};

pub(super) fn run(context: &mut Context<'_>, node: Node<'_, '_>) -> Answers {
    let [shape, ids] = sequence(node, MESSAGES, ["FolderShape", "FolderIds"])?;
    let shape = FolderShape::read(needed(shape, node, "FolderShape")?)?;
    let ids = needed(ids, node, "FolderIds")?;
    each(list(ids, &["FolderId", "DistinguishedFolderId"])?, |id| {
        let place = context.place(id)?;
        let shown = folder::write(context.open(&place.mailbox)?, place.folder, &shape);
        Ok(around("m:Folders", &shown))
    })
}
