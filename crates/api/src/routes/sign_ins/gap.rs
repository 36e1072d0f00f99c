//! What came into a mailbox while nobody read it, counted before a new sign-in is taken.

use std::time::Duration;

use postroom_registry::{GrantId, TenantId, mail, sign_in::Gap, source};

use crate::{Api, Problem};

/// A person waits in front of a page.
const PATIENCE: Duration = Duration::from_secs(10);
/// So many ids are looked up in the ledger at once.
const AT_ONCE: usize = 1_000;

/// Counts the mails that the folder got since it was last read to the end, and that the ledger lacks. `None` when the
/// folder does not open: then the sign-in is not good for it, and taking it says why.
pub(crate) async fn measure(
    api: &Api,
    tenant: TenantId,
    grant: GrantId,
    source: &source::Model,
) -> Option<Gap> {
    let since = source
        .caught_up_at
        .or(source.last_success_at)
        .unwrap_or(source.created_at);
    let mut gap = Gap {
        since,
        offline_seconds: (api.clock().now() - since).num_seconds().max(0),
        mails: 0,
        more: false,
    };
    match tokio::time::timeout(PATIENCE, count(api, tenant, grant, source, &gap)).await {
        Ok(Ok(mails)) => gap.mails = mails,
        Ok(Err(problem)) => {
            problem.log();
            return None;
        }
        // So many that they cannot be counted while somebody waits.
        Err(_) => gap.more = true,
    }
    Some(gap)
}

async fn count(
    api: &Api,
    tenant: TenantId,
    grant: GrantId,
    source: &source::Model,
    gap: &Gap,
) -> Result<i64, Problem> {
    let opened = api
        .connections
        .mailbox(tenant, grant, source.protocol, &source.mailbox)
        .await;
    let unreachable =
        |error| Problem::microsoft_unavailable("a gap cannot be counted").because(error);
    let opened = opened.map_err(unreachable)?;
    let since = Some(gap.since.max(source.start_from.unwrap_or(gap.since)));
    let listed = opened.list_messages(&source.folder_id, since).await;
    let ids: Vec<String> = listed
        .map_err(unreachable)?
        .into_iter()
        .map(|it| it.id)
        .collect();
    let tx = api.registry.begin(tenant).await?;
    let mut lacking = 0;
    for some in ids.chunks(AT_ONCE) {
        let known = mail::known(&tx, source.id, some).await?;
        lacking += some.iter().filter(|id| !known.contains(*id)).count();
    }
    tx.commit().await?;
    Ok(i64::try_from(lacking).unwrap_or(i64::MAX))
}
