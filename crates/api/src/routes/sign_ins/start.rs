use actix_web::{HttpResponse, post, web};
use postroom_registry::{
    SourceId,
    audit::{self, Action, SubjectKind},
    sign_in, source,
};
use postroom_secrets::random_token;
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::{SignIn, view};
use crate::{
    Api, Problem,
    doors::Administrator,
    problem::ErrorBody,
    routes::{trail::did, vocabulary::words},
};

/// Bytes of the ticket: 256 bits, which nobody guesses.
const TICKET: usize = 32;

words! {
    /// What the connection shall do.
    Purpose of sign_in::Purpose {
        /// Receive.
        Source,
        /// Send.
        Outbound,
        /// Both, with one sign-in.
        Both,
    }
}

/// What to sign in for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeginSignIn {
    /// What the connection shall do.
    purpose: Purpose,
    /// The source whose sign-in is to be replaced in place: it keeps its rules and its place in the mailbox.
    connection_id: Option<Uuid>,
}

/// Begins a sign-in with Microsoft.
#[utoipa::path(
    tag = "sign-ins",
    request_body = BeginSignIn,
    responses((status = CREATED, body = SignIn), (status = "default", body = ErrorBody))
)]
#[post("/sign-ins")]
pub(crate) async fn begin_sign_in(
    api: web::Data<Api>,
    caller: Administrator,
    asked: web::Json<BeginSignIn>,
) -> Result<HttpResponse, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let replaced = match asked.connection_id.map(SourceId) {
        Some(id) => Some(source::find(&tx, id).await?),
        None => None,
    };
    let ticket = random_token(TICKET);
    let purpose = asked.purpose.into();
    let row = sign_in::start(
        &tx,
        &caller.account_id,
        purpose,
        replaced.as_ref().map(|source| source.id),
        ticket.expose_secret(),
    )
    .await?;
    let entry = did(&caller, Action::SignInStarted)
        .on(SubjectKind::SignIn, &row.id, None)
        .changed("purpose", None, Some(row.purpose.word()))
        .changed(
            "replaces",
            None,
            replaced.as_ref().map(|source| source.name.as_str()),
        );
    audit::record(&tx, &entry).await?;
    let seen = view(&api, &tx, row).await?;
    tx.commit().await?;
    Ok(HttpResponse::Created().json(seen))
}
