//! What an alert says. No word of a mail, and the mailbox's address as the panel shows it.

use chrono::{DateTime, Utc};
use postroom_registry::{
    RegistryError, TenantTx,
    alert::Phase,
    connection::{FixKind, StateDetail},
    incident::{self, IncidentKind, Subject},
    outbound, registration, source, tenant,
};
use url::Url;

/// An alert in words.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) phase: Phase,
    pub(super) kind: IncidentKind,
    /// What is in trouble: `message source`.
    pub(super) what: &'static str,
    /// What people call it.
    pub(super) name: String,
    /// The Jira site.
    pub(super) site: String,
    pub(super) detail: StateDetail,
    pub(super) opened_at: DateTime<Utc>,
    pub(super) closed_at: Option<DateTime<Utc>>,
    /// Who says so.
    pub(super) sender: String,
}

impl Message {
    pub(super) async fn of(
        tx: &TenantTx,
        incident: &incident::Model,
        phase: Phase,
        base_url: &Url,
    ) -> Result<Self, RegistryError> {
        let (what, name) = named(tx, incident.subject()).await?;
        let site = tenant::this(tx).await?;
        Ok(Self {
            phase,
            kind: incident.kind,
            what,
            name,
            site: site.display_url.unwrap_or(site.site_url),
            detail: incident.detail.clone(),
            opened_at: incident.opened_at,
            closed_at: incident.closed_at,
            sender: base_url.host_str().unwrap_or_default().to_owned(),
        })
    }

    /// One line.
    pub(super) fn title(&self) -> String {
        match (self.phase, self.kind) {
            (Phase::Opened, IncidentKind::Expiry) => format!("{}: a credential ends", self.name),
            (Phase::Opened, IncidentKind::Silence) => format!("{} is not read", self.name),
            (Phase::Opened, IncidentKind::State) => format!("{} is out of order", self.name),
            (Phase::Closed, _) => format!("{}: it is over", self.name),
        }
    }

    /// All that a person needs, line by line.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{} on {}.", self.subject(), self.site)];
        if self.phase == Phase::Closed {
            let ended = self.closed_at.map(stamp).unwrap_or_default();
            lines.push(format!(
                "The trouble of {} was over at {ended}.",
                stamp(self.opened_at)
            ));
            return lines;
        }
        lines.extend(self.detail.meaning.clone());
        lines.extend(self.detail.way_out.clone());
        for fix in &self.detail.fix {
            let url = fix.url.as_deref().unwrap_or_default();
            lines.push(match fix.kind {
                FixKind::Link => format!("{}: {url}", fix.label),
                FixKind::Command | FixKind::Step => format!("{}: {}", fix.label, fix.text),
            });
        }
        lines.push(format!("Since {}.", stamp(self.opened_at)));
        if let Some(code) = &self.detail.error_code {
            lines.push(format!("Code: {code}."));
        }
        lines
    }

    fn subject(&self) -> String {
        let what = self.what;
        format!("{}{} {}", what[..1].to_uppercase(), &what[1..], self.name)
    }

    /// The title and the lines.
    pub(super) fn text(&self) -> String {
        format!("{}\n{}", self.title(), self.lines().join("\n"))
    }
}

fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

/// What it is, and what people call it. What was deleted has no name any more.
async fn named(tx: &TenantTx, subject: Subject) -> Result<(&'static str, String), RegistryError> {
    let gone = |found: Result<String, RegistryError>| match found {
        Err(RegistryError::Missing) => Ok("(deleted)".to_owned()),
        other => other,
    };
    Ok(match subject {
        Subject::Source(id) => {
            let row = source::find_even_deleted(tx, id).await;
            ("message source", gone(row.map(|row| row.name))?)
        }
        Subject::Outbound(id) => {
            let row = outbound::find(tx, id).await;
            ("message outbound", gone(row.map(|row| row.name))?)
        }
        Subject::Registration(id) => {
            let row = registration::find(tx, id).await;
            ("app registration", gone(row.map(|row| row.name))?)
        }
    })
}
