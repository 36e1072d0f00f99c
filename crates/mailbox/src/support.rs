/// What Microsoft's support asks for: the `request-id` of the answer and Microsoft's error code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// The `request-id` header of the answer.
    pub request_id: Option<String>,
    /// The error's code, such as `ErrorAccessDenied`.
    pub code: Option<String>,
}

impl Support {
    /// The `request-id` of an answer's head.
    pub(crate) fn of(response: &reqwest::Response) -> Self {
        let request_id = response.headers().get("request-id");
        Self {
            request_id: request_id
                .and_then(|id| id.to_str().ok())
                .map(str::to_owned),
            code: None,
        }
    }
}
