//! From the HTTP request to the answer.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use bytes::Bytes;
use roxmltree::{Document, Node};

use super::{
    Context, Problem, bearer, operation,
    read::{MESSAGES, SOAP, TYPES, attribute, elements, invalid_child, needed, sequence, text},
    reply,
};
use crate::{
    microsoft::{busy::Busy, grants::Access},
    world::World,
};

/// Requests of one application at once for a user ("EWS throttling in Exchange", EWSMaxConcurrency).
const AT_ONCE: u32 = 27;

const VERSIONS: [&str; 11] = [
    "Exchange2007",
    "Exchange2007_SP1",
    "Exchange2010",
    "Exchange2010_SP1",
    "Exchange2010_SP2",
    "Exchange2013",
    "Exchange2013_SP1",
    "Exchange2015",
    "V2_47",
    "Exchange2016",
    "V2018_01_08",
];

pub(super) async fn answer(
    world: web::Data<World>,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    let access = match admit(&world, &request) {
        Ok(access) => access,
        Err(refused) => return *refused,
    };
    let key = format!("ews {} {}", access.client_id, access.address);
    let Some(busy) = Busy::take(&world, key, AT_ONCE) else {
        return reply::fault(&Problem::new("ErrorExceededConnectionCount"));
    };
    // Long enough that calls made at once are there at once, as with the real service.
    let latency = world.options.graph_latency_ms;
    if latency > 0 {
        tokio::time::sleep(Duration::from_millis(latency)).await;
    }
    let mut answer = match respond(&world, &request, &access, &body) {
        Ok(xml) => reply::envelope(StatusCode::OK, &xml),
        Err(problem) => reply::fault(&problem),
    };
    drop(busy);
    let id = world.clock.new_id().to_string();
    if let Ok(id) = id.parse() {
        let name = actix_web::http::header::HeaderName::from_static("request-id");
        answer.headers_mut().insert(name, id);
    }
    answer
}

/// Token, the organisation's policy and the media type, in this order.
fn admit(world: &World, request: &HttpRequest) -> Result<Access, Box<HttpResponse>> {
    let access = bearer::access(world, request)?;
    let cloud = world.cloud();
    let directory = cloud
        .user(&access.address)
        .and_then(|user| cloud.directory(user.tid));
    let now = world.clock.now();
    if !directory.is_some_and(|it| it.ews.admits(&access.client_id, now)) {
        return Err(Box::new(HttpResponse::Forbidden().finish()));
    }
    let media_type = request
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next());
    if !media_type.is_some_and(|it| it.trim().eq_ignore_ascii_case("text/xml")) {
        return Err(Box::new(HttpResponse::UnsupportedMediaType().finish()));
    }
    Ok(access)
}

fn respond(
    world: &World,
    request: &HttpRequest,
    access: &Access,
    body: &[u8],
) -> Result<String, Problem> {
    let malformed = |error: &dyn std::fmt::Display| {
        Problem::schema(format_args!("The XML cannot be read: {error}"))
    };
    let xml = std::str::from_utf8(body).map_err(|error| malformed(&error))?;
    let document =
        Document::parse(xml.trim_start_matches('\u{feff}')).map_err(|error| malformed(&error))?;
    let envelope = document.root_element();
    if !envelope.has_tag_name((SOAP, "Envelope")) {
        return Err(Problem::schema("The root element is no SOAP 1.1 envelope."));
    }
    let [header, soap_body] = sequence(envelope, SOAP, ["Header", "Body"])?;
    let soap_body = needed(soap_body, envelope, "Body")?;
    let operation = needed(elements(soap_body).next(), soap_body, "operation")?;
    let name = operation.tag_name().name();
    let run = operation::find(name)
        .filter(|_| operation.tag_name().namespace() == Some(MESSAGES))
        .ok_or_else(|| invalid_child(soap_body, operation))?;
    let impersonated = header.map(read_header).transpose()?.flatten();
    let mut cloud = world.cloud();
    let mut context = Context::new(world, &mut cloud, access);
    if let Some(address) = anchor(request) {
        context.exists(&address)?;
    }
    if let Some(address) = impersonated {
        context.impersonate(address)?;
    }
    let answers = run(&mut context, operation)?;
    Ok(reply::answers(name, operation::empty(name), &answers))
}

/// `X-AnchorMailbox`, which leads the request to the server of that mailbox.
fn anchor(request: &HttpRequest) -> Option<String> {
    let value = request.headers().get("x-anchormailbox")?.to_str().ok()?;
    value.contains('@').then(|| value.trim().to_owned())
}

/// Checks the version; gives the address to impersonate.
fn read_header<'a>(header: Node<'a, '_>) -> Result<Option<&'a str>, Problem> {
    let mut impersonated = None;
    for node in elements(header).filter(|node| node.tag_name().namespace() == Some(TYPES)) {
        match node.tag_name().name() {
            "RequestServerVersion" if !VERSIONS.contains(&attribute(node, "Version")?) => {
                return Err(Problem::new("ErrorInvalidServerVersion"));
            }
            "ExchangeImpersonation" => {
                let [sid] = sequence(node, TYPES, ["ConnectingSID"])?;
                let sid = needed(sid, node, "ConnectingSID")?;
                let name = needed(elements(sid).next(), sid, "PrimarySmtpAddress")?;
                impersonated = Some(text(name));
            }
            _ => {}
        }
    }
    Ok(impersonated)
}
