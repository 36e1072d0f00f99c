use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, http::header::LOCATION, web};
use chrono::{DateTime, TimeDelta, Utc};
use postroom_registry::sign_in::{self, SignInState};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    browser,
    confirm::elsewhere,
    departure::{Manner, depart},
    ending::{Ending, Stop, answer},
    opened::Opened,
    owner::to_confirm,
};
use crate::{
    Api, Problem,
    connection::day,
    pages::html,
    routes::sign_ins::{Aim, links},
};

/// How often Microsoft is asked, unseen, whether it was approved without our link.
const UNSEEN: TimeDelta = TimeDelta::seconds(60);

#[derive(Deserialize)]
pub(crate) struct Asked {
    ticket: String,
}

#[derive(Serialize)]
struct Waiting {
    site: String,
    mailbox: Option<String>,
    approval_url: String,
    mail_url: String,
    ends: String,
    again: String,
    look: String,
    ticket: String,
    csrf: String,
}

/// How it stands, for the page's script.
#[derive(Serialize)]
struct Look {
    goes_on: bool,
}

/// On to the page that waits.
pub(super) fn redirect(api: &Api, ticket: &str) -> HttpResponse {
    let next = api.url(&format!("/microsoft/waiting?ticket={ticket}"));
    HttpResponse::SeeOther()
        .insert_header((LOCATION, next))
        .finish()
}

/// Waits for the administrator's approval and goes on by itself. Without scripts it reloads.
#[get("/microsoft/waiting")]
pub(crate) async fn waiting_page(
    api: web::Data<Api>,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Problem> {
    answer(wait(&api, &request, &asked.ticket).await)
}

async fn wait(api: &Api, request: &HttpRequest, ticket: &str) -> Result<HttpResponse, Stop> {
    let opened = Opened::by_ticket(api, ticket).await?;
    let secret = browser::recognise(request, &opened.row)?;
    match opened.row.state {
        SignInState::WaitingForApproval => {}
        SignInState::Authorized => return Ok(to_confirm(api, ticket)),
        _ => return Err(elsewhere(opened).into()),
    }
    if let Some(manner) = goes_on(&opened.row, api.clock().now()) {
        let departed = depart(api, opened, Some(secret), &manner).await?;
        return Ok(departed.redirect());
    }
    let aim = Aim::of(&opened.tx, &opened.row).await?;
    let approval_url = links::approval(api, &opened.row).ok_or(Ending::CannotBeUsed)?;
    let site = opened.site.name();
    let waiting = Waiting {
        mail_url: mail_url(&site, &approval_url),
        site,
        mailbox: aim.mailbox,
        approval_url,
        ends: day(opened.row.expires_at),
        again: format!("{}/microsoft/again", api.base_path()),
        look: format!("{}/microsoft/waiting/look?ticket={ticket}", api.base_path()),
        csrf: browser::csrf_token(&secret, ticket),
        ticket: ticket.to_owned(),
    };
    let mut page = html::page_that_looks(StatusCode::OK, "waiting.html", waiting);
    // It may wait for longer than the window was opened for.
    let cookie = browser::cookie(api, &opened.row, &secret);
    if let Err(error) = page.add_cookie(&cookie) {
        tracing::error!(cause = %error, "a cookie cannot be written");
    }
    Ok(page)
}

/// Whether the page that waits has something to do.
#[get("/microsoft/waiting/look")]
pub(crate) async fn waiting_look(
    api: web::Data<Api>,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Problem> {
    answer(look(&api, &request, &asked.ticket).await)
}

async fn look(api: &Api, request: &HttpRequest, ticket: &str) -> Result<HttpResponse, Stop> {
    let opened = Opened::by_ticket(api, ticket).await?;
    browser::recognise(request, &opened.row)?;
    let goes_on = opened.row.state != SignInState::WaitingForApproval
        || goes_on(&opened.row, api.clock().now()).is_some();
    Ok(HttpResponse::Ok().json(Look { goes_on }))
}

/// How the waiting browser goes to Microsoft now, if it is time: at once after an approval, and unseen every minute,
/// because an administrator may approve without our link.
fn goes_on(row: &sign_in::Model, now: DateTime<Utc>) -> Option<Manner> {
    let Some(last) = row.ticket_used_at else {
        return Some(Manner::Choose);
    };
    if row.approved_at.is_some_and(|approved| last < approved) {
        return Some(Manner::GoOn);
    }
    (last + UNSEEN <= now).then_some(Manner::Silent)
}

fn mail_url(site: &str, approval_url: &str) -> String {
    let Ok(mut url) = Url::parse("mailto:") else {
        return approval_url.to_owned();
    };
    let subject = format!("Approve Postroom for {site}");
    let body = format!("Please approve Postroom for our organisation:\r\n{approval_url}\r\n");
    let encode = |text: &str| {
        let spaced: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        // RFC 6068 knows no plus for a blank.
        spaced.replace('+', "%20")
    };
    url.set_query(Some(&format!(
        "subject={}&body={}",
        encode(&subject),
        encode(&body)
    )));
    url.to_string()
}
