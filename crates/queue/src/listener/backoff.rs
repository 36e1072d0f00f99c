use std::time::Duration;

use rand::RngExt as _;

const SHORTEST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(5);

/// Pauses that double, with some chance in them so that workers do not come back together.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
}

impl Backoff {
    pub(super) fn reset(&mut self) {
        self.failures = 0;
    }

    pub(super) async fn pause(&mut self) {
        let longest = self.longest();
        self.failures = self.failures.saturating_add(1);
        let chance = rand::rng().random_range(0.5..=1.0);
        tokio::time::sleep(longest.mul_f64(chance)).await;
    }

    fn longest(&self) -> Duration {
        let doubled = SHORTEST.saturating_mul(2u32.saturating_pow(self.failures));
        doubled.min(LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_start_anew() {
        let mut backoff = Backoff::default();
        let mut pauses = Vec::new();
        for failures in [0, 1, 2, 5, 6, 1000] {
            backoff.failures = failures;
            pauses.push(u64::try_from(backoff.longest().as_millis()).unwrap());
        }
        assert_eq!(pauses, [100, 200, 400, 3200, 5000, 5000]);
        backoff.reset();
        assert_eq!(backoff.longest(), SHORTEST);
    }
}
