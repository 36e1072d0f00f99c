//! Who calls, and which folders and items of whose mailbox are meant.

use chrono::{DateTime, Utc};
use roxmltree::Node;

use super::{
    Problem,
    read::{TYPES, attribute, invalid_child, needed, sequence, text},
    write::rest_id,
};
use crate::{
    microsoft::{
        cloud::Cloud,
        grants::Access,
        mailbox::{FolderKey, Mail, MailKey, Mailbox},
    },
    world::World,
};

/// One request of a caller whose token is good.
pub(super) struct Context<'a> {
    pub(super) world: &'a World,
    pub(super) cloud: &'a mut Cloud,
    /// Address of who acts: who signed in, or who is impersonated.
    pub(super) user: String,
    pub(super) now: DateTime<Utc>,
}

/// A folder of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) mailbox: String,
    pub(super) folder: FolderKey,
}

impl<'a> Context<'a> {
    pub(super) fn new(world: &'a World, cloud: &'a mut Cloud, access: &Access) -> Self {
        Self {
            world,
            cloud,
            user: access.address.clone(),
            now: world.clock.now(),
        }
    }

    /// The address is a user's with a mailbox.
    pub(super) fn exists(&self, address: &str) -> Result<(), Problem> {
        match self.cloud.user(address).is_some_and(|user| user.licensed) {
            true => Ok(()),
            false => Err(Problem::new("ErrorNonExistentMailbox")),
        }
    }

    /// Acts as another from now on.
    pub(super) fn impersonate(&mut self, address: &str) -> Result<(), Problem> {
        self.exists(address)?;
        let allowed = address.eq_ignore_ascii_case(&self.user)
            || self.cloud.may_impersonate(&self.user, address);
        if !allowed {
            return Err(Problem::new("ErrorImpersonateUserDenied"));
        }
        address.clone_into(&mut self.user);
        Ok(())
    }

    /// Opens a mailbox that the caller may open.
    pub(super) fn open(&self, address: &str) -> Result<&Mailbox, Problem> {
        self.exists(address)?;
        if !self.cloud.may_use(&self.user, address, false) {
            return Err(Problem::new("ErrorAccessDenied"));
        }
        let mailbox = self.cloud.mailboxes.get(&address.to_lowercase());
        mailbox.ok_or_else(|| Problem::new("ErrorNonExistentMailbox"))
    }

    /// The mailbox, to change it; it was opened before.
    pub(super) fn mailbox_mut(&mut self, address: &str) -> Result<&mut Mailbox, Problem> {
        let mailbox = self.cloud.mailbox_mut(address);
        mailbox.ok_or_else(|| Problem::new("ErrorNonExistentMailbox"))
    }

    /// The folder that a `FolderId` or a `DistinguishedFolderId` names.
    pub(super) fn place(&self, node: Node<'_, '_>) -> Result<Place, Problem> {
        let missing = || Problem::new("ErrorFolderNotFound");
        let id = attribute(node, "Id")?;
        match node.tag_name().name() {
            "FolderId" => {
                let id = rest_id(id);
                let owner = self.cloud.mailboxes.values();
                let found =
                    owner.filter_map(|mailbox| Some((mailbox, mailbox.folder_with_id(&id)?)));
                let (mailbox, folder) = found.take(1).next().ok_or_else(missing)?;
                let mailbox = mailbox.address.clone();
                self.open(&mailbox)?;
                Ok(Place { mailbox, folder })
            }
            "DistinguishedFolderId" => {
                let [mailbox] = sequence(node, TYPES, ["Mailbox"])?;
                let mailbox = self.named_mailbox(mailbox)?;
                let folder = distinguished(self.open(&mailbox)?, id).ok_or_else(missing)?;
                Ok(Place { mailbox, folder })
            }
            _ => Err(Problem::schema(
                "FolderId or DistinguishedFolderId was expected.",
            )),
        }
    }

    /// The address in a `Mailbox` element, or the caller's own.
    fn named_mailbox(&self, node: Option<Node<'_, '_>>) -> Result<String, Problem> {
        let Some(node) = node else {
            let own = self.cloud.user(&self.user);
            return match own.is_some_and(|user| user.licensed) {
                true => Ok(self.user.clone()),
                false => Err(Problem::new("ErrorMissingEmailAddress")),
            };
        };
        let names = [
            "Name",
            "EmailAddress",
            "RoutingType",
            "MailboxType",
            "ItemId",
        ];
        let [_, address, ..] = sequence(node, TYPES, names)?;
        Ok(text(needed(address, node, "EmailAddress")?).to_owned())
    }

    /// The folder in a `TargetFolderId`, such as `ToFolderId`.
    pub(super) fn target(&self, node: Node<'_, '_>) -> Result<Place, Problem> {
        let [folder, distinguished] = sequence(node, TYPES, ["FolderId", "DistinguishedFolderId"])?;
        self.place(needed(folder.or(distinguished), node, "FolderId")?)
    }

    /// The mail that an `ItemId` names, and whose mailbox it is in.
    pub(super) fn item(&self, node: Node<'_, '_>) -> Result<(String, MailKey), Problem> {
        if !node.has_tag_name((TYPES, "ItemId")) {
            return Err(match node.parent_element() {
                Some(parent) => invalid_child(parent, node),
                None => Problem::schema("ItemId was expected."),
            });
        }
        let id = attribute(node, "Id")?;
        if id.is_empty() {
            return Err(Problem::new("ErrorInvalidIdEmpty"));
        }
        let id = rest_id(id);
        let address = self.cloud.owner_of(&id)?.address.clone();
        let key = self.open(&address)?.find(&id)?.key();
        Ok((address, key))
    }

    /// The mail itself.
    pub(super) fn mail(&self, address: &str, key: MailKey) -> Result<(&Mailbox, &Mail), Problem> {
        let mailbox = self.open(address)?;
        let mail = mailbox.mail(key);
        Ok((
            mailbox,
            mail.ok_or_else(|| Problem::new("ErrorItemNotFound"))?,
        ))
    }
}

/// A folder by the name that EWS has for it; "archive" is none of these.
fn distinguished(mailbox: &Mailbox, name: &str) -> Option<FolderKey> {
    match name {
        "root" | "msgfolderroot" => Some(mailbox.root()),
        "inbox" | "drafts" | "sentitems" | "deleteditems" | "junkemail" | "outbox" => {
            mailbox.folder_key(name)
        }
        _ => None,
    }
}
