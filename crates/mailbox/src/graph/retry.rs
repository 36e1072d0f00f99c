use std::time::Duration;

use backon::ExponentialBuilder;

use super::error::GraphError;

/// How patient a read is within one call. Longer waits are the caller's, as a time of the next attempt.
#[derive(Clone, Copy, Debug)]
pub struct Retries {
    /// How often to try again.
    pub times: usize,
    /// The first wait; it doubles, with jitter.
    pub first_delay: Duration,
    /// All waits of one call together.
    pub budget: Duration,
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            times: 2,
            first_delay: Duration::from_millis(500),
            budget: Duration::from_secs(10),
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

    /// A timeout has already cost the caller a long wait: it decides itself.
    pub(crate) fn worth_it(error: &GraphError) -> bool {
        match error {
            GraphError::Unreachable { source, .. } => !source.is_timeout(),
            error => error.is_transient(),
        }
    }

    /// Waits at least as long as Graph asks, or not at all when that is more than the budget has left.
    pub(crate) fn obey(self) -> impl FnMut(&GraphError, Option<Duration>) -> Option<Duration> {
        let mut left = self.budget;
        move |error, planned| {
            let wait = planned?.max(error.retry_after().unwrap_or_default());
            left = left.checked_sub(wait)?;
            Some(wait)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::Support;
    use super::*;

    fn throttled(seconds: u64) -> GraphError {
        GraphError::Throttled {
            retry_after: Some(Duration::from_secs(seconds)),
            support: Support::default(),
        }
    }

    #[test]
    fn graph_may_ask_for_a_longer_wait_but_not_beyond_the_budget() {
        let second = Some(Duration::from_secs(1));
        let mut obey = Retries::default().obey();
        assert_eq!(obey(&throttled(6), second), Some(Duration::from_secs(6)));
        assert_eq!(obey(&throttled(0), second), second);
        assert_eq!(obey(&throttled(4), second), None, "6 + 1 + 4 > 10");
        assert_eq!(Retries::default().obey()(&throttled(11), second), None);
    }

    #[test]
    fn the_end_of_the_backoff_is_the_end() {
        assert_eq!(Retries::default().obey()(&throttled(1), None), None);
    }
}
