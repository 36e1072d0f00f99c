use serde::Deserialize;
use serde_json::json;

use super::{JiraClient, JiraError, call::Call};

const ADMINISTER: &str = "ADMINISTER";
const ADMINISTER_PROJECTS: &str = "ADMINISTER_PROJECTS";

/// *Get bulk permissions* looks at no more projects in one call.
const PROJECTS: usize = 1000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Grants {
    #[serde(default)]
    global_permissions: Vec<String>,
    #[serde(default)]
    project_permissions: Vec<ProjectGrant>,
}

#[derive(Deserialize)]
struct ProjectGrant {
    permission: String,
    #[serde(default)]
    projects: Vec<u64>,
}

impl JiraClient {
    /// Whether an account administers this Jira. (An app may ask this of any account, *Get bulk permissions*.)
    ///
    /// # Errors
    /// See [`JiraError`].
    pub async fn is_administrator(&self, account_id: &str) -> Result<bool, JiraError> {
        let body = json!({ "accountId": account_id, "globalPermissions": [ADMINISTER] });
        let call = Call::lookup("is_administrator", &["permissions", "check"]);
        let grants: Grants = self.read(&call, Some(&body)).await?;
        Ok(grants
            .global_permissions
            .iter()
            .any(|granted| granted == ADMINISTER))
    }

    /// Which of these projects (by id) an account administers, in their order. What is no id of a project is nobody's.
    ///
    /// # Errors
    /// See [`JiraError`].
    pub async fn administered_projects(
        &self,
        account_id: &str,
        project_ids: &[String],
    ) -> Result<Vec<String>, JiraError> {
        let asked: Vec<(u64, &String)> = project_ids
            .iter()
            .filter_map(|id| Some((id.parse().ok()?, id)))
            .collect();
        let mut administered = Vec::new();
        for chunk in asked.chunks(PROJECTS) {
            let numbers: Vec<u64> = chunk.iter().map(|(number, _)| *number).collect();
            let granted = self.projects_granted(account_id, &numbers).await?;
            let ours = chunk.iter().filter(|(number, _)| granted.contains(number));
            administered.extend(ours.map(|(_, id)| (*id).clone()));
        }
        Ok(administered)
    }

    async fn projects_granted(
        &self,
        account_id: &str,
        projects: &[u64],
    ) -> Result<Vec<u64>, JiraError> {
        let body = json!({
            "accountId": account_id,
            "projectPermissions": [{ "permissions": [ADMINISTER_PROJECTS], "projects": projects }],
        });
        let call = Call::lookup("administered_projects", &["permissions", "check"]);
        let grants: Grants = self.read(&call, Some(&body)).await?;
        Ok(grants
            .project_permissions
            .into_iter()
            .filter(|grant| grant.permission == ADMINISTER_PROJECTS)
            .flat_map(|grant| grant.projects)
            .collect())
    }
}
