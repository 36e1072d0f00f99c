//! Response codes ("ResponseCode" of the EWS reference) and their texts.

/// Why something that was asked for cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {text}")]
pub(super) struct Problem {
    pub(super) code: String,
    pub(super) text: String,
    /// Milliseconds that the caller shall wait.
    pub(super) back_off: Option<u64>,
    /// The code of the inner error, where the outer one says nothing.
    pub(super) inner: Option<String>,
    /// A warning comes with what was found all the same.
    pub(super) found: Option<String>,
}

impl Problem {
    /// With the usual text of the code.
    pub(super) fn new(code: &str) -> Self {
        Self::saying(code, usual(code))
    }

    pub(super) fn saying(code: &str, text: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            text: text.into(),
            back_off: None,
            inner: None,
            found: None,
        }
    }

    /// The request does not follow the schema.
    pub(super) fn schema(text: impl std::fmt::Display) -> Self {
        let text = format!("The request failed schema validation: {text}");
        Self::saying("ErrorSchemaValidation", text)
    }
}

impl From<crate::microsoft::mailbox::IdProblem> for Problem {
    fn from(problem: crate::microsoft::mailbox::IdProblem) -> Self {
        use crate::microsoft::mailbox::IdProblem;
        match problem {
            IdProblem::Malformed => Self::new("ErrorInvalidIdMalformed"),
            IdProblem::NotFound => Self::new("ErrorItemNotFound"),
        }
    }
}

fn usual(code: &str) -> &'static str {
    match code {
        "ErrorItemNotFound" => "The specified object was not found in the store.",
        "ErrorFolderNotFound" | "ErrorSyncFolderNotFound" => {
            "The specified folder could not be found in the store."
        }
        "ErrorAccessDenied" => "Access is denied. Check credentials and try again.",
        "ErrorServerBusy" => "The server cannot service this request right now. Try again later.",
        "ErrorInvalidSyncStateData" => {
            "Synchronization state data is corrupt or otherwise invalid."
        }
        "ErrorNonExistentMailbox" => "The SMTP address has no mailbox associated with it.",
        "ErrorMissingEmailAddress" => {
            "When making a request as an account that does not have a mailbox, you must specify the mailbox primary SMTP address for any distinguished folder Ids."
        }
        "ErrorMailboxStoreUnavailable" => "The mailbox database is temporarily unavailable.",
        "ErrorMailboxMoveInProgress" => "Mailbox move in progress. Try again later.",
        "ErrorInternalServerError" => "An internal server error occurred. The operation failed.",
        "ErrorInternalServerTransientError" => {
            "An internal server error occurred. Try again later."
        }
        "ErrorTimeoutExpired" => "The request timed out.",
        "ErrorExceededConnectionCount" => {
            "You have exceeded the available concurrent connections for your account. Try again once your other requests have completed."
        }
        "ErrorInvalidIdMalformed" => "Id is malformed.",
        "ErrorInvalidIdEmpty" => "Id must be non-empty.",
        "ErrorImpersonateUserDenied" => {
            "The account does not have permission to impersonate the requested user."
        }
        "ErrorSendAsDenied" => {
            "The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account."
        }
        "ErrorChangeKeyRequired" | "ErrorChangeKeyRequiredForWriteOperations" => {
            "The current ChangeKey is required for this operation."
        }
        "ErrorIrresolvableConflict" | "ErrorStaleObject" => {
            "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item."
        }
        "ErrorMessageDispositionRequired" => {
            "The MessageDisposition attribute is required when the item is a message."
        }
        "ErrorMimeContentInvalidBase64String" => "Invalid base64 string for MIME content.",
        "ErrorMimeContentInvalid" => "The MIME content is invalid.",
        "ErrorInvalidRecipients" => "At least one recipient isn't valid.",
        "ErrorMessageSizeExceeded" => {
            "The message exceeds the maximum supported size, The message size exceeds the maximum allowed size for submission."
        }
        "ErrorQuotaExceeded" => "The mailbox is full.",
        "ErrorInvalidPropertyRequest" => "The property can not be returned by this operation.",
        "ErrorInvalidPropertySet" => "Set action is invalid for property.",
        "ErrorUnsupportedPathForQuery" => "Property is not supported in a restriction.",
        "ErrorInvalidPagingMaxRows" => "The maximum number of rows must be a positive number.",
        "ErrorNameResolutionNoResults" => "No results were found.",
        "ErrorNameResolutionMultipleResults" => "Multiple results were found.",
        "ErrorInvalidServerVersion" => "The specified server version is invalid.",
        _ => "The operation failed.",
    }
}
