use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, web};
use postroom_registry::{grant, sign_in::SignInState};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::{Ending, Opened, elsewhere};
use crate::{
    Api, Problem,
    pages::{
        html,
        microsoft::{
            browser,
            ending::{Stop, answer},
        },
    },
    routes::sign_ins::{Aim, in_words},
};

#[derive(Deserialize)]
pub(crate) struct Asked {
    ticket: String,
}

/// What the person reads before they press the button.
#[derive(Serialize)]
struct Question {
    mailbox: String,
    signed_in_as: String,
    signer: String,
    site: String,
    rights: Vec<String>,
    /// The signer is not the mailbox that was asked for.
    wrong_signer: bool,
    /// Going on needs one more permission of Microsoft.
    asks_more: bool,
    reauthorises: bool,
    action: String,
    again: String,
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
    let aim = Aim::of(tx, row).await?;
    let signer = grant.user_principal_name;
    let question = Question {
        mailbox: aim.mailbox_for(&signer),
        site: opened.site.name(),
        rights: in_words(&grant.scopes),
        wrong_signer: aim.is_shared_for(&signer),
        asks_more: !aim.lacks(&grant.scopes, &signer).is_empty(),
        reauthorises: aim.replaced.is_some(),
        action: format!("{}/microsoft/confirm", api.base_path()),
        again: format!("{}/microsoft/again", api.base_path()),
        csrf: browser::csrf_token(secret, &row.ticket),
        ticket: row.ticket.clone(),
        signed_in_as: match grant.display_name == signer {
            true => signer.clone(),
            false => format!("{} ({signer})", grant.display_name),
        },
        signer,
    };
    Ok(html::page(StatusCode::OK, "confirm.html", question))
}
