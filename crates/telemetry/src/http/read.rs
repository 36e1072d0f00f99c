use bytes::{Bytes, BytesMut};
use reqwest::Response;
use thiserror::Error;

/// Why the body of an answer could not be read whole.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The body is longer than the caller is ready to hold.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// What the caller allowed, in bytes.
        limit: usize,
    },
    /// The connection broke while the body came.
    #[error("the answer broke off")]
    BrokeOff(#[source] reqwest::Error),
}

/// Reads the body, and never more of it than `max_bytes`: a host that answers without end must not take
/// this process's memory.
///
/// # Errors
/// [`ReadError::TooLarge`] as soon as the length is known to be too great, [`ReadError::BrokeOff`] when the
/// connection ends early or the client's timeout passes.
pub async fn read_limited(mut response: Response, max_bytes: usize) -> Result<Bytes, ReadError> {
    let too_large = ReadError::TooLarge { limit: max_bytes };
    let announced = response.content_length().unwrap_or_default();
    let announced = usize::try_from(announced).unwrap_or(usize::MAX);
    if announced > max_bytes {
        return Err(too_large);
    }
    let mut body = BytesMut::with_capacity(announced);
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| ReadError::BrokeOff(error.without_url()))?
    {
        if body.len() + chunk.len() > max_bytes {
            return Err(too_large);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}
