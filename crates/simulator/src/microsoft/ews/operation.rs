//! The operations and what they have in common.

use roxmltree::Node;

use super::{
    Context, Problem, convert_id, create_item, delete_item, find_folder, find_item, get_attachment,
    get_folder, get_item, move_item, resolve_names, send_item, sync_folder_items, update_item,
};

/// What came of one thing that was asked for: the content of its response message, or a problem.
pub(super) type Answer = Result<String, Problem>;

/// All answers, or a problem with the whole request.
pub(super) type Answers = Result<Vec<Answer>, Problem>;

type Run = fn(&mut Context<'_>, Node<'_, '_>) -> Answers;

/// The code that runs an operation, if there is one of that name.
pub(super) fn find(name: &str) -> Option<Run> {
    Some(match name {
        "GetFolder" => get_folder::run,
        "FindFolder" => find_folder::run,
        "FindItem" => find_item::run,
        "GetItem" => get_item::run,
        "SyncFolderItems" => sync_folder_items::run,
        "UpdateItem" => update_item::run,
        "MoveItem" => move_item::run,
        "DeleteItem" => delete_item::run,
        "CreateItem" => create_item::run,
        "SendItem" => send_item::run,
        "GetAttachment" => get_attachment::run,
        "ConvertId" => convert_id::run,
        "ResolveNames" => resolve_names::run,
        _ => return None,
    })
}

/// What the schema wants in a response message that has nothing to tell.
pub(super) fn empty(name: &str) -> &'static str {
    match name {
        "GetItem" | "UpdateItem" | "MoveItem" | "CreateItem" => "<m:Items/>",
        "GetAttachment" => "<m:Attachments/>",
        "GetFolder" => "<m:Folders/>",
        _ => "",
    }
}

/// An answer for each node; what breaks the schema fails the whole request.
pub(super) fn each<'a, 'i>(
    nodes: Vec<Node<'a, 'i>>,
    mut answer: impl FnMut(Node<'a, 'i>) -> Answer,
) -> Answers {
    let strict = |answer: Answer| match answer {
        Err(problem) if problem.code == "ErrorSchemaValidation" => Err(problem),
        other => Ok(other),
    };
    nodes.into_iter().map(|node| strict(answer(node))).collect()
}
