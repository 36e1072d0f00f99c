use reqwest::Method;
use serde_json::Value;
use url::Url;

use super::classify::Target;
use crate::AccessToken;

/// JSON answers are pages of small objects; more than this is not one of them.
const JSON_LIMIT: u64 = 16 << 20;

/// One request, before it is built. Can be sent more than once.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) token: &'a AccessToken,
    pub(crate) target: Target,
    pub(crate) page_size: Option<u32>,
    pub(crate) limit: u64,
    pub(crate) body: Body,
}

pub(crate) enum Body {
    None,
    Json(Value),
    /// `text/plain`, for a message as base64 of its MIME form.
    Text(String),
}

impl<'a> Call<'a> {
    pub(crate) fn get(
        operation: &'static str,
        token: &'a AccessToken,
        url: Url,
        target: Target,
    ) -> Self {
        Self::new(operation, Method::GET, token, url, target)
    }

    pub(crate) fn new(
        operation: &'static str,
        method: Method,
        token: &'a AccessToken,
        url: Url,
        target: Target,
    ) -> Self {
        Self {
            operation,
            method,
            url,
            token,
            target,
            page_size: None,
            limit: JSON_LIMIT,
            body: Body::None,
        }
    }

    pub(crate) fn paged(mut self, size: u32) -> Self {
        self.page_size = Some(size);
        self
    }

    pub(crate) fn at_most(mut self, bytes: u64) -> Self {
        self.limit = bytes;
        self
    }

    pub(crate) fn json(mut self, body: Value) -> Self {
        self.body = Body::Json(body);
        self
    }

    pub(crate) fn text(mut self, body: String) -> Self {
        self.body = Body::Text(body);
        self
    }

    /// All preferences in one comma list: Graph reads only one `Prefer` header.
    pub(crate) fn prefer(&self) -> String {
        let mut prefer = String::from("IdType=\"ImmutableId\"");
        if let Some(size) = self.page_size {
            prefer.push_str(&format!(", odata.maxpagesize={size}"));
        }
        prefer
    }
}
