//! `POST /{tenant}/oauth2/v2.0/token`.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use rand::RngExt as _;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::{client, consent::client_info, id_token, redeem, refresh, refusal::Refusal};
use crate::{
    microsoft::{
        cloud::Cloud,
        grants::{Access, Holder, Refresh},
        national::National,
        scopes::{Asked, Resource, Scope, Scopes},
    },
    world::World,
};

/// The parameters of a token request.
pub(super) type Form = HashMap<String, String>;

/// A token request as far as every grant needs it.
pub(super) struct Ask<'a> {
    pub(super) world: &'a World,
    pub(super) base: String,
    pub(super) segment: &'a str,
    pub(super) form: &'a Form,
    pub(super) client_id: String,
    /// The cloud that is asked.
    pub(super) national: National,
}

impl Ask<'_> {
    pub(super) fn required(&self, name: &str) -> Result<&str, Refusal> {
        let value = self
            .form
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty());
        value.ok_or_else(|| Refusal::missing(name))
    }
}

pub(super) async fn answer(
    world: web::Data<World>,
    request: HttpRequest,
    segment: web::Path<String>,
    body: Bytes,
) -> HttpResponse {
    match grant(&world, &request, &segment, &body) {
        Ok(body) => HttpResponse::Ok()
            .insert_header(("cache-control", "no-store, no-cache"))
            .insert_header(("pragma", "no-cache"))
            .json(body),
        Err(refusal) => refusal.json(&world, &request),
    }
}

fn grant(
    world: &World,
    request: &HttpRequest,
    segment: &str,
    body: &[u8],
) -> Result<Value, Refusal> {
    let form: Form = form_urlencoded::parse(body).into_owned().collect();
    let mut cloud = world.cloud();
    let national = National::of(request);
    cloud.knows_segment(segment, national)?;
    let grant_type = form
        .get("grant_type")
        .ok_or_else(|| Refusal::missing("grant_type"))?;
    let base = crate::microsoft::public_base(world, request);
    let place = client::Place {
        base: &base,
        segment,
        now: world.clock.now(),
    };
    let client_id = client::authenticate(&cloud, request, &form, &place)?;
    let ask = Ask {
        world,
        base,
        segment,
        form: &form,
        client_id,
        national,
    };
    match grant_type.as_str() {
        "authorization_code" => redeem::code(&mut cloud, &ask),
        "refresh_token" => refresh::token(&mut cloud, &ask),
        other => Err(Refusal::saying(
            70_003,
            format!("The app requested an unsupported grant type '{other}'."),
        )),
    }
}

/// What a grant gives.
pub(super) struct Given {
    pub(super) holder: Holder,
    /// Scopes of the sign-in, for the next refresh.
    pub(super) scope: String,
    /// Scopes of this request.
    pub(super) asked: Asked,
    pub(super) nonce: Option<String>,
    pub(super) with_refresh: bool,
    /// The sign-in it comes from: its family of tokens, when it was, and whether with multifactor authentication.
    pub(super) family: u64,
    pub(super) signed_in: DateTime<Utc>,
    pub(super) mfa: bool,
}

/// Makes the tokens and the answer.
pub(super) fn tokens(cloud: &mut Cloud, ask: &Ask<'_>, given: &Given) -> Result<Value, Refusal> {
    let Given { holder, asked, .. } = given;
    if holder.cloud != ask.national {
        return Err(Refusal::new(holder.cloud.elsewhere()));
    }
    let resources = asked.resources();
    if resources.len() > 1 {
        return Err(Refusal::new(700_022));
    }
    let resource = resources.first().copied().unwrap_or(Resource::Graph);
    let consented = cloud
        .grants
        .consented(holder.tid, holder.oid, &holder.client_id);
    let scopes = granted(asked, resource, &consented)?;
    let now = ask.world.clock.now();
    // "A random value ranging between 60-90 minutes" (Configurable token lifetimes).
    let expires_in: i64 = rand::rng().random_range(3600..5400);
    let access_token = cloud.grants.add_access(
        Access {
            address: holder.address.clone(),
            client_id: holder.client_id.clone(),
            cloud: holder.cloud,
            resource,
            scopes: scopes.clone(),
            expires: now + TimeDelta::seconds(expires_in),
        },
        now,
    );
    let mut body = json!({
        "token_type": "Bearer",
        "scope": spelled(&scopes, asked.spelled_out),
        "expires_in": expires_in,
        "ext_expires_in": expires_in,
        "access_token": access_token,
    });
    if given.with_refresh {
        let refresh = Refresh {
            holder: holder.clone(),
            scope: given.scope.clone(),
            issued: now,
            used: now,
            family: given.family,
            signed_in: given.signed_in,
            mfa: given.mfa,
        };
        body["refresh_token"] = cloud.grants.add_refresh(refresh).into();
    }
    if asked.has("openid") {
        body["id_token"] = id_token::make(cloud, ask, given)?.into();
    }
    if ask
        .form
        .get("client_info")
        .is_some_and(|wanted| wanted == "1")
    {
        body["client_info"] = client_info(holder.oid, holder.tid).into();
    }
    Ok(body)
}

/// All consented scopes of the resource: a token carries also those that this request did not name.
fn granted(asked: &Asked, resource: Resource, consented: &Scopes) -> Result<Scopes, Refusal> {
    if !asked.scopes.is_subset(consented) {
        return Err(Refusal::new(65_001));
    }
    let openid =
        |scope: &Scope| scope.resource == Resource::OpenId && scope.name != "offline_access";
    let carried = consented
        .iter()
        .filter(|scope| scope.resource == resource || openid(scope));
    Ok(carried.cloned().collect())
}

/// The `scope` of the answer, with or without the resource as the request had it.
fn spelled(scopes: &Scopes, spelled_out: bool) -> String {
    let spell = |scope: &Scope| match scope.resource {
        Resource::Graph if !spelled_out => scope.name.to_owned(),
        _ => scope.to_string(),
    };
    scopes.iter().map(spell).collect::<Vec<_>>().join(" ")
}
