//! The loop: bells and sweeps become jobs, a bounded number at once, until it is told to stop.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use postroom_queue::{Listener, Receipt};
use postroom_registry::{RegistryError, TenantId};
use tokio::{sync::Semaphore, task::JoinSet, time::interval};
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use crate::{Environment, Job, failure::Failure, jobs};

const BLOCK: Duration = Duration::from_secs(2);
const SWEEP_EVERY: Duration = Duration::from_secs(1);
const MEASURE_EVERY: Duration = Duration::from_secs(10);
const WATCH_EVERY: Duration = Duration::from_secs(30);
/// A bell in a worker's hand for longer than this is another worker's to take.
const ABANDONED: Duration = Duration::from_secs(15 * 60);
/// Jobs at once, and of these for one tenant: one slow site never stops another.
const JOBS: usize = 16;
const JOBS_OF_A_TENANT: usize = 6;

/// A worker process.
#[derive(Debug)]
pub struct Worker {
    environment: Environment,
    places: Arc<Semaphore>,
    tenants: Arc<Mutex<HashMap<TenantId, Arc<Semaphore>>>>,
    in_hand: Arc<Mutex<HashSet<Job>>>,
}

impl Worker {
    /// A worker on this environment.
    pub fn new(environment: Environment) -> Self {
        Self {
            environment,
            places: Arc::new(Semaphore::new(JOBS)),
            tenants: Arc::default(),
            in_hand: Arc::default(),
        }
    }

