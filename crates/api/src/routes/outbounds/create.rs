use actix_web::{HttpResponse, post, web};
use postroom_azure_oauth::scopes::Work;
use postroom_registry::{
    GrantId,
    audit::{self, Action},
    connection, grant,
    outbound::{self, NewOutbound},
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{FOLDER, Outbound};
use crate::{
    Api, Problem,
    connection::AtWork,
    doors::Administrator,
    mail_address::mail_address,
    problem::ErrorBody,
    routes::{
        connections::{Protocol, is_shared, may},
        trail::did_to_outbound,
    },
};

/// An outbound that uses a sign-in which is there already.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateOutbound {
    /// The sign-in.
    grant_id: Uuid,
    /// The mailbox to send from: the signer's own, or one that they may send as.
    mailbox: String,
    protocol: Protocol,
    /// An alias of the mailbox that mails come from.
    from_address: Option<String>,
}

/// Makes a message outbound. The mailbox is opened first: one that does not open is none.
#[utoipa::path(
    tag = "outbounds",
    request_body = CreateOutbound,
    responses((status = CREATED, body = Outbound), (status = "default", body = ErrorBody))
)]
#[post("/outbounds")]
pub(crate) async fn create_outbound(
    api: web::Data<Api>,
    caller: Administrator,
    asked: web::Json<CreateOutbound>,
) -> Result<HttpResponse, Problem> {
    let mailbox = mail_address("mailbox", &asked.mailbox)?;
    let from = asked.from_address.as_deref();
    let from_address = from
        .map(|it| mail_address("from_address", it))
        .transpose()?;
    let protocol = connection::Protocol::from(asked.protocol);
    let tx = api.registry.begin(caller.tenant).await?;
    let grant = grant::find_taken(&tx, GrantId(asked.grant_id)).await?;
    tx.commit().await?;
    may(
        &grant,
        &Work::outbound(protocol, is_shared(&grant, &mailbox)),
    )?;
    let at = AtWork {
        grant: &grant,
        protocol,
        mailbox: &mailbox,
    };
    api.open_folder(at, FOLDER).await?;

    let tx = api.registry.begin(caller.tenant).await?;
    if outbound::of_mailbox(&tx, &mailbox).await?.is_some() {
        return Err(Problem::conflict("Mail goes out by this mailbox already."));
    }
    let new = NewOutbound {
        grant_id: grant.id,
        mailbox,
        protocol,
        from_address,
    };
    let row = outbound::create(&tx, new).await?;
    let entry = did_to_outbound(&caller, Action::OutboundConnected, &row).changed(
        "signed_in_as",
        None,
        Some(&grant.user_principal_name),
    );
    audit::record(&tx, &entry).await?;
    Ok(HttpResponse::Created().json(api.show_outbound(tx, row).await?))
}
