//! Reading an answer's body up to a limit: the other side decides how long it is, we decide how much we keep.

use reqwest::Response;

/// Why a body was not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BodyError {
    #[error("the body is longer than {limit} bytes")]
    TooLong { limit: usize },
    #[error("the body broke off")]
    BrokeOff(#[source] reqwest::Error),
}

/// The whole body, or an error as soon as it is known to be longer than `limit` bytes.
pub(crate) async fn read(mut response: Response, limit: usize) -> Result<Vec<u8>, BodyError> {
    let declared = response.content_length().unwrap_or_default();
    if usize::try_from(declared).map_or(true, |length| length > limit) {
        return Err(BodyError::TooLong { limit });
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(BodyError::BrokeOff)? {
        if bytes.len() + chunk.len() > limit {
            return Err(BodyError::TooLong { limit });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
