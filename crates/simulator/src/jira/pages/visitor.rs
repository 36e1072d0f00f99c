//! Who looks at a page: the user that the browser chose, or the first administrator.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};

use crate::jira::{error::JiraError, gate::SESSION_COOKIE, model::people::User, site::Site};

/// The current user of a browser.
#[derive(Clone, Debug)]
pub(super) struct Visitor {
    pub(super) account_id: String,
    pub(super) name: String,
    pub(super) time_zone: String,
    pub(super) admin: bool,
}

impl Visitor {
    fn of(request: &HttpRequest) -> Option<Self> {
        let site = request.app_data::<web::Data<Site>>()?;
        let chosen = request.cookie(SESSION_COOKIE);
        let state = site.state();
        let chosen = chosen
            .and_then(|cookie| state.user(cookie.value()))
            .filter(|user| user.account_type != "app");
        let user = chosen.or_else(|| state.users.iter().find(|user| user.admin))?;
        Some(Self::from(user))
    }
}

impl From<&User> for Visitor {
    fn from(user: &User) -> Self {
        Self {
            account_id: user.account_id.clone(),
            name: user.display_name.clone(),
            time_zone: user.time_zone.clone(),
            admin: user.admin,
        }
    }
}

impl FromRequest for Visitor {
    type Error = JiraError;
    type Future = Ready<Result<Self, JiraError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request).ok_or_else(JiraError::anonymous))
    }
}
