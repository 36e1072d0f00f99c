//! Mail addresses that people type.

use crate::Problem;

/// RFC 5321 section 4.5.3.1: 64 for the name, 255 for the domain.
const LONGEST: usize = 320;

/// A mail address without the blanks around it.
///
/// # Errors
/// `invalid`, of this field.
pub(crate) fn mail_address(field: &'static str, given: &str) -> Result<String, Problem> {
    let given = given.trim();
    match is_address(given) {
        true => Ok(given.to_owned()),
        false => Err(Problem::invalid(field, "This is not a mail address.")),
    }
}

fn is_address(text: &str) -> bool {
    let legal = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c);
    let named = |(name, domain): (&str, &str)| {
        !name.is_empty() && !name.contains('@') && domain.split('.').all(|it| !it.is_empty())
    };
    text.len() <= LONGEST && text.chars().all(legal) && text.rsplit_once('@').is_some_and(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_domain_and_nothing_that_ends_a_header() {
        for good in [
            "a@b",
            "ann.agent+x@contoso.example",
            "\u{e4}nn@b\u{fc}ro.example",
        ] {
            assert!(is_address(good), "{good}");
        }
        let long = format!("{}@b", "a".repeat(320));
        for bad in [
            "",
            "ann",
            "@b",
            "a@",
            "a@b@c",
            "a@b\r\nBcc: c@d",
            "<a@b>",
            "a b@c",
            "a@b..c",
            long.as_str(),
        ] {
            assert!(!is_address(bad), "{bad}");
        }
        assert_eq!(mail_address("to", " a@b ").unwrap(), "a@b");
    }
}
