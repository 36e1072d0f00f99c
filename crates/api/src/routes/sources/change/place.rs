//! Folders that a change names, as the mailbox has them now.

use postroom_azure_oauth::scopes::Work;
use postroom_mailbox::Folder;
use postroom_registry::{
    grant,
    source::{self, Settle},
};

use super::ChangeSource;
use crate::{
    Api, Problem,
    connection::AtWork,
    routes::connections::{is_shared, may},
};

/// Characters of the longest category of Exchange.
const LONGEST_CATEGORY: usize = 255;

/// Where a source reads from now on, and what happens to its mail afterwards.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Another folder to read.
    pub(super) folder: Option<source::Folder>,
    /// Another folder to move to.
    pub(super) settle_folder: Option<source::Folder>,
    /// Another category.
    pub(super) settle_category: Option<Option<String>>,
    /// What happens to a mail afterwards.
    pub(super) settle: Option<Settle>,
}

/// Looks up what the change names.
///
/// # Errors
/// `invalid` for what cannot be used; `missing_scopes` for what the sign-in does not carry.
pub(super) async fn places(
    api: &Api,
    row: &source::Model,
    grant: &grant::Model,
    asked: &ChangeSource,
) -> Result<Places, Problem> {
    let names_folder = asked.folder_id.is_some() || asked.settle_folder_id.is_some();
    if names_folder && row.moving_total.is_some() {
        let message =
            "This mailbox is moving to Microsoft Graph, where its folders have other ids.";
        return Err(Problem::conflict(message).act("Wait until it is there."));
    }
    let settle = asked.settle.map(Settle::from);
    if settle.is_some_and(|it| it != Settle::Leave) {
        let shared = is_shared(grant, &row.mailbox);
        may(grant, &Work::source(row.protocol, shared, true))?;
    }
    let places = Places {
        folder: folder(api, row, grant, asked.folder_id.as_deref()).await?,
        settle_folder: folder(api, row, grant, asked.settle_folder_id.as_deref()).await?,
        settle_category: match &asked.settle_category {
            None => None,
            Some(None) => Some(None),
            Some(Some(given)) => Some(Some(category(given)?)),
        },
        settle,
    };
    leads_somewhere(row, &places)?;
    Ok(places)
}

async fn folder(
    api: &Api,
    row: &source::Model,
    grant: &grant::Model,
    id: Option<&str>,
) -> Result<Option<source::Folder>, Problem> {
    let Some(id) = id else {
        return Ok(None);
    };
    let at = AtWork::source(grant, row);
    let Folder { id, name, .. } = api.open_folder(at, id).await?;
    Ok(Some(source::Folder { id, name }))
}

/// Exchange parts categories by commas.
fn category(given: &str) -> Result<String, Problem> {
    let given = given.trim();
    let fits = !given.is_empty() && given.chars().count() <= LONGEST_CATEGORY;
    match fits && !given.contains(|it: char| it == ',' || it.is_control()) {
        true => Ok(given.to_owned()),
        false => Err(Problem::invalid(
            "settle_category",
            "A category has 1 to 255 characters and no comma.",
        )),
    }
}

/// A mail that is moved goes elsewhere: out of the folder that is read, or it would be met again.
fn leads_somewhere(row: &source::Model, places: &Places) -> Result<(), Problem> {
    if places.settle.unwrap_or(row.settle) != Settle::Move {
        return Ok(());
    }
    let id = |folder: &Option<source::Folder>| folder.as_ref().map(|it| it.id.clone());
    let read = id(&places.folder).unwrap_or_else(|| row.folder_id.clone());
    match id(&places.settle_folder).or_else(|| row.settle_folder_id.clone()) {
        None => Err(Problem::invalid(
            "settle_folder_id",
            "Choose the folder that mail is moved to.",
        )),
        Some(to) if to == read => Err(Problem::invalid(
            "settle_folder_id",
            "Choose another folder than the one that is read.",
        )),
        Some(_) => Ok(()),
    }
}
