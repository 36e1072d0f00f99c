//! Whether an issue meets a condition.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use serde_json::Value;

use super::{Run, field::Field, parse::Condition};
use crate::jira::{adf::text, error::JiraError, model::issue::Issue};

impl Run<'_> {
    pub(super) fn meets(&self, issue: &Issue, condition: &Condition) -> Result<bool, JiraError> {
        match condition {
            Condition::Not(inner) => Ok(!self.meets(issue, inner)?),
            Condition::Any(parts) => {
                let all: Result<Vec<bool>, _> =
                    parts.iter().map(|part| self.meets(issue, part)).collect();
                Ok(all?.contains(&true))
            }
            Condition::All(parts) => {
                let all: Result<Vec<bool>, _> =
                    parts.iter().map(|part| self.meets(issue, part)).collect();
                Ok(!all?.contains(&false))
            }
            Condition::Test {
                field,
                operator,
                values,
            } => self.test(issue, field, operator, values),
        }
    }

    fn test(
        &self,
        issue: &Issue,
        field: &Field,
        operator: &str,
        values: &[String],
    ) -> Result<bool, JiraError> {
        if let Field::Created | Field::Updated = field {
            let at = if *field == Field::Created {
                issue.created
            } else {
                issue.updated
            };
            return self.date(at, operator, values);
        }
        let has = self.values_of(issue, field)?;
        let wanted = values
            .iter()
            .map(|value| self.wanted(field, value))
            .collect::<Result<Vec<_>, _>>()?;
        let equal = || {
            has.iter()
                .any(|one| wanted.iter().any(|value| same(field, one, value)))
        };
        let holds = || {
            has.iter()
                .any(|one| wanted.iter().any(|value| holds_text(one, value)))
        };
        match operator {
            "=" | "in" => Ok(equal()),
            "!=" | "not in" => Ok(!has.is_empty() && !equal()),
            "~" => Ok(holds()),
            "!~" => Ok(!holds()),
            "is" => Ok(has.is_empty()),
            "is not" => Ok(!has.is_empty()),
            _ => Err(JiraError::bad(&format!(
                "The operator '{operator}' is not supported by this field."
            ))),
        }
    }

    fn values_of(&self, issue: &Issue, field: &Field) -> Result<Vec<String>, JiraError> {
        let one = |text: &str| vec![text.to_owned()];
        let project = self.state.project(&issue.project);
        Ok(match field {
            Field::Project => project
                .map(|project| {
                    vec![
                        project.key.clone(),
                        project.id.clone(),
                        project.name.clone(),
                    ]
                })
                .unwrap_or_default(),
            Field::Key => vec![issue.key.clone(), issue.id.to_string()],
            Field::IssueType => project
                .and_then(|project| project.issue_type(&issue.issue_type))
                .map(|kind| vec![kind.id.clone(), kind.name.clone()])
                .unwrap_or_default(),
            Field::Status => vec!["To Do".to_owned(), "10000".to_owned(), "new".to_owned()],
            Field::Priority => one(&issue.priority),
            Field::Summary => one(&issue.summary),
            Field::Description => issue.description.iter().map(text::plain).collect(),
            Field::Text => texts(issue),
            Field::Labels => issue.labels.clone(),
            Field::Reporter => one(&issue.reporter),
            Field::Creator => one(&issue.creator),
            Field::Assignee => issue.assignee.iter().cloned().collect(),
            Field::Property { key, path } => self.property(issue, key, path)?,
            Field::Created | Field::Updated => Vec::new(),
        })
    }

    /// Properties are found through an index that the app's descriptor or manifest declares, and after its lag.
    fn property(&self, issue: &Issue, key: &str, path: &str) -> Result<Vec<String>, JiraError> {
        let indexed = self
            .state
            .app
            .as_ref()
            .is_some_and(|app| app.descriptor.indexes(key, path))
            || self
                .state
                .forge
                .as_ref()
                .is_some_and(|app| app.manifest.indexes(key, path));
        if !indexed {
            return Err(Field::unknown(&format!("issue.property[{key}].{path}")));
        }
        let known = issue
            .properties
            .get(key)
            .filter(|property| property.set_at <= self.indexed_until || self.is_reconciled(issue));
        let value = known.and_then(|property| {
            path.split('.')
                .try_fold(&property.value, |value, part| value.get(part))
        });
        Ok(match value {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(all)) => all.iter().map(plain).collect(),
            Some(one) => vec![plain(one)],
        })
    }

    fn wanted(&self, field: &Field, value: &str) -> Result<String, JiraError> {
        match field {
            Field::Project if self.state.project(value).is_none() => {
                let named = self.state.projects.iter().any(|one| one.name == value);
                if named {
                    return Ok(value.to_owned());
                }
                Err(JiraError::bad(&format!(
                    "The value '{value}' does not exist for the field 'project'."
                )))
            }
            Field::Key if self.state.issue(value).is_none() => Err(JiraError::bad(&format!(
                "An issue with key '{value}' does not exist for field 'key'."
            ))),
            Field::Reporter | Field::Creator | Field::Assignee if value == "currentUser()" => {
                Ok(self.account_id.to_owned())
            }
            _ => Ok(value.to_owned()),
        }
    }

    fn date(
        &self,
        at: DateTime<Utc>,
        operator: &str,
        values: &[String],
    ) -> Result<bool, JiraError> {
        let value = values.first().map_or("", String::as_str);
        let wanted = date_of(value, self.now).ok_or_else(|| {
            JiraError::bad(&format!(
                "Date value '{value}' for field is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'."
            ))
        })?;
        match operator {
            ">" => Ok(at > wanted),
            ">=" => Ok(at >= wanted),
            "<" => Ok(at < wanted),
            "<=" => Ok(at <= wanted),
            "=" => Ok(at == wanted),
            _ => Err(JiraError::bad(&format!(
                "The operator '{operator}' is not supported by this field."
            ))),
        }
    }
}

/// Names count in either case, values of properties exactly.
fn same(field: &Field, one: &str, other: &str) -> bool {
    match field {
        Field::Property { .. } => one == other,
        _ => one.eq_ignore_ascii_case(other),
    }
}

fn holds_text(text: &str, wanted: &str) -> bool {
    let wanted = wanted.trim_matches(['"', '*']).to_lowercase();
    text.to_lowercase().contains(&wanted)
}

fn texts(issue: &Issue) -> Vec<String> {
    let comments = issue
        .comments
        .iter()
        .map(|comment| text::plain(&comment.body));
    std::iter::once(issue.summary.clone())
        .chain(issue.description.iter().map(text::plain))
        .chain(comments)
        .collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn date_of(value: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if value == "now()" {
        return Some(now);
    }
    let dashed = value.replace('/', "-");
    if let Ok(at) = NaiveDateTime::parse_from_str(&dashed, "%Y-%m-%d %H:%M") {
        return Some(at.and_utc());
    }
    if let Ok(day) = NaiveDate::parse_from_str(&dashed, "%Y-%m-%d") {
        return day.and_hms_opt(0, 0, 0).map(|at| at.and_utc());
    }
    let (number, unit) = value.split_at_checked(value.len().checked_sub(1)?)?;
    let number: i64 = number.parse().ok()?;
    let by = match unit {
        "m" => TimeDelta::try_minutes(number),
        "h" => TimeDelta::try_hours(number),
        "d" => TimeDelta::try_days(number),
        "w" => TimeDelta::try_weeks(number),
        _ => None,
    }?;
    now.checked_add_signed(by)
}
