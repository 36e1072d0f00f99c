use serde::Deserialize;

use super::{JiraClient, JiraError, call::Call};

const PAGE: usize = 50;
const PAGES: usize = 200;

/// A project in which the app may create issues.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Project {
    /// Id.
    pub id: String,
    /// Key such as `SUP`.
    pub key: String,
    /// Name.
    pub name: String,
    /// What can be created there; no sub-tasks, which need a parent.
    #[serde(default)]
    pub issue_types: Vec<IssueType>,
}

/// A type of issue.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct IssueType {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether it needs a parent.
    #[serde(default)]
    pub subtask: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    #[serde(default)]
    values: Vec<Project>,
    is_last: Option<bool>,
}

impl JiraClient {
    /// All projects in which the app may create issues, with their issue types, by name.
    ///
    /// # Errors
    /// See [`JiraError`].
    pub async fn projects(&self) -> Result<Vec<Project>, JiraError> {
        let mut projects = Vec::new();
        for _ in 0..PAGES {
            let call = Call::get("projects", &["project", "search"])
                .query("startAt", projects.len().to_string())
                .query("maxResults", PAGE.to_string())
                .query("orderBy", "name")
                .query("action", "create")
                .query("expand", "issueTypes");
            let page: Page = self.read(&call, None).await?;
            let last = page.values.is_empty() || page.is_last.unwrap_or(page.values.len() < PAGE);
            projects.extend(page.values);
            if last {
                break;
            }
        }
        for project in &mut projects {
            project.issue_types.retain(|kind| !kind.subtask);
        }
        Ok(projects)
    }
}
