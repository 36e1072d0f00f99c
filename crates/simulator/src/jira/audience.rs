//! Who sees a page of an app.

use super::model::{people::User, project::Project};

/// The people that a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    Everybody,
    /// Those of the site.
    Administrators,
    /// Those of the project whose settings the page is in.
    ProjectAdministrators,
}

impl Audience {
    /// Whether the page is one of a project's settings.
    pub(crate) fn is_of_project(self) -> bool {
        self == Self::ProjectAdministrators
    }

    /// Whether a user sees the page, in a project where it belongs to one.
    pub(crate) fn has(self, user: &User, project: Option<&Project>) -> bool {
        match self {
            Self::Everybody => true,
            Self::Administrators => user.admin,
            Self::ProjectAdministrators => project.is_some_and(|project| project.is_run_by(user)),
        }
    }
}
