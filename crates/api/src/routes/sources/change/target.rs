use postroom_registry::source::Target;

use super::ChangeSource;
use crate::{Api, Problem, doors::Administrator};

/// The project and the issue type, as Jira names them now.
pub(super) async fn target(
    api: &Api,
    caller: &Administrator,
    asked: &ChangeSource,
) -> Result<Option<Target>, Problem> {
    let (project_id, issue_type_id) = match (&asked.project_id, &asked.issue_type_id) {
        (None, None) => return Ok(None),
        (Some(project), Some(issue_type)) => (project, issue_type),
        (Some(_), None) => {
            return Err(Problem::invalid(
                "issue_type_id",
                "Choose an issue type too.",
            ));
        }
        (None, Some(_)) => return Err(Problem::invalid("project_id", "Choose a project too.")),
    };
    let projects = api.jira(caller.tenant).await?.projects().await?;
    let project = projects
        .into_iter()
        .find(|project| project.id == *project_id)
        .ok_or_else(|| {
            Problem::invalid(
                "project_id",
                "Postroom may not create issues in this project.",
            )
            .act("Give Postroom's app user the permission to create issues there.")
        })?;
    let issue_type = project
        .issue_types
        .into_iter()
        .find(|it| it.id == *issue_type_id);
    let issue_type = issue_type.ok_or_else(|| {
        Problem::invalid(
            "issue_type_id",
            "The project does not have this issue type.",
        )
    })?;
    Ok(Some(Target {
        project_id: project.id,
        project_key: project.key,
        project_name: project.name,
        issue_type_id: issue_type.id,
        issue_type_name: issue_type.name,
    }))
}
