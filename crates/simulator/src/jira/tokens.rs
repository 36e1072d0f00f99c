//! The tokens with which Jira vouches for a user to the app.

use chrono::TimeDelta;
use serde_json::json;

use super::{
    jwt,
    jwt::Claims,
    model::{app::App, project::Project},
    qsh,
    site::Site,
};

/// How long the token in an iframe URL lives.
pub(crate) const PAGE_LIFE: TimeDelta = TimeDelta::seconds(180);
/// How long a context token lives.
pub(crate) const CONTEXT_LIFE: TimeDelta = TimeDelta::minutes(15);

/// What a token is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose<'a> {
    /// One request to the app: `target` is its path below the base URL with the query, without `jwt`.
    Page { method: &'a str, target: &'a str },
    /// Calls of the page to its own server, whatever they ask for.
    Context,
}

/// Life of a token and how far its clock is off, for tests of what must be refused.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Timing {
    pub(crate) life: Option<TimeDelta>,
    pub(crate) offset: TimeDelta,
}

/// Signs a token for a user, in the settings of a project where the page belongs to one, with the app's current secret.
pub(crate) fn make(
    site: &Site,
    app: &App,
    (account_id, project): (&str, Option<&Project>),
    purpose: Purpose<'_>,
    timing: Timing,
) -> Result<String, jwt::JwtError> {
    let (qsh, life) = match purpose {
        Purpose::Context => (qsh::CONTEXT_QSH.to_owned(), CONTEXT_LIFE),
        Purpose::Page { method, target } => {
            let (path, query) = target
                .split_once('?')
                .map_or((target, None), |(p, q)| (p, Some(q)));
            (qsh::hash(method, path, query), PAGE_LIFE)
        }
    };
    let now = site.signing_time() + timing.offset;
    let mut context = json!({"user": {"accountId": account_id}, "license": {"active": true}});
    if let Some(project) = project {
        context["jira"] = json!({"project": {"id": project.id, "key": project.key}});
    }
    let claims = Claims::new(&site.client_key(), now, timing.life.unwrap_or(life))
        .sub(account_id)
        .qsh(qsh)
        .context(context);
    jwt::sign(&claims, &app.secret)
}
