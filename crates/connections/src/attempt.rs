//! One call: a token, a place at the mailbox, and a second try where that helps.

use std::time::Duration;

use postroom_mailbox::{AccessToken, MailboxError, Support};
use postroom_queue::Permit;

use crate::{Failure, Opened};

/// Longer than the longest request.
const HOLD: Duration = Duration::from_secs(180);
/// Whoever waits longer for a place comes back later.
const WAIT: Duration = Duration::from_secs(30);
/// The wait where Microsoft asks for one and does not say how long; it doubles.
const UNSAID: Duration = Duration::from_secs(2);
/// A wait that is asked for is worth it up to this; longer ones are the caller's, as a time of the next attempt.
const PATIENCE: Duration = Duration::from_secs(10);

impl Opened {
    /// Makes a call with a token, in one of the mailbox's places.
    pub(crate) async fn attempt<T, F>(&self, call: impl Fn(AccessToken) -> F) -> Result<T, Failure>
    where
        F: Future<Output = Result<T, MailboxError>>,
    {
        let (mut slowed, mut refused) = (0, false);
        loop {
            let token = self.token().await?;
            let place = self.place().await?;
            let result = call(AccessToken::from(token.clone())).await;
            if let Err(error @ MailboxError::Throttled { .. }) = &result {
                let wait = error.retry_after().unwrap_or(UNSAID * 2_u32.pow(slowed));
                slowed += 1;
                let all_know = self.hold_back(wait).await;
                if all_know && slowed < self.tries() && wait <= PATIENCE {
                    // The wait itself is that for the next place.
                    give_back(place).await;
                    continue;
                }
            }
            give_back(place).await;
            match result {
                Err(MailboxError::Unauthorized(_)) if !refused => {
                    refused = true;
                    self.forget(&token).await?;
                }
                Err(MailboxError::AccessDenied(support)) if self.lacks_a_scope() => {
                    return Err(MailboxError::ScopeMissing(support).into());
                }
                other => return Ok(other?),
            }
        }
    }

    /// One of the places. Without Redis the work goes on without: Microsoft itself says when it is too much.
    async fn place(&self) -> Result<Option<Permit>, Failure> {
        let (permits, key) = (self.connections.parts.doorbell.permits(), self.places());
        match permits
            .acquire(&key, self.connections.at_once, HOLD, WAIT)
            .await
        {
            Ok(Some(permit)) => Ok(Some(permit)),
            Ok(None) => {
                let left = permits.paused(&key).await.ok().flatten();
                Err(Failure::Mailbox(MailboxError::Throttled {
                    retry_after: Some(left.unwrap_or(UNSAID)),
                    support: Support::default(),
                }))
            }
            Err(error) => {
                tracing::debug!(cause = %error, "no permits; Microsoft says when it is too much");
                Ok(None)
            }
        }
    }

    /// Nobody asks this mailbox for anything before its time. Whether that is known to all.
    async fn hold_back(&self, wait: Duration) -> bool {
        let permits = self.connections.parts.doorbell.permits();
        let paused = permits.pause(&self.places(), wait).await;
        if let Err(error) = &paused {
            tracing::warn!(cause = %error, "a wait that Microsoft asked for is not known to all");
        }
        paused.is_ok()
    }

    /// Tries of a call that is slowed down.
    fn tries(&self) -> u32 {
        let more = self.connections.parts.retries.times;
        u32::try_from(more).unwrap_or(u32::MAX).saturating_add(1)
    }
}

async fn give_back(place: Option<Permit>) {
    if let Some(place) = place
        && let Err(error) = place.release().await
    {
        tracing::debug!(cause = %error, "a place is free when its time ends");
    }
}
