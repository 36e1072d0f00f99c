//! The envelope of an answer.

use actix_web::{HttpResponse, HttpResponseBuilder, http::StatusCode};

use super::{
    Problem,
    operation::Answer,
    read::{MESSAGES, SOAP, TYPES},
    write::{around, element, plain},
};

const ERRORS: &str = "http://schemas.microsoft.com/exchange/services/2006/errors";

/// The answers of an operation, one response message each.
pub(super) fn answers(operation: &str, empty: &str, answers: &[Answer]) -> String {
    let name = format!("m:{operation}ResponseMessage");
    let messages: String = answers
        .iter()
        .map(|answer| message(&name, empty, answer))
        .collect();
    let inner = around("m:ResponseMessages", &messages);
    format!(
        "<m:{operation}Response xmlns:m=\"{MESSAGES}\" xmlns:t=\"{TYPES}\">{inner}</m:{operation}Response>"
    )
}

/// `empty` stands where a failure has no content.
fn message(name: &str, empty: &str, answer: &Answer) -> String {
    match answer {
        Ok(content) => format!(
            "<{name} ResponseClass=\"Success\"><m:ResponseCode>NoError</m:ResponseCode>{content}</{name}>"
        ),
        Err(problem) => {
            let (class, content) = match &problem.found {
                Some(found) => ("Warning", found.as_str()),
                None => ("Error", empty),
            };
            format!(
                "<{name} ResponseClass=\"{class}\">{}{}<m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>{}{content}</{name}>",
                element("m:MessageText", &problem.text),
                element("m:ResponseCode", &problem.code),
                details("m:MessageXml", problem),
            )
        }
    }
}

/// What a program reads about a problem: how long to wait, and the error inside.
fn details(name: &str, problem: &Problem) -> String {
    let value =
        |name: &str, value: &str| format!("<t:Value Name=\"{name}\">{}</t:Value>", plain(value));
    let back_off = problem
        .back_off
        .map(|ms| value("BackOffMilliseconds", &ms.to_string()));
    let inner = problem.inner.as_ref().map(|code| {
        let text = Problem::new(code).text;
        value("InnerErrorMessageText", &text) + &value("InnerErrorResponseCode", code)
    });
    let values: String = inner.into_iter().chain(back_off).collect();
    match values.is_empty() {
        true => String::new(),
        false => around(name, &values),
    }
}

/// A SOAP fault, HTTP 500.
pub(super) fn fault(problem: &Problem) -> HttpResponse {
    let values = details("t:MessageXml", problem).replacen(
        "<t:MessageXml>",
        &format!("<t:MessageXml xmlns:t=\"{TYPES}\">"),
        1,
    );
    let body = format!(
        "<s:Fault><faultcode xmlns:a=\"{TYPES}\">a:{}</faultcode><faultstring xml:lang=\"en-US\">{}</faultstring>\
         <detail><e:ResponseCode xmlns:e=\"{ERRORS}\">{}</e:ResponseCode><e:Message xmlns:e=\"{ERRORS}\">{}</e:Message>{values}</detail></s:Fault>",
        plain(&problem.code),
        plain(&problem.text),
        plain(&problem.code),
        plain(&problem.text),
    );
    envelope(StatusCode::INTERNAL_SERVER_ERROR, &body)
}

/// The body in its envelope, with the version of the server.
pub(super) fn envelope(status: StatusCode, body: &str) -> HttpResponse {
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><s:Envelope xmlns:s=\"{SOAP}\"><s:Header>\
         <h:ServerVersionInfo MajorVersion=\"15\" MinorVersion=\"20\" MajorBuildNumber=\"7000\" MinorBuildNumber=\"1\" Version=\"V2018_01_08\" xmlns:h=\"{TYPES}\"/>\
         </s:Header><s:Body>{body}</s:Body></s:Envelope>"
    );
    HttpResponseBuilder::new(status)
        .content_type("text/xml; charset=utf-8")
        .insert_header(("cache-control", "private"))
        .body(xml)
}
