//! GetAttachment.

use roxmltree::Node;

use super::{
    Context, Problem, attachment,
    operation::{Answers, each},
    read::{MESSAGES, attribute, list, needed, sequence},
    write::{around, rest_id},
};

pub(super) fn run(context: &mut Context<'_>, node: Node<'_, '_>) -> Answers {
    let [_, ids] = sequence(node, MESSAGES, ["AttachmentShape", "AttachmentIds"])?;
    let ids = list(needed(ids, node, "AttachmentIds")?, &["AttachmentId"])?;
    each(ids, |id| {
        let id = rest_id(attribute(id, "Id")?);
        let address = context.cloud.owner_of(&id)?.address.clone();
        let mailbox = context.open(&address)?;
        let (mail, index) = mailbox.attachment(&id)?;
        let missing = || Problem::new("ErrorItemNotFound");
        let message = mail.parsed().ok_or_else(missing)?;
        let part = message.attachment(index).ok_or_else(missing)?;
        let shown = attachment::write(mailbox, mail, part, index, true);
        Ok(around("m:Attachments", &shown))
    })
}
