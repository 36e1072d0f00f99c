//! How much one tenant and one address may ask, and how long a sender may take.

mod address;
mod gate;

use std::{net::IpAddr, time::Duration};

use actix_web::{
    Error, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web,
};
use ipnet::IpNet;
use postroom_registry::TenantId;

use crate::{Api, Problem};
use gate::Gate;

/// What the public listener puts up with.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Panel calls of one tenant in a second, steadily; four times as many at once after a rest. What its site itself
    /// calls (webhooks, pages, Forge's events) has four times this rate. 0: no limit.
    pub tenant_per_second: u32,
    /// Requests of one address (of one /64 network for IPv6) in a second; bursts as above. 0: no limit.
    pub address_per_second: u32,
    /// Senders whose address is not counted: Atlassian's own network calls for every site from few addresses. What each
    /// tenant sends from there is counted all the same.
    pub unlimited_networks: Vec<IpNet>,
    /// Proxies of ours, whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// How long a body may take to arrive whole.
    pub slowest_body: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tenant_per_second: 50,
            address_per_second: 200,
            unlimited_networks: Vec::new(),
            trusted_proxies: Vec::new(),
            slowest_body: Duration::from_secs(10),
        }
    }
}

/// A bulk change in Jira tells of more than people click.
const TOLD_FOR_EACH_CALL: u32 = 4;

/// Who asked how much lately, in this process.
#[derive(Debug)]
pub(crate) struct Counters {
    tenants: Gate<TenantId>,
    told: Gate<TenantId>,
    addresses: Gate<IpAddr>,
}

impl Counters {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            tenants: Gate::new(limits.tenant_per_second),
            told: Gate::new(limits.tenant_per_second.saturating_mul(TOLD_FOR_EACH_CALL)),
            addresses: Gate::new(limits.address_per_second),
        }
    }

    /// One more panel call of a tenant.
    ///
    /// # Errors
    /// `too_many_requests`.
    pub(crate) fn count(&self, tenant: TenantId) -> Result<(), Problem> {
        self.tenants
            .pass(&tenant)
            .map_err(|wait| Problem::too_many_requests(wait, "the tenant asks too often"))
    }

    /// One more call that a tenant's site itself made.
    ///
    /// # Errors
    /// `too_many_requests`.
    pub(crate) fn count_told(&self, tenant: TenantId) -> Result<(), Problem> {
        self.told
            .pass(&tenant)
            .map_err(|wait| Problem::too_many_requests(wait, "the site tells too much"))
    }
}

/// The network of the sender, as the address limit counts it.
pub(crate) fn network_of(api: &Api, request: &HttpRequest) -> IpAddr {
    address::network(address::of(request, &api.limits.trusted_proxies))
}

/// Lets through what the sender's address may still ask.
pub(crate) async fn by_address(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let passed = request.app_data::<web::Data<Api>>().map(|api| {
        let sender = address::of(request.request(), &api.limits.trusted_proxies);
        let unlimited = &api.limits.unlimited_networks;
        match unlimited.iter().any(|net| net.contains(&sender)) {
            true => Ok(()),
            false => {
                let network = address::network(sender);
                api.shared().counters.addresses.pass(&network)
            }
        }
    });
    match passed {
        Some(Err(wait)) => Ok(request.error_response(Problem::too_many_requests(
            wait,
            "the address asks too often",
        ))),
        _ => Ok(next.call(request).await?.map_into_boxed_body()),
    }
}
