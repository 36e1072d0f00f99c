use actix_web::{HttpRequest, HttpResponse, get, web};
use postroom_registry::sign_in::{Asked, SignInState};

use super::{
    browser,
    departure::{Manner, depart},
    ending::{Ending, Stop, answer},
    opened::Opened,
    waiting,
};
use crate::{Api, Problem};

/// Opens the window: sends the browser to Microsoft, with a cookie by which it is known again. A reload begins anew.
#[get("/microsoft/sign-in/{ticket}")]
pub(crate) async fn open_window(
    api: web::Data<Api>,
    request: HttpRequest,
    ticket: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    answer(open(&api, &request, &ticket).await)
}

async fn open(api: &Api, request: &HttpRequest, ticket: &str) -> Result<HttpResponse, Stop> {
    let opened = Opened::by_ticket(api, ticket).await?;
    // The owner's link has a page of its own, that says what is asked before anything happens.
    if opened.row.asked != Asked::Me {
        return Err(Ending::CannotBeUsed.into());
    }
    match opened.row.state {
        SignInState::Started => {}
        SignInState::WaitingForApproval if browser::recognise(request, &opened.row).is_ok() => {
            return Ok(waiting::redirect(api, ticket));
        }
        SignInState::WaitingForApproval => {}
        _ => return Err(Ending::CannotBeUsed.into()),
    }
    Ok(depart(api, opened, None, &Manner::Choose).await?.redirect())
}
