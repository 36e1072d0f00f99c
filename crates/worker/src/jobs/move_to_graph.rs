//! Move to Graph: a source of EWS goes on by Graph, where it stands, under the ids that Graph gives to what the ledger
//! has. Nothing is read twice and nothing is passed by.

use chrono::{DateTime, TimeDelta, Utc};
use postroom_connections::Opened;
use postroom_mailbox::graph::Translated;
use postroom_registry::{
    MailId, SourceId, TenantId,
    audit::{self, Action, Actor, Entry, SubjectKind},
    connection::{ConnectionState, Protocol, Verdict},
    grant, mail,
    registration::Cloud,
    source::{self, Folder, Lease, Moved},
};

use crate::{Environment, failure::Failure, intake, jobs::poll};

/// "Maximum size for this collection is 1000 strings" (Microsoft Graph: "user: translateExchangeIds").
const BATCH: usize = 1_000;
/// Graph reads again what came so long before the last poll by EWS: the ledger knows it.
const OVERLAP: TimeDelta = TimeDelta::days(1);

/// Reads the source, which moves it first where a person asked for it.
pub(crate) async fn run(
    environment: &Environment,
    tenant: TenantId,
    id: SourceId,
) -> Result<(), Failure> {
    poll::run(environment, tenant, id).await
}

/// What became of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moving {
    /// Nobody asked for it, or it must wait for the next poll: the source is read as it is.
    NotNow,
    /// The source speaks Graph; the lease is over.
    Over,
}

/// Moves a source whose lease is held, where a person asked for it. When that fails for a time, the source is read by
/// EWS once more and moves with the next poll.
///
/// # Errors
/// What somebody must act on. Where that is a sign-in the move goes on after it; else it is given up, EWS goes on, and
/// the history of the source says why.
pub(crate) async fn if_asked(
    environment: &Environment,
    tenant: TenantId,
    source: &source::Model,
    lease: Lease,
) -> Result<Moving, Failure> {
    if source.moving_total.is_none() || source.protocol != Protocol::Ews {
        return Ok(Moving::NotNow);
    }
    match go(environment, tenant, source, lease).await {
        Ok(()) => {
            tracing::info!(%tenant, source = %source.id, "the source moved to Graph");
            Ok(Moving::Over)
        }
        Err(failure) if failure.is_transient() => {
            tracing::warn!(%tenant, source = %source.id, cause = %failure, "the move to Graph must wait");
            Ok(Moving::NotNow)
        }
        Err(failure) => {
            let verdict = verdict(environment, tenant, source, &failure).await?;
            if verdict.is_none_or(|verdict| verdict.state != ConnectionState::NeedsSignIn) {
                let tx = environment.registry.begin(tenant).await?;
                source::moving(&tx, lease, None).await?;
                tx.commit().await?;
            }
            Err(failure)
        }
    }
}

/// What the failure of a move says about the source. A permission that is missing, whoever may give it, is asked for by
/// signing in again: the move goes on after it.
pub(crate) async fn verdict(
    environment: &Environment,
    tenant: TenantId,
    source: &source::Model,
    failure: &Failure,
) -> Result<Option<Verdict>, Failure> {
    let (grant, mailbox) = (source.grant_id, &source.mailbox);
    let said = environment
        .verdict(tenant, grant, Protocol::Graph, mailbox, failure)
        .await?;
    Ok(said.map(|said| match said.state {
        ConnectionState::WaitingForApproval => Verdict {
            state: ConnectionState::NeedsSignIn,
            ..said
        },
        _ => said,
    }))
}

async fn go(
    environment: &Environment,
    tenant: TenantId,
    source: &source::Model,
    lease: Lease,
) -> Result<(), Failure> {
    let open = || {
        environment
            .connections
            .mailbox(tenant, source.grant_id, Protocol::Graph, &source.mailbox)
    };
    // The first opening brings Graph's token, and with it the permissions that it has; the second knows them.
    open().await?;
    let graph = open().await?;
    let translates = translates(environment, tenant, source).await?;
    let folder = folder(&graph, &source.folder_id, &source.folder_name, translates).await?;
    let settle_folder = match &source.settle_folder_id {
        Some(id) => {
            let name = source.settle_folder_name.as_deref().unwrap_or_default();
            Some(self::folder(&graph, id, name, translates).await?)
        }
        None => None,
    };
    let mover = Mover {
        environment,
        tenant,
        source,
        lease,
        graph: &graph,
    };
    let since = source.last_success_at.unwrap_or(source.created_at) - OVERLAP;
    let start_from = source.start_from.max(Some(since));
    let ids = match translates {
        true => mover.translate().await?,
        false => mover.find(&folder.id, start_from).await?,
    };
    let tx = environment.registry.begin(tenant).await?;
    mail::retarget_ids(&tx, source.id, &ids).await?;
    let moved = Moved {
        folder,
        settle_folder,
        start_from,
    };
    source::moved_to_graph(&tx, lease, moved).await?;
    let entry = Entry::new(Actor::Service, Action::SourceMovedToGraph)
        .on(SubjectKind::Source, &source.id, Some(&source.name))
        .changed("protocol", Some("ews"), Some("graph"));
    audit::record(&tx, &entry).await?;
    Ok(tx.commit().await?)
}

