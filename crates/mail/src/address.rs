use std::fmt;

use serde::{Deserialize, Serialize};

/// A person or a mailbox as a header field names it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The display name, decoded; `None` where there is none.
    pub name: Option<String>,
    /// The mail address as written, without `<>`.
    pub address: String,
}

impl Address {
    /// An address without a display name.
    pub fn bare(address: impl Into<String>) -> Self {
        Self {
            name: None,
            address: address.into(),
        }
    }

    /// The name, or the address where there is no name.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.address)
    }

    /// Whether both are one mailbox: compared without regard to case, as every common mail system does.
    pub fn is(&self, address: &str) -> bool {
        self.address.trim().to_lowercase() == address.trim().to_lowercase()
    }
}

/// Masked: `c***@example.com`.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address.rsplit_once('@') {
            Some((local, domain)) => {
                write!(
                    f,
                    "{}***@{domain}",
                    local.chars().next().map(String::from).unwrap_or_default()
                )
            }
            None => f.write_str("***"),
        }
    }
}
