//! UpdateItem: the read flag and the categories.

use roxmltree::Node;

use super::{
    Context, Problem,
    item::{Item, change_key},
    item_shape::Shape,
    operation::{Answer, Answers, each},
    read::{
        MESSAGES, TYPES, attribute, boolean, elements, flag, invalid_child, list, needed, one_of,
        sequence, text,
    },
    write::around,
};

const RESOLUTIONS: [&str; 3] = ["NeverOverwrite", "AutoResolve", "AlwaysOverwrite"];

/// Can be set on the real message, without effect here.
const TOLERATED: [&str; 3] = ["item:Importance", "item:Flag", "item:Sensitivity"];

#[derive(Debug, Default)]
struct Edit {
    is_read: Option<bool>,
    categories: Option<Vec<String>>,
}

pub(super) fn run(context: &mut Context<'_>, node: Node<'_, '_>) -> Answers {
    let resolution = one_of(node, "ConflictResolution", &RESOLUTIONS)?;
    if let Some(value) = node.attribute("SuppressReadReceipts") {
        flag("SuppressReadReceipts", value)?;
    }
    let [_, changes] = sequence(node, MESSAGES, ["SavedItemFolderId", "ItemChanges"])?;
    let changes = list(needed(changes, node, "ItemChanges")?, &["ItemChange"])?;
    let disposition = node.attribute("MessageDisposition");
    each(changes, |change| match disposition {
        None => Err(Problem::new("ErrorMessageDispositionRequired")),
        Some("SaveOnly" | "SendOnly" | "SendAndSaveCopy") => one(context, change, resolution),
        Some(other) => Err(super::read::invalid_value("MessageDisposition", other)),
    })
}

fn one(context: &mut Context<'_>, change: Node<'_, '_>, resolution: &str) -> Answer {
    let [id, updates] = sequence(change, TYPES, ["ItemId", "Updates"])?;
    let id = needed(id, change, "ItemId")?;
    let edit = Edit::read(needed(updates, change, "Updates")?)?;
    let (address, key) = context.item(id)?;
    let (_, mail) = context.mail(&address, key)?;
    if resolution != "AlwaysOverwrite" {
        let given = id.attribute("ChangeKey");
        let given =
            given.ok_or_else(|| Problem::new("ErrorChangeKeyRequiredForWriteOperations"))?;
        if resolution == "NeverOverwrite" && given != change_key(mail) {
            return Err(Problem::new("ErrorIrresolvableConflict"));
        }
    }
    let now = context.now;
    let mailbox = context.mailbox_mut(&address)?;
    mailbox.edit(key, now, |mail| {
        mail.is_read = edit.is_read.unwrap_or(mail.is_read);
        if let Some(categories) = edit.categories {
            mail.categories = categories;
        }
    });
    let (mailbox, mail) = context.mail(&address, key)?;
    let shown = Item { mailbox, mail }.write(&Shape::id_only(), false);
    let conflicts = "<m:ConflictResults><t:Count>0</t:Count></m:ConflictResults>";
    Ok(around("m:Items", &shown) + conflicts)
}

impl Edit {
    fn read(updates: Node<'_, '_>) -> Result<Self, Problem> {
        let mut edit = Self::default();
        let names = ["SetItemField", "DeleteItemField", "AppendToItemField"];
        for update in list(updates, &names)? {
            let mut parts = elements(update);
            let path = needed(parts.next(), update, "FieldURI")?;
            if !path.has_tag_name((TYPES, "FieldURI")) {
                return Err(Problem::new("ErrorInvalidPropertySet"));
            }
            let uri = attribute(path, "FieldURI")?;
            match update.tag_name().name() {
                "SetItemField" => {
                    let message = needed(parts.next(), update, "Message")?;
                    if !message.has_tag_name((TYPES, "Message")) {
                        return Err(invalid_child(update, message));
                    }
                    edit.set(uri, needed(elements(message).next(), message, "property")?)?;
                }
                "DeleteItemField" if uri == "item:Categories" => {
                    edit.categories = Some(Vec::new());
                }
                _ => return Err(Problem::new("ErrorInvalidPropertySet")),
            }
        }
        Ok(edit)
    }

    /// The element must be of the property that the path names.
    fn set(&mut self, uri: &str, value: Node<'_, '_>) -> Result<(), Problem> {
        let name = uri.split_once(':').map(|(_, name)| name);
        if name != Some(value.tag_name().name()) {
            return Err(Problem::new("ErrorInvalidPropertySet"));
        }
        match uri {
            "message:IsRead" => self.is_read = Some(boolean(value)?),
            "item:Categories" => {
                let all = list(value, &["String"])?;
                self.categories = Some(all.into_iter().map(|one| text(one).to_owned()).collect());
            }
            _ if TOLERATED.contains(&uri) => {}
            _ => return Err(Problem::new("ErrorInvalidPropertySet")),
        }
        Ok(())
    }
}
