use bytes::{Bytes, BytesMut};
use postroom_telemetry::SendError;
use reqwest::Response;

/// Reads a body and stops once it is longer than `limit`: a sender decides how large a mail is, not memory.
pub(crate) async fn read_body(mut response: Response, limit: u64) -> Result<Bytes, BodyError> {
    if response
        .content_length()
        .is_some_and(|length| length > limit)
    {
        return Err(BodyError::TooLarge);
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if (body.len() + chunk.len()) as u64 > limit {
            return Err(BodyError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

#[derive(Debug)]
pub(crate) enum BodyError {
    TooLarge,
    Broken(SendError),
}

/// The URL goes: it may carry an address.
fn broken(error: reqwest::Error) -> BodyError {
    BodyError::Broken(SendError::NoAnswer(error.without_url()))
}
