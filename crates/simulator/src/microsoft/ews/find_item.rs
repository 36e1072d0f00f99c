//! FindItem.

use roxmltree::Node;

use super::{
    Context, Problem,
    item::Item,
    item_shape::Shape,
    operation::{Answers, each},
    paging::Page,
    read::{MESSAGES, TYPES, elements, list, needed, one_of, sequence},
    restriction::Restriction,
    write::around,
};
use crate::microsoft::mailbox::Mail;

/// Most items on a page, with and without a restriction ("EWS throttling in Exchange").
const MOST: usize = 1000;
const MOST_RESTRICTED: usize = 250;

pub(super) fn run(context: &mut Context<'_>, node: Node<'_, '_>) -> Answers {
    one_of(node, "Traversal", &["Shallow", "SoftDeleted", "Associated"])?;
    let names = [
        "ItemShape",
        "IndexedPageItemView",
        "Restriction",
        "SortOrder",
        "ParentFolderIds",
    ];
    let [shape, view, restriction, order, parents] = sequence(node, MESSAGES, names)?;
    let shape = Shape::read_for_list(needed(shape, node, "ItemShape")?)?;
    let most = if restriction.is_some() {
        MOST_RESTRICTED
    } else {
        MOST
    };
    let most = context.cloud.ews.page_limit.unwrap_or(most).min(most);
    let page = view.map_or(Ok(Page::all(most)), |view| Page::read(view, most))?;
    let restriction = restriction.map(Restriction::read).transpose()?;
    let order = order.map_or(Ok(Order::default()), Order::read)?;
    let parents = needed(parents, node, "ParentFolderIds")?;
    each(
        list(parents, &["FolderId", "DistinguishedFolderId"])?,
        |id| {
            let place = context.place(id)?;
            let mailbox = context.open(&place.mailbox)?;
            let mut mails = mailbox.mails(Some(place.folder));
            mails.retain(|mail| restriction.as_ref().is_none_or(|it| it.passes(mail)));
            order.sort(&mut mails);
            let cut = page.cut(mails);
            let shown: String = cut
                .items
                .into_iter()
                .map(|mail| Item { mailbox, mail }.write(&shape, true))
                .collect();
            let items = around("t:Items", &shown);
            Ok(format!(
                "<m:RootFolder {}>{items}</m:RootFolder>",
                cut.attributes
            ))
        },
    )
}

/// Newest first, unless something else is asked for.
#[derive(Clone, Copy, Debug, Default)]
struct Order {
    by_subject: bool,
    ascending: bool,
}

impl Order {
    fn read(node: Node<'_, '_>) -> Result<Self, Problem> {
        let mut order = Self::default();
        let field = elements(node).next();
        let field = needed(field, node, "FieldOrder")?;
        if !field.has_tag_name((TYPES, "FieldOrder")) {
            return Err(super::read::invalid_child(node, field));
        }
        order.ascending = one_of(field, "Order", &["Ascending", "Descending"])? == "Ascending";
        let path = elements(field).next();
        match path.and_then(|path| path.attribute("FieldURI")) {
            Some("item:DateTimeReceived" | "item:DateTimeSent" | "item:DateTimeCreated") => {}
            Some("item:Subject") => order.by_subject = true,
            _ => return Err(Problem::new("ErrorUnsupportedPathForQuery")),
        }
        Ok(order)
    }

    fn sort(self, mails: &mut [&Mail]) {
        if self.by_subject {
            mails.sort_by(|one, other| other.summary.subject.cmp(&one.summary.subject));
        }
        if self.ascending {
            mails.reverse();
        }
    }
}
