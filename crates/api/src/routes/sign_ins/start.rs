use actix_web::{HttpResponse, post, web};
use postroom_registry::{
    TenantTx,
    audit::{self, Action, SubjectKind},
    grant::Consent,
    sign_in::{self, Asked, NewSignIn},
};
use postroom_secrets::random_token;
use secrecy::ExposeSecret as _;

use super::{
    Replaced,
    asked::{BeginSignIn, Wish},
    links,
    view::{SignIn, view},
};
use crate::{
    Api, Problem,
    doors::{Administrator, Caller},
    problem::ErrorBody,
    routes::trail::did,
};

/// Bytes of the ticket: 256 bits, which nobody guesses.
const TICKET: usize = 32;

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
    let wish = asked.check(&api, &tx).await?;
    let row = begin(&tx, &caller, &asked, &wish).await?;
    let row = match wish.consent {
        Consent::User => row,
        Consent::Admin => {
            let entry = did(&caller, Action::ApprovalAsked);
            let entry = entry.on(SubjectKind::SignIn, &row.id, row.mailbox.as_deref());
            audit::record(&tx, &entry).await?;
            let token = links::approval_token(&row.ticket);
            sign_in::ask_approval(&tx, row, &token).await?
        }
    };
    let seen = view(&api, &tx, row).await?;
    tx.commit().await?;
    Ok(HttpResponse::Created().json(seen))
}

async fn begin(
    tx: &TenantTx,
    caller: &Caller,
    asked: &BeginSignIn,
    wish: &Wish,
) -> Result<sign_in::Model, Problem> {
    let ticket = random_token(TICKET);
    let (reauthorise_id, reauthorise_outbound_id) = match &wish.replaced {
        Some(Replaced::Source(source)) => (Some(source.id), None),
        Some(Replaced::Outbound(outbound)) => (None, Some(outbound.id)),
        None => (None, None),
    };
    let new = NewSignIn {
        account_id: caller.account_id.clone(),
        purpose: asked.purpose.into(),
        asked: wish.asked,
        mailbox: wish.mailbox.clone(),
        protocol: wish.protocol,
        registration_id: wish.registration_id,
        cloud: wish.cloud,
        consent: wish.consent,
        reauthorise_id,
        reauthorise_outbound_id,
        owner_hint: None,
        claims: None,
        ticket: ticket.expose_secret().to_owned(),
    };
    let row = sign_in::start(tx, new).await?;
    let action = match wish.asked {
        Asked::Me => Action::SignInStarted,
        Asked::Owner => Action::OwnerLinkMade,
    };
    let entry = did(caller, action)
        .on(SubjectKind::SignIn, &row.id, row.mailbox.as_deref())
        .changed("purpose", None, Some(row.purpose.word()))
        .changed("replaces", None, wish.replaced.as_ref().map(Replaced::name));
    audit::record(tx, &entry).await?;
    Ok(row)
}
