use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web};
use postroom_registry::{
    TenantTx, grant,
    sign_in::{self, SignInState},
    source,
};
use postroom_secrets::constant_time_eq;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::{
    browser,
    ending::{Ending, Stop, answer},
    opened::Opened,
    rights,
};
use crate::{Api, Problem, pages::html};

#[derive(Deserialize)]
pub(crate) struct Asked {
    ticket: String,
}

/// What our form carries.
#[derive(Deserialize)]
pub(crate) struct Form {
    ticket: String,
    csrf: String,
}

/// What the person reads before they press the button.
#[derive(Serialize)]
struct Question {
    mailbox: String,
    signed_in_as: String,
    site: String,
    rights: Vec<String>,
    action: String,
    ticket: String,
    csrf: String,
}

/// Asks whether this mailbox shall be connected to that Jira site. May be reloaded.
#[get("/microsoft/confirm")]
pub(crate) async fn confirm_page(
    api: web::Data<Api>,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Problem> {
    answer(ask(&api, &request, &asked.ticket).await)
}

async fn ask(api: &Api, request: &HttpRequest, ticket: &str) -> Result<HttpResponse, Stop> {
    let opened = Opened::by_ticket(api, ticket).await?;
    let secret = browser::recognise(request, &opened.row)?;
    match opened.row.state {
        SignInState::Authorized => question(api, &opened, &secret).await,
        _ => Err(elsewhere(opened).into()),
    }
}

async fn question(api: &Api, opened: &Opened, secret: &SecretString) -> Result<HttpResponse, Stop> {
    let (tx, row) = (&opened.tx, &opened.row);
    let grant = grant::find(tx, row.grant_id.ok_or(Ending::CannotBeUsed)?).await?;
    let question = Question {
        mailbox: mailbox(tx, row, &grant).await,
        site: opened.site.name(),
        rights: rights::in_words(&grant.scopes),
        action: format!("{}/microsoft/confirm", api.base_path()),
        csrf: browser::csrf_token(secret, &row.ticket),
        ticket: row.ticket.clone(),
        signed_in_as: match grant.display_name == grant.user_principal_name {
            true => grant.user_principal_name,
            false => format!("{} ({})", grant.display_name, grant.user_principal_name),
        },
    };
    Ok(html::page(StatusCode::OK, "confirm.html", question))
}

/// The mailbox that it is about: that of the source whose sign-in is replaced, or the signer's own.
async fn mailbox(tx: &TenantTx, row: &sign_in::Model, grant: &grant::Model) -> String {
    let replaced = match row.reauthorise_id {
        Some(id) => source::find(tx, id).await.ok(),
        None => None,
    };
    replaced.map_or_else(
        || grant.user_principal_name.clone(),
        |source| source.mailbox,
    )
}

/// The person pressed "Connect". The panel user who began may take it now; nothing is connected yet.
#[post("/microsoft/confirm")]
pub(crate) async fn confirm(
    api: web::Data<Api>,
    request: HttpRequest,
    form: web::Form<Form>,
) -> Result<HttpResponse, Problem> {
    answer(agree(&api, &request, &form).await)
}

async fn agree(api: &Api, request: &HttpRequest, form: &Form) -> Result<HttpResponse, Stop> {
    let opened = Opened::by_ticket(api, &form.ticket).await?;
    let secret = browser::recognise(request, &opened.row)?;
    let expected = browser::csrf_token(&secret, &opened.row.ticket);
    if !constant_time_eq(expected.as_bytes(), form.csrf.as_bytes()) {
        return Err(Ending::NotOurForm.into());
    }
    if opened.row.state != SignInState::Authorized {
        return Err(elsewhere(opened).into());
    }
    let site = opened.site.name();
    sign_in::confirm(&opened.tx, opened.row).await?;
    opened.tx.commit().await?;
    Ok(Ending::Done { site }.response())
}

/// A reload, or a second press: the same answer again.
fn elsewhere(opened: Opened) -> Ending {
    match (opened.row.state, opened.row.failure) {
        (SignInState::Confirmed | SignInState::Connected, _) => Ending::Done {
            site: opened.site.name(),
        },
        (SignInState::Failed, Some(failure)) => Ending::Failed(failure),
        _ => Ending::CannotBeUsed,
    }
}
