use serde::Deserialize;
use uuid::Uuid;

use super::{Comment, JiraClient, JiraError, call::Call, comment::RawComment};

const PAGE: usize = 100;

/// Jira keeps at most 5,000 comments on an issue.
const PAGES: usize = 50;

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    comments: Vec<RawComment>,
    total: Option<usize>,
}

impl JiraClient {
    /// The comment that carries the stamp of this mail, newest first. Reads the database, not the search
    /// index: `None` means that there is none.
    ///
    /// # Errors
    /// See [`JiraError`].
    pub async fn find_comment_by_mail(
        &self,
        issue: &str,
        mail_id: Uuid,
    ) -> Result<Option<Comment>, JiraError> {
        let mut start = 0;
        for _ in 0..PAGES {
            let call = Call::get("find_comment", &["issue", issue, "comment"])
                .query("startAt", start.to_string())
                .query("maxResults", PAGE.to_string())
                .query("orderBy", "-created")
                .query("expand", "properties");
            let page: Page = self.read(&call, None).await?;
            let got = page.comments.len();
            let mut comments = page.comments.into_iter().map(Comment::from);
            if let Some(found) = comments.find(|comment| comment.mail_id == Some(mail_id)) {
                return Ok(Some(found));
            }
            start += got;
            if got == 0 || page.total.is_some_and(|total| start >= total) {
                break;
            }
        }
        Ok(None)
    }
}