    /// Works until `stop`, then finishes what is in hand. What the process has no time to finish is due in the book.
    pub async fn run(&self, stop: CancellationToken) {
        let mut tasks = JoinSet::new();
        let mut sweep = interval(SWEEP_EVERY);
        let mut measure = interval(MEASURE_EVERY);
        let mut watch = interval(WATCH_EVERY);
        let (bells, mut heard) = tokio::sync::mpsc::channel(JOBS);
        let ears = tokio::spawn(listen(self.environment.clone(), bells, stop.clone()));
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                Some(rung) = heard.recv() => self.start(&mut tasks, rung.job, Some(rung)),
                _ = sweep.tick() => self.sweep(&mut tasks).await,
                _ = measure.tick() => self.measure().await,
                _ = watch.tick() => self.watch(&mut tasks),
                Some(_) = tasks.join_next(), if !tasks.is_empty() => {}
            }
        }
        tracing::info!(in_hand = tasks.len(), "stopping: finishing what is in hand");
        while tasks.join_next().await.is_some() {}
        let _ = ears.await;
    }

    async fn sweep(&self, tasks: &mut JoinSet<()>) {
        match jobs::sweep::due(&self.environment).await {
            Ok(due) => {
                self.environment
                    .metrics
                    .sweep_overdue
                    .set(due.len() as f64, []);
                for job in due {
                    self.start(tasks, job, None);
                }
            }
            Err(error) => tracing::warn!(cause = %error, "the sweep could not look"),
        }
    }

    async fn measure(&self) {
        if let Err(error) = jobs::sweep::measure(&self.environment).await {
            tracing::warn!(cause = %error, "the fleet could not be counted");
        }
    }

    /// Looks for what nobody said: silence, and what ends soon. Beside the jobs, so that nothing waits for it.
    fn watch(&self, tasks: &mut JoinSet<()>) {
        let environment = self.environment.clone();
        tasks.spawn(async move { watch(&environment).await });
    }

    /// Starts a job, unless this process has it in hand already.
    fn start(&self, tasks: &mut JoinSet<()>, job: Job, rung: Option<Rung>) {
        if !locked(&self.in_hand).insert(job) {
            if let Some(rung) = rung {
                tasks.spawn(async move { rung.done().await });
            }
            return;
        }
        let environment = self.environment.clone();
        let (places, in_hand) = (Arc::clone(&self.places), Arc::clone(&self.in_hand));
        let own = Arc::clone(
            locked(&self.tenants)
                .entry(job.tenant())
                .or_insert_with(|| Arc::new(Semaphore::new(JOBS_OF_A_TENANT))),
        );
        tasks.spawn(async move {
            let own_place = own.acquire().await;
            let place = places.acquire().await;
            do_job(&environment, job).await;
            drop((own_place, place));
            locked(&in_hand).remove(&job);
            if let Some(rung) = rung {
                rung.done().await;
            }
        });
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A bell that was heard.
struct Rung {
    job: Job,
    listener: Listener,
    receipt: Receipt,
}

impl Rung {
    async fn done(self) {
        if let Err(error) = self.listener.done(&self.receipt).await {
            tracing::debug!(cause = %error, "a bell could not be put away");
        }
    }
}

async fn listen(
    environment: Environment,
    bells: tokio::sync::mpsc::Sender<Rung>,
    stop: CancellationToken,
) {
    let listener = match environment.doorbell.listener() {
        Ok(listener) => listener,
        Err(error) => {
            tracing::error!(cause = %error, "no doorbell: the sweep alone finds work");
            return;
        }
    };
    while !stop.is_cancelled() {
        let mut rungs = tokio::select! {
            () = stop.cancelled() => return,
            heard = listener.next(JOBS, BLOCK) => heard.unwrap_or_default(),
        };
        if rungs.is_empty() {
            rungs = listener
                .claim_abandoned(ABANDONED)
                .await
                .unwrap_or_default();
        }
        for rung in rungs {
            let Some(job) = Job::of(&rung.bell) else {
                tracing::warn!(
                    kind = rung.bell.kind,
                    "a bell for a job that this version does not know"
                );
                let _ = listener.done(&rung.receipt).await;
                continue;
            };
            let rung = Rung {
                job,
                listener: listener.clone(),
                receipt: rung.receipt,
            };
            if bells.send(rung).await.is_err() {
                return;
            }
        }
    }
}

/// Runs one job in its span and counts how it ended. A job that panics takes nothing with it.
async fn do_job(environment: &Environment, job: Job) {
    let begun = Instant::now();
    let id = job.bell().id;
    let span = tracing::info_span!("job", job = job.kind(), tenant = %job.tenant(), id = %id);
    let ended = tokio::spawn(
        {
            let environment = environment.clone();
            async move { run_job(&environment, job).await }
        }
        .instrument(span.clone()),
    )
    .await;
    let outcome = match &ended {
        Ok(Ok(())) => "done",
        Ok(Err(_)) => "retried",
        Err(_) => "failed",
    };
    span.in_scope(|| match ended {
        Ok(Ok(())) => {}
        Ok(Err(failure)) => tracing::info!(cause = %failure, "the job is due again"),
        Err(_) => tracing::error!("the job panicked; its row is due again when its claim ends"),
    });
    environment.metrics.jobs.add([job.kind(), outcome]);
    environment
        .metrics
        .job_duration
        .record(begun.elapsed(), [job.kind()]);
}

async fn watch(environment: &Environment) {
    if let Err(failure) = jobs::watch::run(environment).await {
        tracing::warn!(cause = %failure, "the watch could not look");
    }
}

async fn run_job(environment: &Environment, job: Job) -> Result<(), Failure> {
    match job {
        Job::Poll(tenant, id) => Box::pin(jobs::poll::run(environment, tenant, id)).await,
        Job::Reconcile(tenant, id) => Box::pin(jobs::reconcile::run(environment, tenant, id)).await,
        Job::MoveToGraph(tenant, id) => {
            Box::pin(jobs::move_to_graph::run(environment, tenant, id)).await
        }
        Job::Process(tenant, id) => Box::pin(jobs::process::run(environment, tenant, id)).await,
        Job::Send(tenant, id) => Box::pin(jobs::send::run(environment, tenant, id)).await,
        Job::Renew(tenant, id) => Box::pin(jobs::renew::run(environment, tenant, id)).await,
        Job::Subscribe(tenant, id) => Box::pin(jobs::subscribe::run(environment, tenant, id)).await,
        Job::Alert(tenant, id) => Box::pin(jobs::alert::run(environment, tenant, id)).await,
        Job::Forget(tenant) => Box::pin(jobs::forget::run(environment, tenant)).await,
    }
}

/// Looks for silence, does all that is due now, one after the other, and says how much it was: the same code as the
/// loop's, for tests and for a person at a shell.
///
/// # Errors
/// When the book does not answer.
pub async fn drain(environment: &Environment) -> Result<usize, RegistryError> {
    watch(environment).await;
    let due = jobs::sweep::due(environment).await?;
    for job in &due {
        do_job(environment, *job).await;
    }
    Ok(due.len())
}
