use actix_web::{
    HttpRequest, HttpResponse, get, http::StatusCode, http::header::LOCATION, post, web,
};
use postroom_registry::sign_in::{Asked, SignInState};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::{
    again::may_begin_anew,
    browser,
    confirm::elsewhere,
    departure::{Manner, depart},
    ending::{Ending, Stop, answer},
    opened::Opened,
    waiting,
};
use crate::{
    Api, Problem,
    connection::day,
    pages::html,
    routes::sign_ins::{Aim, in_words},
};

#[derive(Deserialize)]
pub(crate) struct Start {
    ticket: String,
}

/// What the owner of a mailbox reads before they begin.
#[derive(Serialize)]
struct Invitation<'a> {
    mailbox: Option<&'a str>,
    site: String,
    rights: Vec<String>,
    reauthorises: bool,
    ends: String,
    action: String,
    ticket: &'a str,
}

/// The link that somebody sent to the owner of a mailbox. Opening it does nothing: mail filters open links, too.
#[get("/microsoft/owner/{ticket}")]
pub(crate) async fn owner_page(
    api: web::Data<Api>,
    request: HttpRequest,
    ticket: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    answer(invite(&api, &request, &ticket).await)
}

async fn invite(api: &Api, request: &HttpRequest, ticket: &str) -> Result<HttpResponse, Stop> {
    let opened = Opened::by_ticket(api, ticket).await?;
    let began = first_browser(request, &opened)?;
    match opened.row.state {
        SignInState::Authorized => return Ok(to_confirm(api, ticket)),
        SignInState::WaitingForApproval if began.is_some() => {
            return Ok(waiting::redirect(api, ticket));
        }
        state if may_begin_anew(state, Asked::Owner) => {}
        _ => return Err(elsewhere(opened).into()),
    }
    let aim = Aim::of(&opened.tx, &opened.row).await?;
    let invitation = Invitation {
        mailbox: aim.mailbox.as_deref(),
        site: opened.site.name(),
        rights: in_words(&aim.permissions(aim.is_shared())),
        reauthorises: aim.replaced.is_some(),
        ends: day(opened.row.expires_at),
        action: format!("{}/microsoft/owner", api.base_path()),
        ticket,
    };
    Ok(html::page(StatusCode::OK, "owner.html", invitation))
}

/// The owner begins. From now on the link is this browser's.
#[post("/microsoft/owner")]
pub(crate) async fn owner_begins(
    api: web::Data<Api>,
    request: HttpRequest,
    form: web::Form<Start>,
) -> Result<HttpResponse, Problem> {
    answer(begin(&api, &request, &form.ticket).await)
}

async fn begin(api: &Api, request: &HttpRequest, ticket: &str) -> Result<HttpResponse, Stop> {
    browser::our_own_form(request.headers())?;
    let opened = Opened::by_ticket(api, ticket).await?;
    let secret = first_browser(request, &opened)?;
    if !may_begin_anew(opened.row.state, Asked::Owner) {
        return Err(elsewhere(opened).into());
    }
    Ok(depart(api, opened, secret, &Manner::Choose).await?.page())
}

/// The secret of the browser that has the link, if one has it. All others are too late.
fn first_browser(request: &HttpRequest, opened: &Opened) -> Result<Option<SecretString>, Ending> {
    let row = &opened.row;
    if row.asked != Asked::Owner {
        return Err(Ending::CannotBeUsed);
    }
    match row.browser_hash {
        None => Ok(None),
        Some(_) => browser::recognise(request, row)
            .map(Some)
            .map_err(|_| Ending::LinkTaken),
    }
}

/// On to the page that asks.
pub(super) fn to_confirm(api: &Api, ticket: &str) -> HttpResponse {
    let next = api.url(&format!("/microsoft/confirm?ticket={ticket}"));
    HttpResponse::SeeOther()
        .insert_header((LOCATION, next))
        .finish()
}
