//! The name of the operation before anybody answers: requests are remembered, and faults chosen, by it.

use actix_web::{HttpMessage as _, dev::ServiceRequest};
use bytes::Bytes;

use super::read::{SOAP, elements};

/// Name of the operation in a request, for the request log and the faults.
#[derive(Clone, Debug)]
pub(crate) struct Operation(pub(crate) String);

/// Reads the body, notes the operation with the request, and puts the body back.
pub(crate) async fn peek(request: &mut ServiceRequest) -> actix_web::Result<Option<String>> {
    let body: Bytes = request.extract::<Bytes>().await?;
    let name = operation(&body);
    request.set_payload(actix_web::dev::Payload::from(body));
    if let Some(name) = &name {
        request.extensions_mut().insert(Operation(name.clone()));
    }
    Ok(name)
}

/// Name of the first element in the SOAP body.
pub(super) fn operation(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let document = roxmltree::Document::parse(text).ok()?;
    let soap_body =
        elements(document.root_element()).find(|node| node.has_tag_name((SOAP, "Body")))?;
    let first = elements(soap_body).next()?;
    Some(first.tag_name().name().to_owned())
}
