use postroom_telemetry::SendError;

/// Why there is no key for a token.
#[derive(Debug, thiserror::Error)]
pub enum JwksError {
    /// The key id has a shape that no key id has.
    #[error("the key id has a shape that no key has")]
    BadKeyId,
    /// The key set does not have this key, or was asked for it less than a minute ago and did not.
    #[error("the key set does not have this key")]
    Unknown,
    /// Too many unknown keys were asked for lately; the same call may succeed in a few seconds.
    #[error("the key set was asked too often lately")]
    Busy,
    /// The key set failed a moment ago and is not asked again yet; the same call may succeed later.
    #[error("the key set failed a moment ago")]
    Resting,
    /// The key set took too long; the same call may succeed later.
    #[error("the key set did not answer in time")]
    TooSlow,
    /// The key set could not be asked; the same call may succeed later.
    #[error("the key set could not be reached")]
    Unreachable(#[source] SendError),
    /// The answer is no key set with keys of our kind; the same call may succeed later.
    #[error("the answer (status {status}) is not a key set")]
    Unreadable {
        /// HTTP status.
        status: u16,
    },
}

impl JwksError {
    /// Nobody knows yet whether the key is good: answer 503, not 401.
    pub fn is_transient(&self) -> bool {
        !matches!(self, Self::BadKeyId | Self::Unknown)
    }
}
