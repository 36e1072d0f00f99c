use std::fmt;

/// Which mailbox a call is about.
#[derive(Clone, PartialEq, Eq)]
pub enum MailboxAddress {
    /// The mailbox of the person who signed in.
    Me,
    /// Another mailbox that the person was given rights on, by its SMTP address.
    Shared(String),
}

impl fmt::Debug for MailboxAddress {
    /// Addresses are masked: `c***@contoso.example`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Me => f.write_str("Me"),
            Self::Shared(address) => write!(f, "Shared({})", masked(address)),
        }
    }
}

/// An address as a log may show it: the first letter and the domain.
pub(crate) fn masked(address: &str) -> String {
    match address.split_once('@') {
        Some((local, domain)) => {
            let first: String = local.chars().take(1).collect();
            format!("{first}***@{domain}")
        }
        None => "***".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_masks_the_address() {
        let shared = MailboxAddress::Shared("carla@contoso.example".into());
        assert_eq!(format!("{shared:?}"), "Shared(c***@contoso.example)");
        assert_eq!(masked("no address"), "***");
    }
}
