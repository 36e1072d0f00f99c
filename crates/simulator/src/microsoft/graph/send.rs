//! `POST /sendMail` ("user: sendMail"): JSON, or MIME in base64.

pub(super) mod json;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use bytes::Bytes;
use mail_parser::MessageParser;

use super::{
    caller::{Caller, Right},
    error::GraphError,
};
use crate::microsoft::mailbox::{Outgoing, people, post, recipients};

/// Largest request.
const MOST: usize = 4 * 1024 * 1024;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

pub(super) async fn mail(caller: Caller, body: Bytes) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Send)?;
    small(&body)?;
    let now = caller.world.clock.now();
    let (raw, save_copy) = match content_type(&caller.request).as_str() {
        "text/plain" => (mime(&body)?, true),
        "application/json" => json::message(&caller, &body, now)?,
        other => {
            let text =
                format!("Unsupported content type '{other}'. Use application/json or text/plain.");
            return Err(GraphError::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "UnsupportedMediaType",
                text,
            ));
        }
    };
    may_go(&caller, &raw)?;
    let id = caller.world.clock.new_id();
    let outgoing = Outgoing {
        mailbox: caller.mailbox.clone(),
        raw,
        save_copy,
        at: now,
        id,
    };
    post(&mut caller.world.cloud(), outgoing);
    Ok(HttpResponse::Accepted().finish())
}

/// No request is larger than 4 MB, however small the message in it is.
pub(super) fn small(body: &[u8]) -> Result<(), GraphError> {
    if body.len() <= MOST {
        return Ok(());
    }
    let text = "The maximum request length supported is 4MB.";
    Err(GraphError::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "BadRequest",
        text,
    ))
}

/// Sender and recipients.
pub(super) fn may_go(caller: &Caller, raw: &[u8]) -> Result<(), GraphError> {
    check_sender(caller, raw)?;
    if recipients(raw).is_empty() {
        let text = "At least one recipient is not valid.";
        return Err(GraphError::new(
            StatusCode::BAD_REQUEST,
            "ErrorInvalidRecipients",
            text,
        ));
    }
    Ok(())
}

pub(super) fn content_type(request: &HttpRequest) -> String {
    let header = request
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    header
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The message of a MIME body; line breaks in the base64 are fine.
pub(super) fn mime(body: &[u8]) -> Result<Vec<u8>, GraphError> {
    let wrong = || {
        let text = "Invalid base64 string for MIME content.";
        GraphError::new(
            StatusCode::BAD_REQUEST,
            "ErrorMimeContentInvalidBase64String",
            text,
        )
    };
    let packed: Vec<u8> = body
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let raw = BASE64.decode(packed).map_err(|_| wrong())?;
    if raw.is_empty() {
        return Err(wrong());
    }
    Ok(raw)
}

/// From must be the mailbox itself, or one that the caller may send as.
fn check_sender(caller: &Caller, raw: &[u8]) -> Result<(), GraphError> {
    let Some(message) = MessageParser::default().parse(raw) else {
        return Err(GraphError::bad_request(
            "The MIME content is not a message.",
        ));
    };
    let from = people(message.from());
    let cloud = caller.world.cloud();
    let allowed = |address: &str| {
        address.eq_ignore_ascii_case(&caller.mailbox)
            || (caller.has("Mail.Send.Shared") && cloud.may_use(&caller.user, address, true))
    };
    if from.iter().all(|person| allowed(&person.address)) {
        Ok(())
    } else {
        Err(GraphError::send_as_denied())
    }
}
