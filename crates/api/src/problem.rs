//! What can go wrong with a request, and the one place that turns it into an answer.
//!
//! Two sentences are kept apart: the one that a person reads, with the way out, and the operator's context, which
//! goes to the log and never into an answer. The answer carries the request id, by which the two are joined.

mod edges;

use std::{borrow::Cow, error::Error, fmt};

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use postroom_atlassian::jira::JiraError;
use postroom_registry::RegistryError;
use serde::Serialize;
use utoipa::ToSchema;

/// An answer that is no success.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    message: Cow<'static, str>,
    action: Option<Box<str>>,
    field: Option<&'static str>,
    retry_after: Option<u16>,
    context: Cow<'static, str>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            action: None,
            field: None,
            retry_after: None,
            context: Cow::Borrowed(code),
            source: None,
        }
    }

    /// The caller did not prove who it is. `context` says to the operator which rule was broken.
    pub(crate) fn unauthorized(context: impl Into<Cow<'static, str>>) -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "This call does not prove who makes it.",
        )
        .act("Reload the page in Jira.")
        .context(context)
    }

    /// The caller is known, and does not administer Jira.
    pub(crate) fn not_an_administrator() -> Self {
        let message = "Only administrators of this Jira site can use Postroom's pages.";
        Self::new(StatusCode::FORBIDDEN, "not_an_administrator", message)
            .act("Ask a Jira administrator.")
    }

    /// Not there, or not yours: the two are not told apart.
    pub(crate) fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is nothing at this address.",
        )
    }

    /// It is there, and its state does not allow it.
    pub(crate) fn conflict(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", message)
    }

    /// A field of the request cannot be used.
    pub(crate) fn invalid(field: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", message);
        problem.field = Some(field);
        problem
    }

    /// Jira does not answer, or not as it should.
    pub(crate) fn jira_unavailable(context: &'static str) -> Self {
        Self::new(
            StatusCode::BAD_GATEWAY,
            "jira_unavailable",
            "Jira does not answer Postroom at the moment.",
        )
        .act("Try again in a minute.")
        .context(context)
    }

    /// Microsoft does not answer, or not as it should.
    pub(crate) fn microsoft_unavailable(context: &'static str) -> Self {
        let message = "Microsoft does not answer Postroom at the moment.";
        Self::new(StatusCode::BAD_GATEWAY, "microsoft_unavailable", message)
            .act("Try again in a minute.")
            .context(context)
    }

    /// We cannot at the moment, and it passes.
    pub(crate) fn unavailable(context: &'static str) -> Self {
        let message = "Postroom is not available at the moment.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message)
            .act("Try again in a minute. No mail is lost.")
            .context(context)
    }

    /// Ours to mend.
    pub(crate) fn internal(context: &'static str) -> Self {
        let message = "Something went wrong on our side.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message).context(context)
    }

    /// What the person can do.
    #[must_use]
    pub(crate) fn act(mut self, action: impl Into<Cow<'static, str>>) -> Self {
        self.action = Some(action.into().into_owned().into_boxed_str());
        self
    }

    /// What the operator should know.
    #[must_use]
    pub(crate) fn context(mut self, context: impl Into<Cow<'static, str>>) -> Self {
        self.context = context.into();
        self
    }

    /// What it comes from.
    #[must_use]
    pub(crate) fn because(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// The sentence for a person.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The body, for a request of this id.
    pub(crate) fn body(&self, reference: &str) -> ErrorBody {
        ErrorBody {
            error: ErrorDetail {
                code: self.code.to_owned(),
                message: self.message.clone().into_owned(),
                action: self.action.as_deref().map(str::to_owned),
                field: self.field.map(str::to_owned),
                reference: reference.to_owned(),
            },
        }
    }

    /// Whole seconds until the caller may try again, where there is a limit to wait for.
    pub(crate) fn retry_after(&self) -> Option<u16> {
        self.retry_after
    }

    /// One line for the operator: an error where we or a neighbour must act, else not worth more than a note.
    pub(crate) fn log(&self) {
        let chain = Chain(self.source.as_deref().map(|source| source as &dyn Error));
        if self.status.is_server_error() {
            tracing::error!(code = self.code, context = %self.context, cause = %chain, "the request failed");
        } else {
            tracing::info!(code = self.code, context = %self.context, cause = %chain, "the request was refused");
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.context)
    }
}

impl Error for Problem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn Error + 'static))
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    /// [`crate::observe`] writes the body anew, with the request id.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status).json(self.body(""))
    }
}

impl From<RegistryError> for Problem {
    fn from(error: RegistryError) -> Self {
        match &error {
            RegistryError::Missing | RegistryError::Forgotten => Self::not_found(),
            RegistryError::NotEmpty => Self::not_empty(),
            RegistryError::Duplicate | RegistryError::Superseded => {
                Self::conflict("Somebody else changed this at the same moment.").act("Try again.")
            }
            RegistryError::Unavailable(_) => Self::unavailable("the database does not answer"),
            _ => Self::internal("the registry failed"),
        }
        .because(error)
    }
}

impl From<JiraError> for Problem {
    fn from(error: JiraError) -> Self {
        Self::jira_unavailable("a call to Jira failed").because(error)
    }
}

/// The causes of an error, joined by colons. No `Display` of ours repeats its source.
struct Chain<'a>(Option<&'a dyn Error>);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut next = self.0;
        let mut between = "";
        while let Some(error) = next {
            write!(f, "{between}{error}")?;
            between = ": ";
            next = error.source();
        }
        Ok(())
    }
}

/// Every answer that is no success.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorBody {
    pub(crate) error: ErrorDetail,
}

impl ErrorBody {
    /// Message, way out and reference, for a page.
    pub(crate) fn words(&self) -> (&str, Option<&str>, &str) {
        let ErrorDetail {
            message,
            action,
            reference,
            ..
        } = &self.error;
        (message, action.as_deref(), reference)
    }
}

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorDetail {
    /// A word for programs.
    code: String,
    /// A sentence for a person.
    message: String,
    /// What the person can do.
    #[schema(required)]
    action: Option<String>,
    /// Which field of the request cannot be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// The id of the request, for support.
    reference: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_500_says_nothing_of_its_cause() {
        let cause = std::io::Error::other("password=hunter2");
        let problem = Problem::internal("opening the vault").because(cause);
        let body = serde_json::to_string(&problem.body("ref")).unwrap();
        assert!(
            !body.contains("hunter2") && !body.contains("vault"),
            "{body}"
        );
        assert!(body.contains("ref"));
    }

    #[test]
    fn what_is_missing_and_what_is_away_differ() {
        assert_eq!(
            Problem::from(RegistryError::Missing).status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            Problem::from(RegistryError::Superseded).status,
            StatusCode::CONFLICT
        );
        let schema = RegistryError::Schema("m9".into());
        assert_eq!(
            Problem::from(schema).status,
            StatusCode::INTERNAL_SERVER_ERROR
        );
    }

    #[test]
    fn causes_are_joined_once() {
        let inner = std::io::Error::other("inner");
        let problem = Problem::internal("outer").because(inner);
        let shown = Chain(Some(&problem)).to_string();
        assert_eq!(shown, "outer: inner");
    }
}
