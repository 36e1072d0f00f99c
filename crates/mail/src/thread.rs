//! Which conversation a mail belongs to, and what to call it.

mod subject;
mod tokens;

pub use subject::{NO_SUBJECT, SUMMARY_UNITS, subject_without_prefixes, summary};
pub use tokens::ThreadTokens;

use crate::ParsedMail;

/// Message ids that are looked up for one mail.
pub const MAX_CANDIDATES: usize = 50;

/// The message ids that a mail answers, in the order to look them up: In-Reply-To, then References from the last
/// to the first. Each once, at most [`MAX_CANDIDATES`].
pub fn candidates(mail: &ParsedMail) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for id in mail.in_reply_to.iter().chain(mail.references.iter().rev()) {
        if found.len() == MAX_CANDIDATES {
            break;
        }
        if !found.contains(&id.as_str()) {
            found.push(id);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_looked_up_from_the_nearest() {
        let mail = ParsedMail::parse(b"In-Reply-To: <c@x>\nReferences: <a@x> <b@x>\n <c@x>\n\n");
        assert_eq!(candidates(&mail), ["c@x", "b@x", "a@x"]);
    }

    #[test]
    fn endless_references_are_bounded() {
        let ids: String = (0..500).map(|number| format!("<{number}@x>\n ")).collect();
        let mail = ParsedMail::parse(format!("References: {ids}\n\n").as_bytes());
        let found = candidates(&mail);
        assert_eq!((found.len(), found[0]), (MAX_CANDIDATES, "499@x"));
    }
}
