//! A calendar of what ends.

use chrono::{DateTime, TimeDelta, Utc};
use postroom_registry::{
    RegistryError, TenantTx, connection::Protocol, grant, outbound, registration, source,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::connection::{Expiring, Expiry};

/// Something that ends, and whose it is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ends {
    /// What.
    kind: Expiring,
    subject: Subject,
    /// When.
    at: DateTime<Utc>,
    /// What it means, and whether somebody must act.
    sentence: String,
    severity: Severity,
}

/// Whose it is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Subject {
    /// `source`, `outbound`, `grant` or `registration`.
    kind: String,
    id: Uuid,
    name: String,
}

/// How near it is, where somebody must act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Severity {
    /// Far away, or it renews itself.
    Info,
    /// Within 30 days.
    Warning,
    /// Within three days, or over.
    Danger,
}

impl Severity {
    fn of(at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        match at - now {
            left if left <= TimeDelta::days(3) => Self::Danger,
            left if left <= TimeDelta::days(30) => Self::Warning,
            _ => Self::Info,
        }
    }
}

/// All that ends for the tenant, the next first.
pub(super) async fn expiries(tx: &TenantTx) -> Result<Vec<Ends>, RegistryError> {
    let now = tx.clock().now();
    let mut ends = Vec::new();
    let (sources, outbounds) = (source::list(tx).await?, outbound::list(tx).await?);
    for row in registration::list(tx).await? {
        let Some(expiry) = Expiry::of_registration(&row) else {
            continue;
        };
        let subject = ("registration", row.id.0, row.name.as_str());
        ends.push(Ends::of(expiry, subject, now));
    }
    for row in grant::list(tx).await? {
        let used = sources.iter().any(|it| it.grant_id == row.id)
            || outbounds.iter().any(|it| it.grant_id == row.id);
        if used {
            let subject = ("grant", row.id.0, row.user_principal_name.as_str());
            ends.push(Ends::of(Expiry::of_idle(&row), subject, now));
        }
    }
    for row in sources.iter().filter(|it| it.protocol == Protocol::Ews) {
        ends.push(Ends::of(
            Expiry::of_ews(),
            ("source", row.id.0, &row.name),
            now,
        ));
    }
    for row in outbounds.iter().filter(|it| it.protocol == Protocol::Ews) {
        ends.push(Ends::of(
            Expiry::of_ews(),
            ("outbound", row.id.0, &row.name),
            now,
        ));
    }
    ends.sort_by_key(|it| it.at);
    Ok(ends)
}

impl Ends {
    fn of(expiry: Expiry, (kind, id, name): (&str, Uuid, &str), now: DateTime<Utc>) -> Self {
        Self {
            kind: expiry.what,
            subject: Subject {
                kind: kind.to_owned(),
                id,
                name: name.to_owned(),
            },
            severity: Severity::of(expiry.at, now),
            at: expiry.at,
            sentence: expiry.sentence,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_the_louder() {
        let now: DateTime<Utc> = "2026-11-24T12:00:00Z".parse().unwrap();
        for (days, severity) in [
            (-1, Severity::Danger),
            (3, Severity::Danger),
            (4, Severity::Warning),
            (30, Severity::Warning),
            (31, Severity::Info),
        ] {
            assert_eq!(Severity::of(now + TimeDelta::days(days), now), severity);
        }
    }
}
