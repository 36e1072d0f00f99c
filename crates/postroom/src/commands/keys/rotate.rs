//! `postroom keys rotate`: wraps the tenants' keys anew, while the service runs.

use std::{collections::HashSet, io::Write as _};

use anyhow::{Context as _, bail};
use chrono::{DateTime, TimeDelta, Utc};
use clap::Args;
use postroom_clock::Clock;
use postroom_registry::{Registry, RegistryError, TenantId};
use serde_json::json;

use super::{Book, Listed};

/// How often progress is told.
const TELL_EVERY: TimeDelta = TimeDelta::seconds(1);
/// Tenants that install themselves meanwhile at a process with an older list are taken in another round.
const ROUNDS: usize = 5;

/// How to rotate.
#[derive(Clone, Debug, Args)]
pub struct Rotate {
    #[command(flatten)]
    book: Book,
    /// How many tenants are asked for at once
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(i32).range(1..))]
    batch: i32,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

/// What was done so far.
#[derive(Debug, Default)]
struct Progress {
    total: u64,
    rewrapped: u64,
    /// Another rotation, or the end of a tenant, was faster.
    settled: u64,
    failed: HashSet<TenantId>,
    interrupted: bool,
}

impl Progress {
    fn done(&self) -> u64 {
        self.rewrapped + self.settled + self.failed.len() as u64
    }
}

pub(super) async fn run(rotate: &Rotate) -> anyhow::Result<()> {
    let (registry, listed) = rotate.book.open().await?;
    let clock = Clock::system();
    let mut rotation = Rotation {
        registry: registry.clone(),
        listed: &listed,
        batch: rotate.batch,
        progress: Progress {
            total: waiting(&registry, &listed).await?,
            ..Progress::default()
        },
        began: clock.now(),
        told: clock.now(),
        clock,
    };
    let mut remaining = rotation.progress.total;
    for _ in 0..ROUNDS {
        let before = rotation.progress.rewrapped;
        rotation.round().await?;
        remaining = waiting(&registry, &listed).await?;
        let stuck = rotation.progress.rewrapped == before;
        if remaining == 0 || rotation.progress.interrupted || stuck {
            break;
        }
    }
    rotation.tell()?;
    summarise(rotate, &rotation, remaining)?;
    registry.close().await?;
    match (rotation.progress.interrupted, remaining) {
        (_, 0) => Ok(()),
        (true, _) => bail!("interrupted with {remaining} keys left; run it again to go on"),
        (false, _) => bail!(
            "{remaining} keys are not wrapped by \"{}\" yet",
            listed.sealing
        ),
    }
}

/// How many data keys another master key than the first one wraps.
async fn waiting(registry: &Registry, listed: &Listed) -> anyhow::Result<u64> {
    let counts = registry.master_key_counts().await?;
    Ok(counts
        .iter()
        .filter(|(id, _)| *id != listed.sealing)
        .map(|(_, amount)| amount)
        .sum())
}

struct Rotation<'a> {
    registry: Registry,
    listed: &'a Listed,
    batch: i32,
    progress: Progress,
    began: DateTime<Utc>,
    told: DateTime<Utc>,
    clock: Clock,
}

impl Rotation<'_> {
    /// Goes through all tenants once; each is a transaction of its own, so it can be stopped anywhere.
    async fn round(&mut self) -> anyhow::Result<()> {
        let interrupt = tokio::signal::ctrl_c();
        tokio::pin!(interrupt);
        let mut after = None;
        loop {
            let tenants = self.registry.tenants_to_rewrap(after, self.batch).await?;
            let Some(last) = tenants.last() else {
                return Ok(());
            };
            after = Some(*last);
            for tenant in tenants {
                if self.progress.failed.contains(&tenant) {
                    continue;
                }
                tokio::select! {
                    _ = &mut interrupt => {
                        self.progress.interrupted = true;
                        return Ok(());
                    }
                    done = self.registry.rewrap(tenant) => self.count(tenant, done)?,
                }
                if self.clock.now() - self.told >= TELL_EVERY {
                    self.tell()?;
                }
            }
        }
    }

    fn count(&mut self, tenant: TenantId, done: Result<bool, RegistryError>) -> anyhow::Result<()> {
        match done {
            Ok(true) => self.progress.rewrapped += 1,
            Ok(false) => self.progress.settled += 1,
            // The next one would fare no better.
            Err(error) if error.is_transient() => {
                return Err(error).context("PostgreSQL went away; run it again to go on");
            }
            Err(error) => {
                self.progress.failed.insert(tenant);
                let cause = match &error {
                    RegistryError::Sealed(why) => why.to_string(),
                    other => other.to_string(),
                };
                tracing::error!(%tenant, cause, "the key of a tenant cannot be wrapped anew");
            }
        }
        Ok(())
    }

    fn tell(&mut self) -> anyhow::Result<()> {
        self.told = self.clock.now();
        let done = self.progress.done();
        writeln!(
            std::io::stderr().lock(),
            "{done}/{} tenants, {:.0} a second, {} failed",
            self.progress.total.max(done),
            self.per_second(),
            self.progress.failed.len()
        )?;
        Ok(())
    }

    fn seconds(&self) -> f64 {
        (self.clock.now() - self.began).as_seconds_f64()
    }

    fn per_second(&self) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a rate for people needs no more than 52 bits"
        )]
        let done = self.progress.done() as f64;
        done / self.seconds().max(0.001)
    }
}

fn summarise(rotate: &Rotate, rotation: &Rotation<'_>, remaining: u64) -> anyhow::Result<()> {
    let Progress {
        rewrapped,
        settled,
        failed,
        interrupted,
        ..
    } = &rotation.progress;
    let failed = failed.len();
    let sealing = &rotation.listed.sealing;
    let mut out = std::io::stdout().lock();
    if rotate.json {
        let summary = json!({
            "master_key": sealing, "rewrapped": rewrapped, "settled": settled, "failed": failed,
            "remaining": remaining, "interrupted": interrupted, "seconds": rotation.seconds(),
        });
        writeln!(out, "{summary}")?;
        return Ok(());
    }
    writeln!(
        out,
        "{rewrapped} keys are now wrapped by \"{sealing}\", {failed} failed, {remaining} remain"
    )?;
    if remaining == 0 {
        writeln!(
            out,
            "every tenant's key is wrapped by \"{sealing}\": the other master keys can leave the list"
        )?;
    }
    Ok(())
}
