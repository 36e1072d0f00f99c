use url::Url;

/// Whether one of `names` is one of our base URLs: equal but for one trailing slash, never a part of it.
/// (A substring comparison let tokens of other apps through in figma-for-jira.)
pub(super) fn names_us(names: &[String], app_base_urls: &[Url]) -> bool {
    names.iter().any(|name| {
        app_base_urls
            .iter()
            .any(|base| without_slash(base.as_str()) == without_slash(name))
    })
}

fn without_slash(url: &str) -> &str {
    url.strip_suffix('/').unwrap_or(url)
}
