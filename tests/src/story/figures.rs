//! What happened, in numbers.

use anyhow::ensure;
use chrono::DateTime;
use serde_json::{Value, json};

use super::{Panel, issues, ledger};
use crate::Stack;

/// The demo's one line of JSON.
#[derive(Clone, Debug)]
pub struct Figures(Value);

impl Figures {
    /// As it is printed.
    pub fn json(&self) -> &Value {
        &self.0
    }
}

/// Requests to Graph and to Jira since the log was emptied, for each mail.
pub(super) async fn requests(stack: &Stack, mails: usize) -> anyhow::Result<(f64, f64)> {
    let per_mail = async |host: &str| -> anyhow::Result<f64> {
        let url = format!("{}/requests?host={host}", stack.control());
        let list = stack.http.get(&url).await?;
        // An empty look into a mailbox is the price of waiting, not of a mail.
        let counted = list.as_array().into_iter().flatten().filter(|request| {
            let path = request["path"].as_str().unwrap_or_default();
            !(host == "jira" && path.contains("permissions/check"))
        });
        Ok((counted.count() as f64 * 100.0 / mails.max(1) as f64).round() / 100.0)
    };
    Ok((per_mail("graph").await?, per_mail("jira").await?))
}

/// Counts what stands in the ledger, in Jira and among the notifications.
pub(super) async fn collect(
    stack: &Stack,
    panel: &Panel,
    dropped: usize,
    (graph, jira): (f64, f64),
) -> anyhow::Result<Figures> {
    let rows = ledger::rows(panel).await?;
    let in_state = |state: &str| rows.iter().filter(|row| row["state"] == state).count();
    let issues = issues(stack, "acme").await?;
    let by_mail = |comment: &&Value| comment["author"]["accountType"] == "app";
    let comments: usize = issues
        .iter()
        .map(|issue| {
            issue["comments"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(by_mail)
                .count()
        })
        .sum();
    let sent = panel.get("/notifications?state=sent&limit=100").await?;
    let lost = dropped.saturating_sub(rows.len()) + in_state("waiting");
    let latency = latencies(panel, &rows).await?;
    let figures = json!({
        "mails": rows.len(),
        "issues": issues.len(),
        "comments": comments,
        "notifications": sent["items"].as_array().map_or(0, Vec::len),
        "ignored": in_state("ignored"),
        "rejected": in_state("rejected"),
        "held": in_state("held"),
        "dead": in_state("dead"),
        "lost": lost,
        "graph_requests_per_mail": graph,
        "jira_requests_per_mail": jira,
        "latency_ms": { "p50": percentile(&latency, 50), "p99": percentile(&latency, 99) },
        "peak_memory_mb": stack.peak_memory_mb()?,
    });
    ensure!(lost == 0, "mails are lost: {figures}");
    ensure!(!issues.is_empty(), "no mail became an issue: {figures}");
    Ok(Figures(figures))
}

/// From the arrival in the mailbox to the last step in Jira, in milliseconds, sorted.
async fn latencies(panel: &Panel, rows: &[Value]) -> anyhow::Result<Vec<i64>> {
    let mut all = Vec::new();
    for row in rows.iter().filter(|row| row["state"] == "delivered") {
        let detail = panel
            .get(&format!(
                "/mails/{}",
                row["id"].as_str().unwrap_or_default()
            ))
            .await?;
        let steps = detail["trace"].as_array().into_iter().flatten();
        let last = steps
            .filter(|step| step["step"] == "deliver")
            .filter_map(|step| step["at"].as_str())
            .max();
        let (Some(last), Some(received)) = (last, row["received_at"].as_str()) else {
            continue;
        };
        let took = DateTime::parse_from_rfc3339(last)? - DateTime::parse_from_rfc3339(received)?;
        all.push(took.num_milliseconds());
    }
    all.sort_unstable();
    Ok(all)
}

fn percentile(sorted: &[i64], percent: usize) -> Option<i64> {
    let last = sorted.len().checked_sub(1)?;
    sorted.get((last * percent).div_ceil(100)).copied()
}
