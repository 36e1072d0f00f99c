use std::{collections::BTreeMap, fmt, time::Duration};

/// Which of Jira's limits was met: header `RateLimit-Reason` of *Rate limiting* (Atlassian).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quota {
    /// The points of the app, shared by all its sites: everybody must wait.
    App,
    /// The points of this site.
    Site,
    /// Too many requests to one endpoint of this site in a second.
    Burst,
    /// Too many writes to one issue in a short time.
    Issue,
    /// Jira did not say.
    Unknown,
}

/// Why a call to Jira brought nothing.
///
/// `Display` and `Debug` never carry what Jira said: it may quote the mail. The words are in the fields.
#[derive(thiserror::Error)]
pub enum JiraError {
    /// No answer came, or it broke off.
    #[error("Jira gave no answer")]
    Unreachable {
        /// It took too long (else: no connection, or a broken one).
        timeout: bool,
        /// The request was a write and may have been carried out.
        maybe_done: bool,
    },
    /// 429, or a 503 that says when to come back.
    #[error("Jira asks to wait")]
    Throttled {
        /// How long, where Jira says.
        retry_after: Option<Duration>,
        /// Which limit.
        quota: Quota,
    },
    /// 5xx, or something in between answered in Jira's place.
    #[error("Jira failed with status {status}")]
    Server {
        /// HTTP status.
        status: u16,
        /// The request was a write and may have been carried out.
        maybe_done: bool,
    },
    /// A success whose body is not what Jira documents. What was asked is done.
    #[error("Jira's answer (status {status}) cannot be read")]
    Unreadable {
        /// HTTP status.
        status: u16,
        /// The request was a write, and so it was carried out.
        maybe_done: bool,
    },
    /// 401: the app is not (or no longer) installed there, or its secret is another.
    #[error("Jira does not accept the app's credential")]
    Unauthorized,
    /// 403: a scope or a permission of the app is missing.
    #[error("the app may not do this in Jira")]
    Forbidden,
    /// 404: not there, or the app may not see it.
    #[error("Jira does not have this, or the app may not see it")]
    NotFound,
    /// 413: a file is larger than the site allows, or there are too many.
    #[error("this is larger than Jira accepts")]
    TooLarge,
    /// 400, 409, 422 or another refusal.
    #[error("Jira refused the request with status {status}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// What Jira says in general. May quote what was sent: never log it.
        messages: Vec<String>,
        /// What Jira says of single fields, by field. May quote what was sent: never log it.
        field_errors: BTreeMap<String, String>,
    },
    /// The call cannot be made as asked; nothing was sent.
    #[error("the request cannot be made: {0}")]
    BadRequest(&'static str),
}

impl JiraError {
    /// Nobody's fault and likely gone later: wait and try again.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Throttled { .. } | Self::Server { .. } => true,
            // 409: somebody edits the same issue at this moment.
            Self::Refused { status, .. } => *status == 409,
            _ => false,
        }
    }

    /// A write may have been carried out: look before trying again.
    pub fn outcome_unknown(&self) -> bool {
        matches!(
            self,
            Self::Unreachable {
                maybe_done: true,
                ..
            } | Self::Server {
                maybe_done: true,
                ..
            } | Self::Unreadable {
                maybe_done: true,
                ..
            }
        )
    }

    /// Jira refuses the text itself (too long, or a document it cannot show): a plainer one may pass.
    pub fn refuses_content(&self) -> bool {
        let Self::Refused {
            messages,
            field_errors,
            ..
        } = self
        else {
            return false;
        };
        let about_content = |text: &String| {
            [
                "unsupported content",
                "CONTENT_LIMIT_EXCEEDED",
                "INVALID_INPUT",
                "too long",
                "Atlassian Document",
            ]
            .iter()
            .any(|mark| text.contains(mark))
        };
        ["description", "comment", "body", "comment_body"]
            .iter()
            .any(|field| field_errors.contains_key(*field))
            || messages.iter().any(about_content)
    }

    /// How long Jira asks to wait, where it says.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Throttled { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

impl fmt::Debug for JiraError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JiraError({self}")?;
        match self {
            Self::Unreachable {
                timeout,
                maybe_done,
            } => {
                write!(f, ", timeout: {timeout}, maybe_done: {maybe_done}")?;
            }
            Self::Throttled { retry_after, quota } => {
                write!(f, ", retry_after: {retry_after:?}, quota: {quota:?}")?;
            }
            Self::Refused {
                messages,
                field_errors,
                ..
            } => {
                let fields: Vec<_> = field_errors.keys().collect();
                write!(f, ", messages: {}, fields: {fields:?}", messages.len())?;
            }
            _ => {}
        }
        f.write_str(")")
    }
}
