//! Before anything is connected, the mailbox is opened once with the new sign-in.

use postroom_connections::{Failure, Opened};
use postroom_mailbox::Folder;
use postroom_registry::{
    connection::{StateDetail, WhoActs},
    grant, sign_in,
};

use super::super::{Aim, Replaced};
use crate::{Api, Problem, connection::AtWork};

/// What the look brought.
#[derive(Debug)]
pub(super) enum Looked {
    /// A mailbox opens.
    New {
        /// Its address.
        mailbox: String,
        /// Its inbox.
        inbox: Folder,
    },
    /// The mailbox of a connection that is there already opens.
    Known(Replaced),
    /// It does not open, and trying again does not help.
    Refused(StateDetail),
}

pub(super) async fn look(
    api: &Api,
    row: &sign_in::Model,
    grant: &grant::Model,
    aim: &Aim,
) -> Result<Looked, Problem> {
    if let Some(refused) = elsewhere(grant, aim) {
        return Ok(Looked::Refused(refused));
    }
    let mailbox = aim.mailbox_for(&grant.user_principal_name);
    let folder = match &aim.replaced {
        Some(Replaced::Source(source)) if source.protocol == row.protocol => {
            source.folder_id.as_str()
        }
        // One that moves to Graph knows its folder by a name that Graph does not know yet.
        Some(Replaced::Source(_) | Replaced::Outbound(_)) | None => "inbox",
    };
    let at = AtWork {
        grant,
        protocol: row.protocol,
        mailbox: &mailbox,
    };
    let opened = api.prepared(at).await?;
    match (opened.folder(folder).await, &aim.replaced) {
        (Ok(_), Some(replaced)) => Ok(Looked::Known(replaced.clone())),
        (Ok(inbox), None) => Ok(Looked::New { mailbox, inbox }),
        (Err(failure), _) => refused(&opened, failure),
    }
}

/// A mailbox is in one directory and stays there. Who comes from another brings another mailbox, whatever address it
/// claims to have: in a directory of one's own one can write any.
fn elsewhere(grant: &grant::Model, aim: &Aim) -> Option<StateDetail> {
    let before = aim.before.as_ref()?;
    let same = before.directory_id == grant.directory_id && before.cloud == grant.cloud;
    (!same).then(|| StateDetail {
        error_code: Some("other_organisation".to_owned()),
        meaning: Some(format!(
            "{} signed in from another organisation than the mailbox belongs to.",
            grant.user_principal_name,
        )),
        way_out: Some(format!(
            "Sign in as {} or as somebody of the same organisation. If the mailbox moved, connect it anew.",
            before.user_principal_name,
        )),
        who_acts: Some(WhoActs::You),
        ..StateDetail::default()
    })
}

fn refused(opened: &Opened, failure: Failure) -> Result<Looked, Problem> {
    // What is nobody's ends no sign-in: the panel takes it again.
    let verdict = match failure.is_transient() {
        true => None,
        false => opened.verdict(&failure),
    };
    match (verdict, failure) {
        (Some(verdict), _) => Ok(Looked::Refused(verdict.detail)),
        (None, Failure::Registry(error)) => Err(error.into()),
        (None, failure) => {
            Err(Problem::microsoft_unavailable("a mailbox was not opened").because(failure))
        }
    }
}
