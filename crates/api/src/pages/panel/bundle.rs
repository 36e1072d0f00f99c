//! The built panel.

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use serde::Serialize;

/// The folder of the built panel. Its `index.html` is read once, as soon as it is there.
#[derive(Debug)]
pub(crate) struct PanelBundle {
    dir: PathBuf,
    tags: OnceLock<Tags>,
}

/// What the page must load.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Tags {
    pub(super) scripts: Vec<String>,
    pub(super) links: Vec<Link>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Link {
    pub(super) rel: String,
    pub(super) href: String,
}

impl PanelBundle {
    pub(crate) fn new(dir: PathBuf) -> Self {
        Self {
            dir,
            tags: OnceLock::new(),
        }
    }

    /// Where the files are that the page loads.
    pub(super) fn assets(&self) -> PathBuf {
        self.dir.join("assets")
    }

    /// What the page must load, below `prefix`; none while the panel is not built.
    pub(super) async fn tags(&self, prefix: &str) -> Option<Tags> {
        if let Some(tags) = self.tags.get() {
            return Some(tags.clone());
        }
        let html = read(&self.dir.join("index.html")).await?;
        let tags = Tags::of(&html, prefix);
        if tags.scripts.is_empty() {
            tracing::error!("the panel's index.html loads no script");
            return None;
        }
        Some(self.tags.get_or_init(|| tags).clone())
    }
}

async fn read(path: &Path) -> Option<String> {
    match tokio::fs::read_to_string(path).await {
        Ok(html) => Some(html),
        Err(error) => {
            tracing::error!(cause = %error, path = %path.display(), "the panel is not built");
            None
        }
    }
}

impl Tags {
    /// The scripts and links of a page that Vite built with relative addresses.
    fn of(html: &str, prefix: &str) -> Self {
        let below = |address: &str| {
            format!(
                "{prefix}/{}",
                address.trim_start_matches("./").trim_start_matches('/')
            )
        };
        let scripts = tags(html, "<script")
            .filter_map(|tag| attribute(tag, "src"))
            .map(below);
        let links = tags(html, "<link").filter_map(|tag| {
            let rel = attribute(tag, "rel")?.to_owned();
            Some(Link {
                rel,
                href: below(attribute(tag, "href")?),
            })
        });
        Self {
            scripts: scripts.collect(),
            links: links.collect(),
        }
    }
}

/// The text of each tag that begins with `open`, without its end.
fn tags<'h>(html: &'h str, open: &'static str) -> impl Iterator<Item = &'h str> {
    html.match_indices(open).filter_map(move |(start, _)| {
        let rest = &html[start + open.len()..];
        rest.split_once('>').map(|(tag, _)| tag)
    })
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILT: &str = r#"<!doctype html><html><head><title>Postroom</title>
        <script type="module" crossorigin src="./assets/index-Ab_1.js"></script>
        <link rel="modulepreload" crossorigin href="./assets/react-x.js">
        <link rel="stylesheet" crossorigin href="./assets/index-q.css">
        </head><body><div id="root"></div></body></html>"#;

    #[test]
    fn the_bundles_tags_are_found() {
        let tags = Tags::of(BUILT, "/base/panel");
        assert_eq!(tags.scripts, ["/base/panel/assets/index-Ab_1.js"]);
        let links: Vec<_> = tags
            .links
            .iter()
            .map(|it| (it.rel.as_str(), it.href.as_str()))
            .collect();
        assert_eq!(
            links,
            [
                ("modulepreload", "/base/panel/assets/react-x.js"),
                ("stylesheet", "/base/panel/assets/index-q.css"),
            ]
        );
    }

    #[test]
    fn rubbish_has_no_tags() {
        for html in ["", "<script", "<script>x</script>", "<link rel=\"x\">"] {
            assert_eq!(Tags::of(html, ""), Tags::default(), "{html}");
        }
    }
}
