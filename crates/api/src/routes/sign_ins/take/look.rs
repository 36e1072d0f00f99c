//! Before anything is connected, the mailbox is opened once with the new sign-in.

use postroom_azure_oauth::GrantError;
use postroom_mailbox::{AccessToken, MailboxAddress, graph::Folder};
use postroom_registry::{TenantId, connection::StateDetail, grant, source};

use crate::{
    Api, Problem,
    connection::{address, of_grant_error, of_graph_error},
};

/// What the look brought.
#[derive(Debug)]
pub(super) enum Looked {
    /// The signer's own mailbox opens.
    New {
        /// Its inbox.
        inbox: Folder,
    },
    /// The mailbox of a source that is there already opens.
    Known {
        /// The source.
        source: Box<source::Model>,
    },
    /// It does not open, and trying again does not help.
    Refused(StateDetail),
}

pub(super) async fn look(
    api: &Api,
    tenant: TenantId,
    grant: &grant::Model,
    replaced: Option<&source::Model>,
) -> Result<Looked, Problem> {
    let token = match api.grants.access_token(tenant, grant.id).await {
        Ok(token) => AccessToken::from(token),
        Err(error) => return no_token(error),
    };
    let (at, folder) = match replaced {
        Some(source) => (address(&source.mailbox, grant), source.folder_id.as_str()),
        None => (MailboxAddress::Me, "inbox"),
    };
    match (
        api.graph.mailbox_folder(&token, &at, folder).await,
        replaced,
    ) {
        (Ok(_), Some(source)) => Ok(Looked::Known {
            source: Box::new(source.clone()),
        }),
        (Ok(inbox), None) => Ok(Looked::New { inbox }),
        (Err(error), _) => match of_graph_error(&error) {
            Some((_, detail)) => Ok(Looked::Refused(detail)),
            None => Err(error.into()),
        },
    }
}

fn no_token(error: GrantError) -> Result<Looked, Problem> {
    match (of_grant_error(&error), error) {
        (Some((_, detail)), _) => Ok(Looked::Refused(detail)),
        (None, GrantError::Registry(error)) => Err(error.into()),
        (None, error) => {
            Err(Problem::microsoft_unavailable("a grant gave no access token").because(error))
        }
    }
}
