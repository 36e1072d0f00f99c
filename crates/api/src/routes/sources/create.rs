use actix_web::{HttpResponse, post, web};
use postroom_azure_oauth::scopes::Work;
use postroom_mailbox::Folder;
use postroom_registry::{
    GrantId, TenantTx,
    audit::{self, Action},
    connection, grant, outbound,
    source::{self, Change, NewSource, Settle},
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Source;
use crate::{
    Api, Problem,
    connection::AtWork,
    doors::Administrator,
    mail_address::mail_address,
    problem::ErrorBody,
    routes::{
        connections::{Protocol, is_shared, may},
        trail::did_to_source,
    },
};

/// A source that uses a sign-in which is there already.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateSource {
    /// The sign-in.
    grant_id: Uuid,
    /// The address to read: the signer's own, or one that they may open.
    mailbox: String,
    protocol: Protocol,
    /// The folder to read; the inbox unless told.
    folder_id: Option<String>,
}

/// Makes a message source. The mailbox is opened first: one that does not open is none.
#[utoipa::path(
    tag = "sources",
    request_body = CreateSource,
    responses((status = CREATED, body = Source), (status = "default", body = ErrorBody))
)]
#[post("/sources")]
pub(crate) async fn create_source(
    api: web::Data<Api>,
    caller: Administrator,
    asked: web::Json<CreateSource>,
) -> Result<HttpResponse, Problem> {
    let mailbox = mail_address("mailbox", &asked.mailbox)?;
    let protocol = connection::Protocol::from(asked.protocol);
    let tx = api.registry.begin(caller.tenant).await?;
    let grant = grant::find_taken(&tx, GrantId(asked.grant_id)).await?;
    tx.commit().await?;
    let settle = settle(&grant, &mailbox, protocol)?;
    let wanted = asked.folder_id.as_deref().unwrap_or("inbox");
    let at = AtWork {
        grant: &grant,
        protocol,
        mailbox: &mailbox,
    };
    let folder = api.open_folder(at, wanted).await?;

    let tx = api.registry.begin(caller.tenant).await?;
    nothing_here(&tx, &mailbox, &folder).await?;
    let outbound_id = outbound::of_mailbox(&tx, &mailbox).await?.map(|it| it.id);
    let new = NewSource {
        grant_id: grant.id,
        outbound_id,
        mailbox,
        protocol,
        folder_id: folder.id,
        folder_name: folder.name,
        poll_interval_seconds: api.poll_seconds,
    };
    let row = source::create(&tx, new).await?;
    let change = Change {
        settle: Some(settle),
        ..Change::default()
    };
    let row = source::change(&tx, row, change).await?;
    let entry = did_to_source(&caller, Action::SourceConnected, &row).changed(
        "signed_in_as",
        None,
        Some(&grant.user_principal_name),
    );
    audit::record(&tx, &entry).await?;
    let id = row.id;
    let seen = api.show_source(tx, row).await?;
    api.ring_poll(caller.tenant, id).await;
    Ok(HttpResponse::Created().json(seen))
}

/// What may happen to a mail afterwards with this sign-in: one that only reads leaves it as it is.
fn settle(
    grant: &grant::Model,
    mailbox: &str,
    protocol: connection::Protocol,
) -> Result<Settle, Problem> {
    let work = |changes| Work::source(protocol, is_shared(grant, mailbox), changes);
    match may(grant, &work(true)) {
        Ok(()) => Ok(Settle::MarkRead),
        Err(_) => may(grant, &work(false)).map(|()| Settle::Leave),
    }
}

/// Two sources on one folder would take every mail twice.
async fn nothing_here(tx: &TenantTx, mailbox: &str, folder: &Folder) -> Result<(), Problem> {
    let here = |row: &source::Model| {
        row.folder_id == folder.id && row.mailbox.to_lowercase() == mailbox.to_lowercase()
    };
    match source::list(tx).await?.iter().any(here) {
        true => Err(Problem::conflict("This folder is read already.")),
        false => Ok(()),
    }
}
