use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{JiraClient, JiraError, call::Call, mail_property};

/// Longest summary, in UTF-16 code units.
pub const SUMMARY_LIMIT: usize = 255;

/// An issue to make out of a mail.
#[derive(Clone, Copy)]
pub struct NewIssue<'a> {
    /// Id of the project.
    pub project_id: &'a str,
    /// Id of the issue type.
    pub issue_type_id: &'a str,
    /// One line; cut at [`SUMMARY_LIMIT`] and freed of line breaks here, because Jira refuses both.
    pub summary: &'a str,
    /// ADF document, at most [`super::TEXT_LIMIT`] long when serialised.
    pub description: &'a Value,
    /// The mail that it comes from; kept on the issue as an entity property.
    pub mail_id: Uuid,
}

impl std::fmt::Debug for NewIssue<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewIssue")
            .field("project_id", &self.project_id)
            .field("issue_type_id", &self.issue_type_id)
            .field("mail_id", &self.mail_id)
            .finish_non_exhaustive()
    }
}

/// The issue that Jira made.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CreatedIssue {
    /// Id, stable for ever.
    pub id: String,
    /// Key such as `SUP-1`, which changes when the issue moves.
    pub key: String,
}

impl JiraClient {
    /// Makes an issue, stamped with the id of its mail. A write: never repeated here.
    ///
    /// # Errors
    /// See [`JiraError`]; after [`JiraError::outcome_unknown`] ask [`JiraClient::find_issue_by_mail`].
    pub async fn create_issue(&self, new: &NewIssue<'_>) -> Result<CreatedIssue, JiraError> {
        let body = json!({
            "fields": {
                "project": { "id": new.project_id },
                "issuetype": { "id": new.issue_type_id },
                "summary": one_line(new.summary),
                "description": new.description,
            },
            "properties": mail_property::stamp(new.mail_id),
        });
        let call = Call::write("create_issue", Method::POST, &["issue"]);
        self.write(&call, |request| request.json(&body)).await
    }
}

fn one_line(summary: &str) -> String {
    let words = summary.split(|c: char| c.is_whitespace() || c.is_control());
    let line = words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if line.encode_utf16().count() <= SUMMARY_LIMIT {
        return line;
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units < SUMMARY_LIMIT
    };
    let mut cut: String = line.chars().take_while(fits).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_one_line_of_at_most_255_units() {
        assert_eq!(one_line(" a\r\n b\tc\u{0} "), "a b c");
        let exact = "x".repeat(255);
        assert_eq!(one_line(&exact), exact);
        let long = one_line(&"😀".repeat(200));
        assert!(long.ends_with('…'));
        assert_eq!(long.encode_utf16().count(), 255);
        assert_eq!(one_line(&"y".repeat(256)).encode_utf16().count(), 255);
    }
}
