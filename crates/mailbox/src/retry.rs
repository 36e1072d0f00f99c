use std::time::Duration;

use backon::ExponentialBuilder;

use crate::MailboxError;

/// How patient a read is within one call. Longer waits are the caller's, as a time of the next attempt.
#[derive(Clone, Copy, Debug)]
pub struct Retries {
    /// How often to try again.
    pub times: usize,
    /// The first wait; it doubles, with jitter.
    pub first_delay: Duration,
    /// All waits of one call together.
    pub budget: Duration,
    /// Wait and go on when Microsoft asks to slow down. Who shares a mailbox with others says no, and holds all of them
    /// back.
    pub when_throttled: bool,
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            times: 2,
            first_delay: Duration::from_millis(500),
            budget: Duration::from_secs(10),
            when_throttled: true,
        }
    }
}

impl Retries {
    pub(crate) fn backoff(self) -> ExponentialBuilder {
        ExponentialBuilder::default()
            .with_min_delay(self.first_delay)
            .with_max_times(self.times)
            .with_jitter()
    }

    /// The same call may go better at once. A timeout has already cost the caller a long wait: it decides itself.
    pub(crate) fn helps(self, error: &MailboxError) -> bool {
        match error {
            MailboxError::Unreachable { source, .. } => !source.is_timeout(),
            MailboxError::Throttled { .. } => self.when_throttled,
            error => error.is_transient(),
        }
    }

    /// Waits at least as long as Microsoft asked, or not at all when that is more than the budget has left.
    pub(crate) fn obey<E>(
        self,
        asked: impl Fn(&E) -> Option<Duration>,
    ) -> impl FnMut(&E, Option<Duration>) -> Option<Duration> {
        let mut left = self.budget;
        move |error, planned| {
            let wait = planned?.max(asked(error).unwrap_or_default());
            left = left.checked_sub(wait)?;
            Some(wait)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Option<Duration> = Some(Duration::from_secs(1));

    fn obey() -> impl FnMut(&u64, Option<Duration>) -> Option<Duration> {
        Retries::default().obey(|seconds| Some(Duration::from_secs(*seconds)))
    }

    #[test]
    fn microsoft_may_ask_for_a_longer_wait_but_not_beyond_the_budget() {
        let mut waits = obey();
        assert_eq!(waits(&6, SECOND), Some(Duration::from_secs(6)));
        assert_eq!(waits(&0, SECOND), SECOND);
        assert_eq!(waits(&4, SECOND), None, "6 + 1 + 4 > 10");
        assert_eq!(obey()(&11, SECOND), None);
    }

    #[test]
    fn the_end_of_the_backoff_is_the_end() {
        assert_eq!(obey()(&1, None), None);
    }
}
