use actix_web::{HttpResponse, post};

use crate::doors::Hook;

/// An issue is gone. Its mails keep their place in the ledger, and nothing is written to an issue without being
/// looked for first, so there is nothing to do.
#[post("/webhooks/issue-deleted")]
pub(crate) async fn issue_deleted(hook: Hook) -> HttpResponse {
    tracing::info!(tenant = %hook.tenant, bytes = hook.body.len(), "an issue was deleted");
    HttpResponse::NoContent().finish()
}
