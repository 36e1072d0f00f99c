//! A person's browser as far as the pages of the story need one: redirects, cookies, forms.

use anyhow::{Context as _, bail};
use reqwest::{Method, header::LOCATION};
use scraper::{Html, Selector};
use url::Url;

use crate::Http;

/// A browser with one window.
#[derive(Debug)]
pub struct Browser {
    http: Http,
    url: Url,
    html: String,
    visited: Vec<Url>,
}

impl Browser {
    /// Opens a page in a new browser.
    ///
    /// # Errors
    /// When the page is not there.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        let mut browser = Self {
            http: Http::new()?,
            url: Url::parse(url)?,
            html: String::new(),
            visited: Vec::new(),
        };
        browser.go(Method::GET, Url::parse(url)?, &[]).await?;
        Ok(browser)
    }

    /// The page as it stands.
    pub fn html(&self) -> &str {
        &self.html
    }

    /// Every address it asked for, redirects included, in order.
    pub fn visited(&self) -> &[Url] {
        &self.visited
    }

    /// Where it is.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// What a person reads on the page.
    pub fn text(&self) -> String {
        let page = Html::parse_document(&self.html);
        let text: String = page.root_element().text().collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Where `a#id` leads.
    pub fn link(&self, id: &str) -> Option<Url> {
        let page = Html::parse_document(&self.html);
        let selector = Selector::parse(&format!("a#{id}")).ok()?;
        let place = page.select(&selector).next()?.value().attr("href")?;
        self.url.join(place).ok()
    }

    /// Goes to another page in this window.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn follow(&mut self, url: &Url) -> anyhow::Result<()> {
        self.go(Method::GET, url.clone(), &[]).await
    }

    /// Whether the page has the form `form#id`.
    pub fn has_form(&self, id: &str) -> bool {
        self.form(id).is_ok()
    }

    /// Submits the form `form#id` with its hidden fields and what was chosen.
    ///
    /// # Errors
    /// When the page has no such form, or the next page is not there.
    pub async fn submit(&mut self, id: &str, chosen: &[(&str, &str)]) -> anyhow::Result<()> {
        let (action, mut fields) = self.form(id)?;
        fields.extend(
            chosen
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        self.go(Method::POST, action, &fields).await
    }

    fn form(&self, id: &str) -> anyhow::Result<(Url, Vec<(String, String)>)> {
        let page = Html::parse_document(&self.html);
        let selector =
            |css: &str| Selector::parse(css).map_err(|error| anyhow::anyhow!("{css}: {error}"));
        let form = page
            .select(&selector(&format!("form#{id}"))?)
            .next()
            .with_context(|| format!("{} has no form#{id}: {}", self.url.path(), self.text()))?;
        let hidden = selector("input[type=hidden]")?;
        let fields = form
            .select(&hidden)
            .filter_map(|input| {
                let name = input.value().attr("name")?;
                let value = input.value().attr("value").unwrap_or_default();
                Some((name.to_owned(), value.to_owned()))
            })
            .collect();
        let action = form.value().attr("action").unwrap_or_default();
        Ok((self.url.join(action)?, fields))
    }

    async fn go(
        &mut self,
        method: Method,
        to: Url,
        fields: &[(String, String)],
    ) -> anyhow::Result<()> {
        let (mut method, mut to) = (method, to);
        for _ in 0..10 {
            self.visited.push(to.clone());
            let mut request = self.http.request(method.clone(), to.as_str());
            if method == Method::POST {
                request = request.form(fields);
            }
            let response = request
                .send()
                .await
                .with_context(|| format!("opening {}", to.path()))?;
            if response.status().is_redirection() {
                let place = response
                    .headers()
                    .get(LOCATION)
                    .context("a redirect to nowhere")?;
                to = to.join(place.to_str()?)?;
                method = Method::GET;
                continue;
            }
            let status = response.status();
            self.url = to;
            self.html = response.text().await?;
            if status.is_server_error() {
                bail!("{} answered {status}: {}", self.url.path(), self.html);
            }
            return Ok(());
        }
        bail!("too many redirects")
    }
}
