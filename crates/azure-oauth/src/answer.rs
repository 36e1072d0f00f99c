use bytes::Bytes;
use postroom_telemetry::{ReadError, SendError, read_limited};
use reqwest::Response;

use crate::OAuthError;

/// A key set, or a token with its long refresh token, is far shorter.
const LONGEST: usize = 1024 * 1024;

/// The body of an answer; one without end is none of the protocol.
pub(crate) async fn read_whole(response: Response) -> Result<Bytes, OAuthError> {
    let status = response.status().as_u16();
    read_limited(response, LONGEST)
        .await
        .map_err(|error| match error {
            ReadError::TooLarge { .. } => OAuthError::Garbled { status },
            ReadError::BrokeOff(source) => OAuthError::Unreachable(SendError::NoAnswer(source)),
        })
}
