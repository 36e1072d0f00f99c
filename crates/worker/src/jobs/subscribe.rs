//! Subscribe: looks after Microsoft's promise to tell of new mail. Polls go on whatever comes of it.

mod terms;

use chrono::{DateTime, TimeDelta, Utc};
use postroom_connections::Opened;
use postroom_mailbox::ErrorKind;
use postroom_registry::{
    RegistryError, SubscriptionId, TenantId,
    connection::Protocol,
    source,
    subscription::{self, Outcome, SubscriptionState},
};

use crate::{Environment, Job, backoff, failure::Failure};

use terms::Terms;

const HOLD: TimeDelta = TimeDelta::minutes(2);
/// What is off or cannot be is looked at again after this time: the operator may have changed a setting, Microsoft its
/// mind.
const OFF_FOR: TimeDelta = TimeDelta::days(1);
/// A failure is tried again after this time at the latest, unless Microsoft asks for more.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

/// One look at a subscription in hand.
struct Look<'a> {
    environment: &'a Environment,
    tenant: TenantId,
    row: subscription::Model,
    source: source::Model,
}

/// Makes, prolongs, recreates or takes back a subscription, as it needs.
pub(crate) async fn run(
    environment: &Environment,
    tenant: TenantId,
    id: SubscriptionId,
) -> Result<(), Failure> {
    let tx = environment.registry.begin(tenant).await?;
    let Some(row) = subscription::claim(&tx, id, HOLD).await? else {
        return Ok(());
    };
    let source = source::find_even_deleted(&tx, row.source_id).await?;
    tx.commit().await?;
    let look = Look {
        environment,
        tenant,
        row,
        source,
    };
    let (outcome, failure) = match look.after().await {
        Ok(outcome) => (outcome, None),
        Err(failure @ Failure::Registry(_)) => return Err(failure),
        Err(failure) => (look.failed(&failure), Some(failure)),
    };
    match look.end(outcome).await {
        Err(Failure::Registry(RegistryError::Superseded)) => Ok(()),
        Err(error) => Err(error),
        Ok(()) => failure.map_or(Ok(()), Err),
    }
}

