use actix_web::{get, web};
use chrono::{DateTime, Utc};
use postroom_registry::{
    AuditId,
    audit::{self, Action, Filter, SubjectKind},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{entry::AuditEntry, sheet::Sheet};
use crate::{
    Api, Problem,
    doors::Administrator,
    paging,
    problem::ErrorBody,
    routes::{
        download::{self, Download},
        trail::did,
    },
};

/// Rows that are in hand at once.
const PAGE: u64 = 500;
const WAY_OUT: &str = "Give a shorter time, with from and to.";

/// How the rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ExportFormat {
    /// A table (RFC 4180), for a spreadsheet.
    Csv,
    /// A list, for a program.
    Json,
}

impl ExportFormat {
    fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// Which rows, and how.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// A table for a spreadsheet, or a list for a program.
    #[param(inline)]
    format: ExportFormat,
    /// Not earlier.
    from: Option<DateTime<Utc>>,
    /// Earlier.
    to: Option<DateTime<Utc>>,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            limit: PAGE,
            from: self.from.map(paging::within),
            to: self.to.map(paging::within),
            ..Filter::default()
        }
    }
}

/// The trail as a file, the oldest row first; one file for a site at a time. That a copy was taken is in the trail from then on.
#[utoipa::path(
    tag = "audit",
    params(Asked),
    responses((status = OK, body = Download), (status = "default", body = ErrorBody))
)]
#[get("/audit/export")]
pub(crate) async fn export_audit(
    api: web::Data<Api>,
    caller: Administrator,
    asked: web::Query<Asked>,
) -> Result<web::Json<Download>, Problem> {
    let _turn = api.shared().exports.take(caller.tenant).await?;
    let format = asked.format;
    let mut sheet = match format {
        ExportFormat::Csv => Sheet::csv()?,
        ExportFormat::Json => Sheet::json(),
    };
    let mut after = None;
    while let Some(page) = next_page(&api, &caller, &asked, &mut after).await? {
        for entry in page {
            sheet.add(&entry)?;
        }
        // Nobody waits for, and nothing keeps, what is too large already.
        if sheet.len() > download::LONGEST {
            return Err(Problem::too_large_here(WAY_OUT));
        }
    }
    let (rows, content) = sheet.finish()?;
    let name = format!(
        "postroom-audit-{}.{}",
        api.clock().now().format("%Y-%m-%d"),
        format.word()
    );
    let file = Download::new(name.clone(), format.media_type(), &content, WAY_OUT)?;
    let tx = api.registry.begin(caller.tenant).await?;
    let entry = did(&caller, Action::AuditExported)
        .on(SubjectKind::Audit, &name, None)
        .changed("format", None, Some(format.word()))
        .changed("rows", None, Some(&rows.to_string()));
    audit::record(&tx, &entry).await?;
    tx.commit().await?;
    Ok(web::Json(file))
}

/// The rows after `after` that are asked for; nothing at the end of the trail.
async fn next_page(
    api: &Api,
    caller: &Administrator,
    asked: &Asked,
    after: &mut Option<AuditId>,
) -> Result<Option<Vec<AuditEntry>>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let rows = audit::oldest_first(&tx, *after, &asked.filter()).await?;
    tx.commit().await?;
    let Some(last) = rows.last() else {
        return Ok(None);
    };
    *after = Some(last.id);
    let accounts = rows.iter().filter_map(|row| row.actor_account.as_deref());
    let names = api.names_of(caller.tenant, accounts).await;
    let entries = rows.into_iter().map(|row| AuditEntry::of(row, &names));
    Ok(Some(entries.collect()))
}
