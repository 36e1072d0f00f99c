use actix_files::NamedFile;
use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, HeaderValue},
    web,
};

use crate::{Api, Problem};

/// A file of the panel. Its name carries a hash of its content, so it may be kept for ever.
#[get("/panel/assets/{name}")]
pub(crate) async fn panel_asset(
    api: web::Data<Api>,
    request: HttpRequest,
    name: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    if !is_file_name(&name) {
        return Err(Problem::not_found());
    }
    let path = api.shared().panel.assets().join(name.as_str());
    let file = NamedFile::open(path).map_err(|error| Problem::not_found().because(error))?;
    let mut response = file.prefer_utf8(true).into_response(&request);
    let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
    response.headers_mut().insert(CACHE_CONTROL, kept);
    Ok(response)
}

/// Letters, digits, `.`, `_` and `-`, and no dot in front: never a step in a path.
fn is_file_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    !name.is_empty() && !name.starts_with('.') && name.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::is_file_name;

    #[test]
    fn nothing_but_a_name_is_opened() {
        assert!(is_file_name("index-Ab_1.js"));
        for bad in ["", ".", "..", ".env", "a/b", "..\\x", "a%2fb", "ü.js"] {
            assert!(!is_file_name(bad), "{bad}");
        }
    }
}
