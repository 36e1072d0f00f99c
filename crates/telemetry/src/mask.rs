use std::fmt;

/// An address as a log may show it: `ann@acme.com` becomes `a***@acme.com`.
///
/// The first letter and the domain are enough to recognise a mailbox in a support case, and do not name a
/// person. What is no address is shown as `***`.
pub fn mask_address(address: &str) -> MaskedAddress<'_> {
    MaskedAddress(address)
}

/// Shows an address masked, in `Display` and in `Debug`. Made by [`mask_address`].
#[derive(Clone, Copy)]
pub struct MaskedAddress<'a>(&'a str);

impl fmt::Display for MaskedAddress<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((local, domain)) = self.0.trim().rsplit_once('@') else {
            return f.write_str("***");
        };
        if let Some(first) = local.chars().next().filter(|c| c.is_alphanumeric()) {
            write!(f, "{first}")?;
        }
        f.write_str("***@")?;
        let plain = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
        // A "domain" with other letters was written by a stranger to confuse whoever reads the log.
        f.write_str(if domain.chars().all(plain) {
            domain
        } else {
            "***"
        })
    }
}

impl fmt::Debug for MaskedAddress<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::mask_address;

    #[test]
    fn only_the_first_letter_and_the_domain_are_left() {
        for (address, shown) in [
            ("ann@acme.com", "a***@acme.com"),
            (" ann@acme.com ", "a***@acme.com"),
            ("a@acme.com", "a***@acme.com"),
            ("øystein@bücher.example", "ø***@bücher.example"),
            ("\"a@b\"@acme.com", "***@acme.com"),
            ("@acme.com", "***@acme.com"),
            ("ann@acme.com\nlevel=error", "a***@***"),
            ("no address", "***"),
            ("", "***"),
        ] {
            assert_eq!(mask_address(address).to_string(), shown, "{address:?}");
            assert_eq!(format!("{:?}", mask_address(address)), shown);
        }
    }
}
