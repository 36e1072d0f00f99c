use actix_web::{HttpRequest, HttpResponse, post, web};
use postroom_registry::sign_in::{Asked, SignInState};
use serde::Deserialize;

use super::{
    browser,
    departure::{Manner, depart},
    ending::{Ending, Stop, answer},
    opened::Opened,
};
use crate::{Api, Problem};

/// What our forms carry.
#[derive(Deserialize)]
pub(crate) struct Form {
    pub(super) ticket: String,
    pub(super) csrf: String,
}

/// The person wants to sign in once more: as somebody else, or because it failed, or because it was approved. What the
/// sign-in brought before is void.
#[post("/microsoft/again")]
pub(crate) async fn sign_in_again(
    api: web::Data<Api>,
    request: HttpRequest,
    form: web::Form<Form>,
) -> Result<HttpResponse, Problem> {
    answer(again(&api, &request, &form).await)
}

async fn again(api: &Api, request: &HttpRequest, form: &Form) -> Result<HttpResponse, Stop> {
    let opened = Opened::by_ticket(api, &form.ticket).await?;
    let secret = browser::recognise(request, &opened.row)?;
    browser::our_form(&secret, form)?;
    if !may_begin_anew(opened.row.state, opened.row.asked) {
        return Err(Ending::CannotBeUsed.into());
    }
    let departed = depart(api, opened, Some(secret), &Manner::Choose).await?;
    Ok(departed.page())
}

/// A panel that was told of a failure begins anew by itself; an owner has their link only.
pub(super) fn may_begin_anew(state: SignInState, asked: Asked) -> bool {
    match state {
        SignInState::Started | SignInState::WaitingForApproval | SignInState::Authorized => true,
        SignInState::Failed => asked == Asked::Owner,
        SignInState::Confirmed | SignInState::Connected => false,
    }
}
