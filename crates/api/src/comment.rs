//! A comment was written in Jira: one story, whichever front door told it.

use std::time::Duration;

use postroom_registry::{TenantId, mail, notification, tenant::may_be_a_name};

use crate::{Api, Problem};

/// How long we wait for Jira to say who we are: Forge waits five seconds for an answer to an event, in all.
const PATIENCE: Duration = Duration::from_secs(2);

/// What was told.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) issue_id: String,
    pub(crate) issue_key: String,
    pub(crate) comment_id: String,
    pub(crate) author: Option<String>,
}

impl Api {
    /// Notes a comment that may have to go out as mail: once, however often it is told. A worker sends it.
    ///
    /// `app_account_id` is the account that Jira gave to the app, where it is known.
    ///
    /// # Errors
    /// `invalid` for ids that nothing can have; else when the database does not answer.
    pub(crate) async fn comment_written(
        &self,
        tenant: TenantId,
        app_account_id: Option<String>,
        comment: &Written,
    ) -> Result<(), Problem> {
        let ids = [&comment.issue_id, &comment.issue_key, &comment.comment_id];
        if !ids.into_iter().all(|id| may_be_a_name(id)) {
            return Err(Problem::invalid("body", "This is no comment event."));
        }
        if self.is_ours(tenant, app_account_id, comment).await {
            return Ok(());
        }
        let tx = self.registry.begin(tenant).await?;
        let noted = match mail::of_issue(&tx, &comment.issue_id).await?.is_empty() {
            true => None,
            false => {
                let (issue, key) = (&comment.issue_id, &comment.issue_key);
                notification::insert(&tx, issue, key, &comment.comment_id).await?
            }
        };
        tx.commit().await?;
        if let Some(id) = noted {
            self.ring_send(tenant, &[id]).await;
        }
        Ok(())
    }

    /// Our own comments are mails already. Where the site did not tell who we are, the worker knows our comments by
    /// the mark that they carry.
    async fn is_ours(&self, tenant: TenantId, app: Option<String>, comment: &Written) -> bool {
        let Some(author) = comment.author.as_deref() else {
            return false;
        };
        let app = match app {
            Some(app) => Some(app),
            None => self.learn_app_account_soon(tenant).await,
        };
        app.as_deref() == Some(author)
    }

    /// Asks Jira which account the app has on the site, for as long as a caller can wait, and keeps the answer.
    pub(crate) async fn learn_app_account_soon(&self, tenant: TenantId) -> Option<String> {
        match tokio::time::timeout(PATIENCE, self.learn_app_account(tenant)).await {
            Ok(Ok(app)) => Some(app),
            Ok(Err(problem)) => {
                tracing::warn!(cause = %problem, "Jira did not say which account the app has");
                None
            }
            Err(_) => {
                tracing::warn!("Jira did not say in time which account the app has");
                None
            }
        }
    }
}
