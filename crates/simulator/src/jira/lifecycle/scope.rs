//! Scopes of a Connect app.

use std::collections::BTreeSet;

/// A scope of the descriptor. Source: Atlassian's page "Scopes for Connect apps".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    None,
    Read,
    Write,
    Delete,
    ProjectAdmin,
    SpaceAdmin,
    Admin,
    ActAsUser,
    AccessEmailAddresses,
}

impl Scope {
    /// Names count in either case.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "NONE" => Self::None,
            "READ" => Self::Read,
            "WRITE" => Self::Write,
            "DELETE" => Self::Delete,
            "PROJECT_ADMIN" => Self::ProjectAdmin,
            "SPACE_ADMIN" => Self::SpaceAdmin,
            "ADMIN" => Self::Admin,
            "ACT_AS_USER" => Self::ActAsUser,
            "ACCESS_EMAIL_ADDRESSES" => Self::AccessEmailAddresses,
            _ => return None,
        })
    }

    fn implied(self) -> &'static [Self] {
        match self {
            Self::Write => &[Self::Read],
            Self::Delete => &[Self::Write],
            Self::ProjectAdmin | Self::SpaceAdmin => &[Self::Delete],
            Self::Admin => &[Self::ProjectAdmin, Self::SpaceAdmin],
            _ => &[],
        }
    }

    /// This scope and all that it contains.
    pub(crate) fn with_implied(self) -> BTreeSet<Self> {
        let mut all = BTreeSet::from([self]);
        for scope in self.implied() {
            all.extend(scope.with_implied());
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_contains_the_lower_ones() {
        let admin = Scope::Admin.with_implied();
        assert!(admin.contains(&Scope::Read) && admin.contains(&Scope::Delete));
        assert!(!Scope::Write.with_implied().contains(&Scope::Delete));
        assert!(!admin.contains(&Scope::ActAsUser));
    }
}