impl Look<'_> {
    async fn after(&self) -> Result<Outcome, Failure> {
        if self.source.deleted_at.is_some() {
            return self.take_back(SubscriptionState::Off, None, None).await;
        }
        if self.source.protocol != Protocol::Graph {
            let why = "Microsoft tells of new mail by Graph only";
            let never = SubscriptionState::NotAvailable;
            return Ok(outcome(never, Some(why), None));
        }
        let terms = match Terms::of(self.environment, &self.row.key) {
            Ok(terms) => terms,
            Err(why) => {
                let again = self.now() + OFF_FOR;
                return self
                    .take_back(SubscriptionState::Off, Some(why), Some(again))
                    .await;
            }
        };
        let mailbox = self.open().await?;
        match &self.row.graph_id {
            Some(id) if self.row.state != SubscriptionState::Starting => {
                match mailbox.renew_subscription(id).await {
                    Ok(kept) => Ok(self.live(kept.id, kept.expires_at)),
                    // Microsoft forgot it.
                    Err(failure) if is_gone(&failure) => self.make(&mailbox, &terms).await,
                    Err(failure) => Err(failure.into()),
                }
            }
            Some(id) => {
                // It is of another folder or another sign-in: where the old sign-in cannot take it back, it runs out.
                if let Err(failure) = mailbox.delete_subscription(id).await {
                    tracing::debug!(cause = %failure, "an old subscription runs out by itself");
                }
                self.make(&mailbox, &terms).await
            }
            None => self.make(&mailbox, &terms).await,
        }
    }

    async fn open(&self) -> Result<Opened, Failure> {
        let connections = &self.environment.connections;
        Ok(connections.source(self.tenant, &self.source).await?)
    }

    /// The word that Microsoft must say is kept before Microsoft is asked: it calls before it answers.
    async fn make(&self, mailbox: &Opened, terms: &Terms) -> Result<Outcome, Failure> {
        let tx = self.environment.registry.begin(self.tenant).await?;
        let word = subscription::new_client_state(&tx, &self.row).await?;
        tx.commit().await?;
        let asked = terms.asked(&self.source.folder_id, &word);
        let made = mailbox.subscribe(&asked).await?;
        Ok(self.live(made.id, made.expires_at))
    }

    fn live(&self, graph_id: String, expires_at: DateTime<Utc>) -> Outcome {
        let life = expires_at - self.now();
        Outcome {
            state: SubscriptionState::Live,
            detail: None,
            graph_id: Some(graph_id),
            expires_at: Some(expires_at),
            renew_at: Some(self.now() + life * 2 / 3),
        }
    }

    async fn take_back(
        &self,
        state: SubscriptionState,
        why: Option<&str>,
        again: Option<DateTime<Utc>>,
    ) -> Result<Outcome, Failure> {
        if let Some(id) = &self.row.graph_id {
            let gone =
                async { Ok::<_, Failure>(self.open().await?.delete_subscription(id).await?) };
            if let Err(failure) = gone.await {
                tracing::debug!(cause = %failure, "a subscription runs out by itself");
            }
        }
        Ok(outcome(state, why, again))
    }

    /// What a failure leaves. A promise that still lasts is kept.
    fn failed(&self, failure: &Failure) -> Outcome {
        let now = self.now();
        let refused = matches!(
            failure.kind(),
            Some(ErrorKind::AccessDenied | ErrorKind::MailboxMissing)
        );
        if refused {
            let why = "Microsoft does not let this sign-in be told of this mailbox";
            let never = SubscriptionState::NotAvailable;
            return outcome(never, Some(why), Some(now + OFF_FOR));
        }
        let asked = failure.retry_after();
        let longest = asked
            .and_then(|asked| TimeDelta::from_std(asked).ok())
            .map_or(LONGEST_WAIT, |asked| LONGEST_WAIT.max(asked * 2));
        let spread = backoff::spread(self.row.id.0);
        let again = backoff::next_try(now, self.row.failures + 1, asked, spread);
        let lasts = self.row.state == SubscriptionState::Live
            && self.row.expires_at.is_some_and(|end| now < end);
        Outcome {
            state: match lasts {
                true => SubscriptionState::Live,
                false => SubscriptionState::Down,
            },
            detail: Some(failure.sentence()),
            graph_id: self.row.graph_id.clone(),
            expires_at: self.row.expires_at,
            renew_at: Some(again.min(now + longest)),
        }
    }

    /// Writes down how it is. What came before Microsoft began to tell, a poll finds at once.
    async fn end(&self, outcome: Outcome) -> Result<(), Failure> {
        let begins = outcome.state == SubscriptionState::Live
            && self.row.state != SubscriptionState::Live
            && self.source.deleted_at.is_none();
        let tx = self.environment.registry.begin(self.tenant).await?;
        subscription::end(&tx, &self.row, outcome).await?;
        if begins {
            let source = source::find(&tx, self.source.id).await?;
            source::poll_now(&tx, source).await?;
        }
        tx.commit().await?;
        if begins {
            let job = Job::Poll(self.tenant, self.source.id);
            self.environment.ring(job).await;
        }
        Ok(())
    }

    fn now(&self) -> DateTime<Utc> {
        self.environment.clock().now()
    }
}

fn outcome(
    state: SubscriptionState,
    why: Option<&str>,
    renew_at: Option<DateTime<Utc>>,
) -> Outcome {
    Outcome {
        state,
        detail: why.map(ToOwned::to_owned),
        graph_id: None,
        expires_at: None,
        renew_at,
    }
}

fn is_gone(failure: &postroom_connections::Failure) -> bool {
    matches!(failure, postroom_connections::Failure::Mailbox(error) if error.kind() == ErrorKind::ItemMissing)
}
