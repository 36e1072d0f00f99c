//! An EWS client for unit tests, and the answers they share.

use std::time::Duration;

use chrono::{DateTime, Utc};
use postroom_clock::Clock;
use postroom_telemetry::HttpClient;
use secrecy::SecretString;
use wiremock::matchers::body_string_contains;
use wiremock::{Mock, MockBuilder, MockServer, ResponseTemplate};

use super::EwsClient;
use crate::{AccessToken, MailboxAddress, Retries};

pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-24T05:00:00Z".parse().unwrap()
}

pub(crate) fn token() -> AccessToken {
    AccessToken::from(SecretString::from("token"))
}

pub(crate) fn shared() -> MailboxAddress {
    MailboxAddress::Shared("help@contoso.example".into())
}

pub(crate) fn online(server: &MockServer) -> EwsClient {
    at(&format!("{}/EWS/Exchange.asmx", server.uri()))
}

pub(crate) fn at(url: &str) -> EwsClient {
    let http = HttpClient::new("ews", Duration::from_secs(30)).unwrap();
    EwsClient::new(http, url.parse().unwrap(), Clock::manual(now())).with_retries(Retries {
        first_delay: Duration::from_millis(1),
        ..Retries::default()
    })
}

/// Requests of one operation, such as `GetItem`.
pub(crate) fn when(operation: &str) -> MockBuilder {
    Mock::given(body_string_contains(format!("<s:Body><m:{operation}")))
}

pub(crate) fn xml(status: u16, body: String) -> ResponseTemplate {
    ResponseTemplate::new(status)
        .insert_header("request-id", "req-1")
        .set_body_raw(body, "text/xml; charset=utf-8")
}

fn envelope(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
         <s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:m=\"http://schemas.microsoft.com/exchange/services/2006/messages\" \
         xmlns:t=\"http://schemas.microsoft.com/exchange/services/2006/types\">\
         <s:Body>{body}</s:Body></s:Envelope>"
    )
}

/// A successful answer to `operation` with `inner` in its response message.
pub(crate) fn ok(operation: &str, inner: &str) -> ResponseTemplate {
    message(
        operation,
        "Success",
        &format!("<m:ResponseCode>NoError</m:ResponseCode>{inner}"),
    )
}

/// A refusal with this response code in a 200.
pub(crate) fn refusal(operation: &str, code: &str) -> ResponseTemplate {
    let inner = format!(
        "<m:MessageText>words</m:MessageText><m:ResponseCode>{code}</m:ResponseCode>\
         <m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>"
    );
    message(operation, "Error", &inner)
}

pub(crate) fn message(operation: &str, class: &str, inner: &str) -> ResponseTemplate {
    let body = format!(
        "<m:{operation}Response><m:ResponseMessages><m:{operation}ResponseMessage ResponseClass=\"{class}\">\
         {inner}</m:{operation}ResponseMessage></m:ResponseMessages></m:{operation}Response>"
    );
    xml(200, envelope(&body))
}

/// A SOAP fault as Exchange writes them; `values` go into its `MessageXml`.
pub(crate) fn fault(status: u16, code: &str, values: &str) -> ResponseTemplate {
    let body = format!(
        "<s:Fault><faultcode xmlns:a=\"http://schemas.microsoft.com/exchange/services/2006/types\">a:{code}</faultcode>\
         <faultstring xml:lang=\"en-US\">words</faultstring><detail>\
         <e:ResponseCode xmlns:e=\"http://schemas.microsoft.com/exchange/services/2006/errors\">{code}</e:ResponseCode>\
         <e:Message xmlns:e=\"http://schemas.microsoft.com/exchange/services/2006/errors\">words</e:Message>\
         <t:MessageXml>{values}</t:MessageXml></detail></s:Fault>"
    );
    xml(status, envelope(&body))
}

/// One item of an answer.
pub(crate) fn items(inner: &str) -> String {
    format!("<m:Items>{inner}</m:Items>")
}

/// The bodies that a server was sent, in order.
pub(crate) async fn bodies(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    requests
        .into_iter()
        .map(|request| String::from_utf8(request.body).unwrap())
        .collect()
}
