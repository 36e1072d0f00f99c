//! What a change of a source changed, in words.

use postroom_registry::{
    RegistryError, TenantTx,
    audit::{self, Action},
    source,
};

use crate::{
    doors::Caller,
    routes::{outbounds::outbound_name, trail::did_to_source},
};

/// Writes down what is different since; nothing when nothing is.
pub(super) async fn record(
    tx: &TenantTx,
    caller: &Caller,
    before: &source::Model,
    after: &source::Model,
) -> Result<(), RegistryError> {
    let outbounds = (
        outbound_name(tx, before.outbound_id).await?,
        outbound_name(tx, after.outbound_id).await?,
    );
    let entry = did_to_source(caller, Action::SourceChanged, after)
        .changed("name", Some(&before.name), Some(&after.name))
        .changed(
            "project",
            before.project_key.as_deref(),
            after.project_key.as_deref(),
        )
        .changed(
            "issue_type",
            before.issue_type_name.as_deref(),
            after.issue_type_name.as_deref(),
        )
        .changed(
            "settle",
            Some(before.settle.word()),
            Some(after.settle.word()),
        )
        .changed(
            "folder",
            Some(&before.folder_name),
            Some(&after.folder_name),
        )
        .changed(
            "settle_folder",
            before.settle_folder_name.as_deref(),
            after.settle_folder_name.as_deref(),
        )
        .changed(
            "settle_category",
            before.settle_category.as_deref(),
            after.settle_category.as_deref(),
        )
        .changed("start_from", Some(&start(before)), Some(&start(after)))
        .changed("outbound", outbounds.0.as_deref(), outbounds.1.as_deref());
    if !entry.changes.is_empty() {
        audit::record(tx, &entry).await?;
    }
    Ok(())
}

fn start(row: &source::Model) -> String {
    row.start_from
        .map_or_else(|| "everything".to_owned(), |at| at.to_rfc3339())
}
