//! ResolveNames: users by address or display name.

use roxmltree::Node;

use super::{
    Context, Problem,
    item::mailbox,
    operation::Answers,
    read::{MESSAGES, attribute, flag, needed, sequence, text},
    write::around,
};
use crate::microsoft::mailbox::Person;

/// Most candidates.
const MOST: usize = 100;

pub(super) fn run(context: &mut Context<'_>, node: Node<'_, '_>) -> Answers {
    flag(
        "ReturnFullContactData",
        attribute(node, "ReturnFullContactData")?,
    )?;
    let [_, entry] = sequence(node, MESSAGES, ["ParentFolderIds", "UnresolvedEntry"])?;
    let entry = text(needed(entry, node, "UnresolvedEntry")?).to_lowercase();
    let own = context.cloud.user(&context.user).map(|user| user.tid);
    let found: Vec<Person> = context
        .cloud
        .users
        .values()
        .filter(|user| user.licensed && Some(user.tid) == own)
        .filter(|user| {
            let address = user.address.to_lowercase();
            let bare = entry.strip_prefix("smtp:").unwrap_or(&entry);
            address.starts_with(bare) || user.display_name.to_lowercase().starts_with(bare)
        })
        .map(|user| Person {
            name: user.display_name.clone(),
            address: user.address.clone(),
        })
        .collect();
    let resolution = |person: &Person| {
        // The type of the mailbox belongs between the routing type and the end.
        let shown = mailbox(person).replace(
            "</t:Mailbox>",
            "<t:MailboxType>Mailbox</t:MailboxType></t:Mailbox>",
        );
        around("t:Resolution", &shown)
    };
    let all: String = found.iter().take(MOST).map(resolution).collect();
    let set = format!(
        "<m:ResolutionSet TotalItemsInView=\"{}\" IncludesLastItemInRange=\"{}\">{all}</m:ResolutionSet>",
        found.len().min(MOST),
        super::item::flag(found.len() <= MOST),
    );
    Ok(vec![match found.len() {
        0 => Err(Problem::new("ErrorNameResolutionNoResults")),
        1 => Ok(set),
        _ => Err(Problem {
            found: Some(set),
            ..Problem::new("ErrorNameResolutionMultipleResults")
        }),
    }])
}
