//! Exchange Web Services: `POST /EWS/Exchange.asmx`, SOAP 1.1, over the same mailboxes as Graph.
//!
//! ```text
//!  entry ─► bearer ─► policy ─► envelope ─► operation(context, element) ─► answers ─► reply
//! ```
//!
//! An operation is one file. It reads its element, works on the mailboxes, and gives one answer for each thing that
//! was asked for; a [`Problem`] is a response code in such an answer, or a SOAP fault when it is about the whole
//! request. Names in the comments are those of the pages of the "Web services (EWS) reference for Exchange".

mod attachment;
mod bearer;
mod body;
mod compose;
mod context;
mod convert_id;
mod create_item;
mod delete_item;
mod entry;
mod fault;
mod find_folder;
mod find_item;
mod folder;
mod folder_shape;
mod get_attachment;
mod get_folder;
mod get_item;
mod item;
mod item_shape;
mod move_item;
mod operation;
mod paging;
mod peek;
mod policy;
mod problem;
mod read;
mod reply;
mod resolve_names;
mod restriction;
mod send_item;
mod sync_folder_items;
mod update_item;
mod write;

use actix_web::web;

pub(super) use self::policy::Policy;
use self::{context::Context, problem::Problem};
pub(crate) use self::{
    fault::fault,
    peek::{Operation, peek},
};

/// Where EWS is, in the spelling of its documentation; Exchange does not look at the case.
const PATHS: [&str; 3] = [
    "/EWS/Exchange.asmx",
    "/ews/exchange.asmx",
    "/EWS/exchange.asmx",
];

/// Whether a path belongs to EWS.
pub(crate) fn is_here(path: &str) -> bool {
    PATHS.contains(&path)
}

/// Settings of the control API.
#[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Settings {
    /// No page of FindItem has more items, whatever was asked for.
    pub(super) page_limit: Option<usize>,
}

pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    for path in PATHS {
        cfg.route(path, web::post().to(entry::answer));
    }
}
