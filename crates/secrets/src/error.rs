use thiserror::Error;

/// Why a sealed value could not be opened. Says nothing about the value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenError {
    /// The bytes are too short, or of a version that this build does not know.
    #[error("the sealed value has an unknown format")]
    Format,
    /// The value was wrapped with a master key that the operator no longer lists.
    #[error("the master key \"{0}\" is not among the master keys")]
    UnknownMasterKey(String),
    /// Another key, another place or changed bytes: which one, cannot be known.
    #[error("the sealed value was sealed elsewhere or was changed")]
    Refused,
    /// The value is not UTF-8 where text was asked for.
    #[error("the opened value is not text")]
    NotText,
}

/// Why a list of master keys was refused. Never quotes key material.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyListError {
    /// No entry at all.
    #[error("no master key is given; expected id:base64, separated by commas")]
    Empty,
    /// The entry at this position (from 1) has no colon.
    #[error("master key number {0} is not of the form id:base64")]
    Shape(usize),
    /// The id of the entry at this position (from 1) is not 1 to 32 letters, digits, `-` or `_`.
    #[error("the id of master key number {0} must be 1 to 32 letters, digits, '-' or '_'")]
    Id(usize),
    /// The key is not base64 of 32 bytes.
    #[error("master key \"{0}\" is not base64 of exactly 32 bytes")]
    Key(String),
    /// Two entries have the same id, so that nobody could tell which one sealed.
    #[error("master key \"{0}\" is listed twice")]
    Twice(String),
}
