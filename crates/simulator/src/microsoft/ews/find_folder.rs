//! FindFolder.

use roxmltree::Node;

use super::{
    Context, Problem, folder,
    folder_shape::FolderShape,
    operation::{Answers, each},
    paging::Page,
    read::{MESSAGES, TYPES, attribute, elements, list, needed, one_of, sequence},
    write::around,
};
use crate::microsoft::mailbox::{FolderKey, Mailbox};

/// Most folders in one answer.
const MOST: usize = 1000;

pub(super) fn run(context: &mut Context<'_>, node: Node<'_, '_>) -> Answers {
    let deep = one_of(node, "Traversal", &["Shallow", "Deep", "SoftDeleted"])? == "Deep";
    let names = [
        "FolderShape",
        "IndexedPageFolderView",
        "Restriction",
        "ParentFolderIds",
    ];
    let [shape, view, restriction, parents] = sequence(node, MESSAGES, names)?;
    let shape = FolderShape::read(needed(shape, node, "FolderShape")?)?;
    let page = view.map_or(Ok(Page::all(MOST)), |view| Page::read(view, MOST))?;
    let name = restriction.map(display_name).transpose()?;
    let parents = needed(parents, node, "ParentFolderIds")?;
    each(
        list(parents, &["FolderId", "DistinguishedFolderId"])?,
        |id| {
            let place = context.place(id)?;
            let mailbox = context.open(&place.mailbox)?;
            let mut found = below(mailbox, place.folder, deep);
            found.retain(|key| {
                let is_named = |name: &String| mailbox.folder(*key).name.eq_ignore_ascii_case(name);
                name.as_ref().is_none_or(is_named)
            });
            let cut = page.cut(found);
            let shown: String = cut
                .items
                .into_iter()
                .map(|key| folder::write(mailbox, key, &shape))
                .collect();
            let folders = around("t:Folders", &shown);
            Ok(format!(
                "<m:RootFolder {}>{folders}</m:RootFolder>",
                cut.attributes
            ))
        },
    )
}

fn below(mailbox: &Mailbox, parent: FolderKey, deep: bool) -> Vec<FolderKey> {
    let mut found = Vec::new();
    for (key, _) in mailbox.children(parent) {
        found.push(key);
        if deep {
            found.extend(below(mailbox, key, deep));
        }
    }
    found
}

/// The name in the one restriction that folders are looked up by: `folder:DisplayName` equal to a constant.
fn display_name(node: Node<'_, '_>) -> Result<String, Problem> {
    let unsupported = || Problem::new("ErrorUnsupportedPathForQuery");
    let [equal] = sequence(node, TYPES, ["IsEqualTo"]).map_err(|_| unsupported())?;
    let equal = equal.ok_or_else(unsupported)?;
    let mut parts = elements(equal);
    let field = parts.next().and_then(|path| path.attribute("FieldURI"));
    if field != Some("folder:DisplayName") {
        return Err(unsupported());
    }
    let constant = parts.next().and_then(|operand| elements(operand).next());
    Ok(attribute(constant.ok_or_else(unsupported)?, "Value")?.to_owned())
}
