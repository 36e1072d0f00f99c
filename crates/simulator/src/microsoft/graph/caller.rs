//! Who calls, on which mailbox, and with what rights.

use std::{collections::HashMap, future::Future, pin::Pin, time::Duration};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::AUTHORIZATION, web};
use chrono::{DateTime, Utc};
use percent_encoding::percent_decode_str;
use url::form_urlencoded;

use super::{error::GraphError, prefer::Prefer};
use crate::{
    microsoft::{
        busy::Busy,
        grants::Access,
        national::National,
        public_base,
        scopes::{Resource, Scopes},
    },
    world::World,
};

/// Requests of one application at once for a mailbox ("Microsoft Graph service-specific throttling limits").
const AT_ONCE: u32 = 4;

/// A caller whose token is good, and the user whose data is asked for.
pub(super) struct Caller {
    pub(super) world: web::Data<World>,
    pub(super) request: HttpRequest,
    pub(super) base: String,
    pub(super) prefer: Prefer,
    /// Address of who signed in.
    pub(super) user: String,
    pub(super) client_id: String,
    pub(super) scopes: Scopes,
    /// When the token ends.
    pub(super) expires: DateTime<Utc>,
    /// Address of the mailbox in the path.
    pub(super) mailbox: String,
    _busy: Busy,
}

/// What an operation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Right {
    Read,
    Write,
    Send,
}

impl Right {
    fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Read => &["Mail.Read", "Mail.ReadWrite"],
            Self::Write => &["Mail.ReadWrite"],
            Self::Send => &["Mail.Send"],
        }
    }
}

impl Caller {
    pub(super) fn is_own(&self) -> bool {
        self.user.eq_ignore_ascii_case(&self.mailbox)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.scopes.iter().any(|scope| scope.name == name)
    }

    /// Whether the token's scopes allow it: a foreign mailbox needs the `.Shared` one.
    fn scope_allows(&self, right: Right) -> bool {
        let shared = |name: &&str| self.has(&format!("{name}.Shared"));
        right
            .scopes()
            .iter()
            .any(|name| (self.is_own() && self.has(name)) || shared(name))
    }

    /// Checks scope, licence and Exchange's own permission.
    pub(super) fn may(&self, right: Right) -> Result<(), GraphError> {
        if !self.scope_allows(right) {
            return Err(GraphError::access_denied());
        }
        self.is_licensed()?;
        let cloud = self.world.cloud();
        if !cloud.may_use(&self.user, &self.mailbox, right == Right::Send) {
            let denied = if right == Right::Send {
                GraphError::send_as_denied()
            } else {
                GraphError::access_denied()
            };
            return Err(denied);
        }
        Ok(())
    }

    /// Whether there is a mailbox at all.
    pub(super) fn is_licensed(&self) -> Result<(), GraphError> {
        let cloud = self.world.cloud();
        match cloud.user(&self.mailbox).is_some_and(|user| user.licensed) {
            true => Ok(()),
            false => Err(GraphError::no_mailbox()),
        }
    }

    /// A part of the path, decoded; empty when the route has none of that name.
    pub(super) fn part(&self, name: &str) -> String {
        part(&self.request, name).unwrap_or_default()
    }

    /// The query options.
    pub(super) fn query(&self) -> HashMap<String, String> {
        form_urlencoded::parse(self.request.query_string().as_bytes())
            .into_owned()
            .collect()
    }

    /// `{base}/v1.0` and the path of this request, for links.
    pub(super) fn here(&self) -> String {
        format!("{}{}", self.base, self.request.path())
    }
}

fn part(request: &HttpRequest, name: &str) -> Option<String> {
    // The router leaves %2F, %2B and %25 as they are.
    let raw = request.match_info().get(name)?;
    Some(percent_decode_str(raw).decode_utf8_lossy().into_owned())
}

impl FromRequest for Caller {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let world = request.app_data::<web::Data<World>>().cloned();
            let world =
                world.ok_or_else(|| actix_web::error::ErrorInternalServerError("no world"))?;
            let caller = admit(world, request)?;
            // Long enough that calls made at once are there at once, as with the real service.
            let latency = caller.world.options.graph_latency_ms;
            if latency > 0 {
                tokio::time::sleep(Duration::from_millis(latency)).await;
            }
            Ok(caller)
        })
    }
}

fn admit(world: web::Data<World>, request: HttpRequest) -> Result<Caller, GraphError> {
    let base = public_base(&world, &request);
    let access = bearer(&world, &request, &base)?;
    let mailbox = match part(&request, "user") {
        None => access.address.clone(),
        Some(name) => {
            let cloud = world.cloud();
            let user = cloud
                .user(&name)
                .ok_or_else(|| GraphError::invalid_user(&name))?;
            user.address.clone()
        }
    };
    let key = format!("{} {mailbox}", access.client_id);
    let busy = Busy::take(&world, key, AT_ONCE).ok_or_else(GraphError::too_many_at_once)?;
    let prefer = Prefer::read(request.headers());
    let Access {
        address,
        client_id,
        scopes,
        expires,
        ..
    } = access;
    Ok(Caller {
        world,
        request,
        base,
        prefer,
        user: address,
        client_id,
        scopes,
        expires,
        mailbox,
        _busy: busy,
    })
}

/// The access that the bearer token gives: for Graph, not expired, of a user who is still there.
fn bearer(world: &World, request: &HttpRequest, base: &str) -> Result<Access, GraphError> {
    let header = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let token = header
        .strip_prefix("Bearer ")
        .or_else(|| header.strip_prefix("bearer "))
        .unwrap_or_default()
        .trim();
    let refuse = |text| Err(GraphError::unauthorized(text, base));
    if token.is_empty() {
        return refuse("Access token is empty.");
    }
    let cloud = world.cloud();
    match cloud.grants.access(token) {
        None => refuse("CompactToken parsing failed with error code: 80049217"),
        Some(access)
            if access.resource != Resource::Graph || access.cloud != National::of(request) =>
        {
            refuse("Access token validation failure. Invalid audience.")
        }
        Some(access) if access.expires <= world.clock.now() => {
            refuse("Lifetime validation failed, the token is expired.")
        }
        Some(access) if cloud.user(&access.address).is_none_or(|user| user.disabled) => {
            refuse("User account is disabled.")
        }
        Some(access) => Ok(access.clone()),
    }
}
