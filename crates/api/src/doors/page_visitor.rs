use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use postroom_atlassian::connect::{UnverifiedToken, verify_page};

use super::{
    Site,
    knock::{self, AtWork, Entering},
};
use crate::{Api, Problem};

/// Proof that Jira itself opened the page, in a frame of this site.
#[derive(Debug)]
pub(crate) struct PageVisitor {
    /// The site that frames the page.
    pub(crate) site: Site,
}

impl FromRequest for PageVisitor {
    type Error = Problem;
    type Future = Entering<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        knock::enter(request, payload, Self::enter)
    }
}

impl PageVisitor {
    async fn enter(api: Api, request: HttpRequest, _: Payload) -> Result<Self, Problem> {
        let in_query = query_token(&request)?;
        let token = match (
            &in_query,
            request.headers().contains_key(header::AUTHORIZATION),
        ) {
            (Some(_), true) => return Err(Problem::unauthorized("two tokens came at once")),
            (Some(raw), false) => UnverifiedToken::parse(raw),
            (None, _) => UnverifiedToken::from_authorization(knock::authorization(&request)?),
        }
        .map_err(knock::refused)?;
        let (canonical, now) = (knock::canonical(&api, &request), api.clock().now());
        let (known, page) = knock::proved(&api, &token, AtWork::Needed, |secrets| {
            verify_page(&token, secrets, &canonical, now)
        })
        .await?;
        knock::note(known.tenant, page.account_id.as_deref());
        api.shared().counters.count_told(known.tenant)?;
        Ok(Self {
            site: known.site.clone(),
        })
    }
}

/// The one parameter `jwt`.
fn query_token(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let query = request.uri().query().unwrap_or_default();
    let mut tokens = url::form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| name == "jwt")
        .map(|(_, value)| value.into_owned());
    match (tokens.next(), tokens.next()) {
        (_, Some(_)) => Err(Problem::unauthorized("two tokens came at once")),
        (token, None) => Ok(token),
    }
}
