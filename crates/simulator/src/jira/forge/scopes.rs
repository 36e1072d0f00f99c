//! The scope that a Forge app needs for a request.
//!
//! Source: `x-atlassian-oauth2-scopes` (classic) of Atlassian's OpenAPI document of the platform's version 3.

use actix_web::http::Method;

/// What a request needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Nothing,
    Scope(&'static str),
    /// No scope opens it to a Forge app.
    Closed,
}

impl Need {
    /// `path` begins at `/rest`.
    pub(crate) fn of(method: &Method, path: &str) -> Self {
        let Some(api) = path.strip_prefix("/rest/api/3/") else {
            return match path {
                path if path.starts_with("/rest/forge/1/app/") => Self::Nothing,
                "/rest/api/2/serverInfo" => Self::Nothing,
                _ => Self::Closed,
            };
        };
        match api {
            "serverInfo" | "permissions/check" => Self::Nothing,
            "user/email" => Self::Scope("read:email-address:jira"),
            "user" | "myself" => Self::Scope("read:jira-user"),
            _ if api.starts_with("user/") => Self::Scope("read:jira-user"),
            "search/jql" => Self::Scope("read:jira-work"),
            _ if method == Method::GET => Self::Scope("read:jira-work"),
            _ => Self::Scope("write:jira-work"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_writing_and_people_need_scopes_of_their_own() {
        let needs = [
            (
                Method::GET,
                "/rest/api/3/issue/1",
                Need::Scope("read:jira-work"),
            ),
            (
                Method::POST,
                "/rest/api/3/search/jql",
                Need::Scope("read:jira-work"),
            ),
            (
                Method::DELETE,
                "/rest/api/3/issue/1",
                Need::Scope("write:jira-work"),
            ),
            (
                Method::GET,
                "/rest/api/3/user/bulk",
                Need::Scope("read:jira-user"),
            ),
            (Method::POST, "/rest/api/3/permissions/check", Need::Nothing),
            (
                Method::GET,
                "/rest/atlassian-connect/1/addons/a/properties",
                Need::Closed,
            ),
            (Method::POST, "/rest/plugins/1.0/", Need::Closed),
        ];
        for (method, path, need) in needs {
            assert_eq!(Need::of(&method, path), need, "{path}");
        }
    }
}
