//! Switches for what shall go wrong: answers made up, delayed, dropped, or dropped after the work was done.

mod drop;
mod rule;
mod silence;

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use actix_web::{
    Error, HttpMessage as _, HttpResponse, HttpResponseBuilder,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::StatusCode,
    middleware::Next,
};
use chrono::{DateTime, Utc};

pub(crate) use self::{drop::is_dropped, rule::Fault};
use crate::{
    listen::Host,
    world::{World, lock},
};

/// The faults still to come, tried in the order they were asked for.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    rules: Mutex<Vec<Fault>>,
    /// How often all were taken away.
    clears: AtomicU64,
}

impl Faults {
    /// Adds a fault behind those that wait.
    pub(crate) fn add(&self, fault: Fault, now: DateTime<Utc>) {
        lock(&self.rules).push(fault.begun(now));
    }

    /// Takes all away.
    pub(crate) fn clear(&self) {
        lock(&self.rules).clear();
        self.clears.fetch_add(1, Ordering::SeqCst);
    }

    /// How often all were taken away.
    fn clears(&self) -> u64 {
        self.clears.load(Ordering::SeqCst)
    }

    /// What waits, with the times that are left.
    pub(crate) fn list(&self, now: DateTime<Utc>) -> Vec<Fault> {
        let mut rules = lock(&self.rules);
        rules.retain(|rule| !rule.is_over(now));
        rules.clone()
    }

    /// The first fault for this request, one time less.
    fn take(
        &self,
        (host, site): (&str, Option<&str>),
        method: &str,
        target: &str,
        now: DateTime<Utc>,
    ) -> Option<Fault> {
        let mut rules = lock(&self.rules);
        rules.retain(|rule| !rule.is_over(now));
        let index = rules
            .iter()
            .position(|rule| rule.is_for(host, site, method, target))?;
        if rules[index].until.is_some() {
            return Some(rules[index].clone());
        }
        rules[index].times -= 1;
        let fault = rules[index].clone();
        if fault.times == 0 {
            rules.remove(index);
        }
        Some(fault)
    }
}

/// Middleware of the simulated hosts: lets the asked faults happen.
pub(crate) async fn inject(
    world: Arc<World>,
    listener: Host,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let mut target = request
        .uri()
        .path_and_query()
        .map_or("/", |target| target.as_str())
        .to_owned();
    if let Some(operation) = request.extensions().get::<crate::microsoft::EwsOperation>() {
        target = format!("{target} {}", operation.0);
    }
    let fault = listener.host_of(request.path()).and_then(|host| {
        let site = listener.site_of(request.path());
        let (method, now) = (request.method().as_str(), world.clock.now());
        world.faults.take((host, site), method, &target, now)
    });
    let Some(fault) = fault else {
        return next
            .call(request)
            .await
            .map(ServiceResponse::map_into_boxed_body);
    };
    tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    if fault.after_commit {
        let done = next.call(request).await?;
        let answer = match (&fault.response_code, fault.status) {
            (Some(code), _) => with_code(&world, done.request(), code, &fault),
            (None, Some(status)) => made_up(status, &fault, done.request()),
            (None, None) => drop::socket(),
        };
        return Ok(done.into_response(answer));
    }
    if fault.drop {
        return Ok(request.into_response(drop::socket()));
    }
    if let Some(silent) = fault.silent {
        let answer = silence::answer(&world, silent, &fault, request.request()).await;
        return Ok(request.into_response(answer));
    }
    if let Some(code) = &fault.response_code {
        let answer = with_code(&world, request.request(), code, &fault);
        return Ok(request.into_response(answer));
    }
    match (fault.code, fault.status) {
        (Some(code), _) => {
            let answer = crate::microsoft::login_fault(&world, request.request(), code, &fault);
            Ok(request.into_response(answer))
        }
        (None, Some(status)) => {
            let answer = made_up(status, &fault, request.request());
            Ok(request.into_response(answer))
        }
        (None, None) => next
            .call(request)
            .await
            .map(ServiceResponse::map_into_boxed_body),
    }
}

/// An answer of Graph or EWS with this code.
fn with_code(
    world: &World,
    request: &actix_web::HttpRequest,
    code: &str,
    fault: &Fault,
) -> HttpResponse {
    match request.path().starts_with("/v1.0") {
        true => crate::microsoft::graph_fault(world, request, code, fault),
        false => crate::microsoft::ews_fault(request, code, fault),
    }
}

/// An answer with the fault's status, headers and body; without a body, the usual one of the host.
fn made_up(status: u16, fault: &Fault, request: &actix_web::HttpRequest) -> HttpResponse {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = HttpResponseBuilder::new(status);
    for (name, value) in &fault.headers {
        answer.insert_header((name.as_str(), value.as_str()));
    }
    match &fault.body {
        Some(serde_json::Value::String(text)) => answer.body(text.clone()),
        Some(body) => answer.json(body),
        None if request.path().starts_with("/v1.0") => {
            answer.json(crate::microsoft::usual_error(status))
        }
        None => answer.finish(),
    }
}
