//! The AADSTS errors of Entra ID: number, OAuth error, HTTP status and text ("Microsoft Entra authentication and
//! authorization error codes").

use std::{collections::HashMap, sync::LazyLock};

/// One error a line, its parts between bars.
const CODES: &str = include_str!("aadsts/codes.txt");

static KINDS: LazyLock<HashMap<u32, Kind>> =
    LazyLock::new(|| CODES.lines().filter_map(read).collect());

/// What goes with an AADSTS number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    /// `error` of RFC 6749.
    pub(super) error: &'static str,
    /// HTTP status at the token endpoint.
    pub(super) status: u16,
    /// Microsoft's `suberror`.
    pub(super) suberror: Option<&'static str>,
    pub(super) text: &'static str,
}

impl Kind {
    fn new(error: &'static str, suberror: Option<&'static str>, text: &'static str) -> Self {
        let status = match error {
            "invalid_client" => 401,
            "temporarily_unavailable" | "server_error" => 503,
            _ => 400,
        };
        Self {
            error,
            status,
            suberror,
            text,
        }
    }
}

/// The kind of a number; a number not in the table is an `invalid_grant`.
pub(super) fn kind(code: u32) -> Kind {
    let unknown = || Kind::new("invalid_grant", None, "An error occurred.");
    KINDS.get(&code).copied().unwrap_or_else(unknown)
}

fn read(line: &'static str) -> Option<(u32, Kind)> {
    let mut parts = line.splitn(4, '|');
    let code = parts.next()?.parse().ok()?;
    let (error, suberror, text) = (parts.next()?, parts.next()?, parts.next()?);
    let suberror = Some(suberror).filter(|it| !it.is_empty());
    Some((code, Kind::new(error, suberror, text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_says_whose_fault_it_is() {
        assert_eq!(
            (kind(50_173).error, kind(50_173).status),
            ("invalid_grant", 400)
        );
        assert_eq!(
            (kind(7_000_215).error, kind(7_000_215).status),
            ("invalid_client", 401)
        );
        assert_eq!(
            (kind(90_033).error, kind(90_033).status),
            ("temporarily_unavailable", 503)
        );
        assert_eq!(kind(123_456).error, "invalid_grant");
    }

    #[test]
    fn every_line_but_the_remarks_is_an_error() {
        let lines = CODES.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), KINDS.len(), "a line is malformed or twice");
        assert_eq!(kind(50_076).suberror, Some("basic_action"));
        assert_eq!(kind(65_004).suberror, None);
    }
}
