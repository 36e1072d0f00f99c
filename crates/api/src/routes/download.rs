//! A file in a JSON answer.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Serialize;
use utoipa::ToSchema;

use crate::Problem;

/// The longest file: in base64 it stays below the 5 MB that Forge carries (*Forge Remote essentials*, Atlassian).
pub(super) const LONGEST: usize = 3_000_000;

/// A file.
#[derive(Serialize, ToSchema)]
pub(crate) struct Download {
    /// What to save it as.
    name: String,
    media_type: String,
    /// Its bytes, in base64.
    content_base64: String,
}

impl Download {
    /// A file of these bytes; `way_out` says what to do when it is too large.
    ///
    /// # Errors
    /// `too_large_here`.
    pub(crate) fn new(
        name: String,
        media_type: &str,
        content: &[u8],
        way_out: &'static str,
    ) -> Result<Self, Problem> {
        if content.len() > LONGEST {
            return Err(Problem::too_large_here(way_out));
        }
        Ok(Self {
            name,
            media_type: media_type.to_owned(),
            content_base64: STANDARD.encode(content),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_forge_would_not_carry_is_told_before() {
        let made =
            |bytes: usize| Download::new("x".into(), "text/plain", &vec![b'x'; bytes], "Do this.");
        let longest = made(LONGEST).unwrap();
        assert!(serde_json::to_vec(&longest).unwrap().len() < 5_000_000);
        assert!(made(LONGEST + 1).is_err());
    }
}
