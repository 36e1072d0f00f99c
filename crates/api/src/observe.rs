//! What every request gets: a root span, an id, one place where its problem becomes an answer, its headers and a
//! metric.

use std::time::Instant;

use actix_web::{
    Error, HttpMessage as _, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        ConnectionType, Method,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};
use opentelemetry::{global, propagation::Extractor};
use tracing::{Span, field::Empty};
use tracing_actix_web::{RequestId, RootSpanBuilder};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use crate::{Api, Problem, pages};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The span of a request. Path and query are not in it: they carry tokens and addresses; the route's template is.
#[derive(Debug)]
pub(crate) struct RootSpan;

impl RootSpanBuilder for RootSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let method = method(request.method());
        let route = request.match_pattern().unwrap_or_else(|| "none".to_owned());
        let span = tracing::info_span!(
            "request",
            otel.name = format_args!("{method} {route}"),
            otel.kind = "server",
            http.request.method = method,
            http.route = route,
            http.response.status_code = Empty,
            request_id = request_id(request),
            tenant = Empty,
            account = Empty,
        );
        if is_of_our_proxy(request) {
            let parent = global::get_text_map_propagator(|propagator| {
                propagator.extract(&Headers(request.headers()))
            });
            // Without a subscriber for traces there is nothing to attach to.
            let _ = span.set_parent(parent);
        }
        span
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        span.record("http.response.status_code", status.as_u16());
    }
}

/// Whether what the request says of its trace is worth something. A stranger could put our spans into any trace, and
/// decide which of them are kept.
fn is_of_our_proxy(request: &ServiceRequest) -> bool {
    let api = request.app_data::<web::Data<Api>>();
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    api.zip(peer).is_some_and(|(api, peer)| {
        let trusted = &api.limits.trusted_proxies;
        trusted.iter().any(|net| net.contains(&peer))
    })
}

/// The method as metrics and spans name it. A stranger can make methods up without end, and each would be a series of
/// its own (*Semantic conventions for HTTP metrics*, OpenTelemetry).
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::TRACE => "TRACE",
        Method::CONNECT => "CONNECT",
        _ => "_OTHER",
    }
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(HeaderName::as_str).collect()
    }
}

fn request_id(request: &ServiceRequest) -> String {
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(ToString::to_string);
    id.unwrap_or_default()
}

/// Answers a request: what is a [`Problem`] gets its body, everything gets its headers and is measured.
pub(crate) async fn answer(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let id = request_id(&request);
    let method = method(request.method());
    let api = request.app_data::<web::Data<Api>>().cloned();
    let page = wants_page(&request);
    let mut response = match next.call(request).await {
        Ok(response) => response.map_into_boxed_body(),
        Err(error) => return Err(error),
    };
    if let Some(body) = response.response().error().and_then(|error| {
        let problem = error.as_error::<Problem>()?;
        problem.log();
        Some(problem_response(problem, &id, page))
    }) {
        response = response.into_response(body);
    }
    let https = api.as_ref().is_some_and(|api| api.is_https());
    add_headers(response.headers_mut(), &id, https);
    if let Some(api) = api {
        let route = response
            .request()
            .match_pattern()
            .unwrap_or_else(|| "none".to_owned());
        let status = response.status();
        let labels = [route.as_str(), method, status.as_str()];
        api.metrics
            .http_server_duration
            .record(started.elapsed(), labels);
    }
    Ok(response)
}

fn problem_response(problem: &Problem, id: &str, page: bool) -> HttpResponse {
    use actix_web::ResponseError as _;
    let (status, body) = (problem.status_code(), problem.body(id));
    let mut answer = match page {
        true => pages::problem_page(status, &body),
        false => HttpResponse::build(status).json(body),
    };
    if let Some(seconds) = problem.retry_after() {
        answer
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        // Who is sent away does not keep a connection from those who are not.
        answer.head_mut().set_connection_type(ConnectionType::Close);
    }
    answer
}

/// A browser that opens a page says so; scripts and Jira do not.
fn wants_page(request: &ServiceRequest) -> bool {
    let accept = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// The headers of *Security requirements for cloud apps* (Atlassian), where the route has not set its own.
fn add_headers(headers: &mut HeaderMap, id: &str, https: bool) {
    let mut default = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(header::REFERRER_POLICY, "same-origin");
    // What is no page runs nothing and is framed by nobody; pages bring their own.
    let nothing = "default-src 'none'; frame-ancestors 'none'";
    default(header::CONTENT_SECURITY_POLICY, nothing);
    default(header::CACHE_CONTROL, "no-cache, no-store");
    if https {
        default(
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        );
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
}