/// Whether Microsoft's cloud translates ids: those of the US government and of China do not (Microsoft Graph: "user:
/// translateExchangeIds", "National cloud deployments").
async fn translates(
    environment: &Environment,
    tenant: TenantId,
    source: &source::Model,
) -> Result<bool, Failure> {
    let tx = environment.registry.begin(tenant).await?;
    Ok(grant::find(&tx, source.grant_id).await?.cloud == Cloud::Global)
}

/// A folder of EWS as Graph has it. Graph opens it, which proves that it lets us in before anything is changed.
async fn folder(
    graph: &Opened,
    ews_id: &str,
    name: &str,
    translates: bool,
) -> Result<Folder, Failure> {
    let id = match translates {
        // A well-known name is the same in both.
        true if !ews_id.chars().all(|c| c.is_ascii_lowercase()) => {
            graph.translate_ews_folder_id(ews_id).await?
        }
        true => Some(ews_id.to_owned()),
        false => {
            let folders = graph.folders(None).await?;
            let named = folders.into_iter().find(|folder| folder.name == name);
            named.map(|folder| folder.id)
        }
    };
    let found = graph.folder(&id.ok_or(Failure::FolderLost)?).await?;
    Ok(Folder {
        id: found.id,
        name: found.name,
    })
}

/// A move on its way.
struct Mover<'a> {
    environment: &'a Environment,
    tenant: TenantId,
    source: &'a source::Model,
    lease: Lease,
    graph: &'a Opened,
}

impl Mover<'_> {
    /// The ids of the whole ledger, old and new. What Graph cannot translate is gone from the mailbox and keeps its id.
    async fn translate(&self) -> Result<Vec<(String, String)>, Failure> {
        let ids = self.ids().await?;
        let mut pairs = Vec::with_capacity(ids.len());
        for (at, batch) in ids.chunks(BATCH).enumerate() {
            self.note(at * BATCH, ids.len()).await?;
            let translated = self.graph.translate_ews_ids(batch).await?;
            let found = |it: Translated| Some((it.ews_id, it.immutable_id?));
            pairs.extend(translated.into_iter().filter_map(found));
        }
        self.note(ids.len(), ids.len()).await?;
        Ok(pairs)
    }

    async fn ids(&self) -> Result<Vec<String>, Failure> {
        let mut ids = Vec::new();
        let mut after: Option<MailId> = None;
        loop {
            let tx = self.environment.registry.begin(self.tenant).await?;
            let batch = mail::immutable_ids(&tx, self.source.id, after, BATCH as u64).await?;
            tx.commit().await?;
            let Some((last, _)) = batch.last() else {
                return Ok(ids);
            };
            after = Some(*last);
            ids.extend(batch.into_iter().map(|(_, id)| id));
        }
    }

    /// Says how far it is, and holds the source on.
    async fn note(&self, done: usize, total: usize) -> Result<(), Failure> {
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let tx = self.environment.registry.begin(self.tenant).await?;
        source::moving(&tx, self.lease, Some((count(done), count(total)))).await?;
        intake::stay(&tx, self.source, self.lease).await?;
        Ok(tx.commit().await?)
    }

    /// Where nothing translates: what Graph will list, found in the ledger by its Message-ID.
    async fn find(
        &self,
        folder: &str,
        since: Option<DateTime<Utc>>,
    ) -> Result<Vec<(String, String)>, Failure> {
        let listed = self.graph.list_messages(folder, since).await?;
        let mut pairs = Vec::new();
        for heads in listed.chunks(100) {
            let wanted: Vec<(String, &str)> = heads
                .iter()
                .filter_map(|head| {
                    Some((bare(head.internet_message_id.as_deref()?), head.id.as_str()))
                })
                .collect();
            let ids: Vec<String> = wanted.iter().map(|(id, _)| id.clone()).collect();
            let tx = self.environment.registry.begin(self.tenant).await?;
            let known = mail::by_message_ids(&tx, &ids).await?;
            intake::stay(&tx, self.source, self.lease).await?;
            tx.commit().await?;
            for (message_id, graph_id) in wanted {
                let of_source = |row: &&mail::Model| {
                    row.source_id == self.source.id
                        && row.message_id.as_deref() == Some(message_id.as_str())
                };
                if let Some(row) = known.iter().find(of_source) {
                    pairs.push((row.immutable_id.clone(), graph_id.to_owned()));
                }
            }
        }
        Ok(pairs)
    }
}

/// A Message-ID as the ledger keeps it.
fn bare(message_id: &str) -> String {
    message_id
        .trim()
        .trim_start_matches('<')
        .trim_end_matches('>')
        .to_owned()
}
