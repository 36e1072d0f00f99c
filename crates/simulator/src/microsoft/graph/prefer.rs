//! The `Prefer` header.

use actix_web::http::header::HeaderMap;

/// What a caller prefers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Prefer {
    /// `IdType="ImmutableId"`.
    pub(super) immutable: bool,
    /// `odata.maxpagesize`.
    pub(super) page_size: Option<usize>,
    /// `outlook.body-content-type="text"`.
    pub(super) text_body: bool,
}

impl Prefer {
    /// Reads all `Prefer` headers, each a comma list.
    pub(super) fn read(headers: &HeaderMap) -> Self {
        let mut prefer = Self::default();
        let values = headers
            .get_all("prefer")
            .filter_map(|value| value.to_str().ok());
        for (name, value) in values
            .flat_map(|value| value.split(','))
            .filter_map(|one| one.split_once('='))
        {
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "idtype" => prefer.immutable = value.eq_ignore_ascii_case("immutableid"),
                "odata.maxpagesize" => {
                    prefer.page_size = value.parse().ok().filter(|size| *size > 0);
                }
                "outlook.body-content-type" => {
                    prefer.text_body = value.eq_ignore_ascii_case("text");
                }
                _ => {}
            }
        }
        prefer
    }

    /// Value of `preference-applied`; empty when nothing was preferred.
    pub(super) fn applied(self) -> String {
        let page = self
            .page_size
            .map(|size| format!("odata.maxpagesize={size}"));
        let id = self.immutable.then(|| "IdType=\"ImmutableId\"".to_owned());
        let body = self
            .text_body
            .then(|| "outlook.body-content-type=\"text\"".to_owned());
        [id, page, body]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn several_preferences_come_in_one_list() {
        let mut headers = HeaderMap::new();
        let value =
            "IdType=\"ImmutableId\", odata.maxpagesize=50, outlook.body-content-type=\"text\"";
        headers.insert(
            HeaderName::from_static("prefer"),
            HeaderValue::from_static(value),
        );
        let prefer = Prefer::read(&headers);
        assert_eq!(
            prefer,
            Prefer {
                immutable: true,
                page_size: Some(50),
                text_body: true
            }
        );
        assert_eq!(prefer.applied(), value);
    }
}
