use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

const KEPT: usize = 1024;
const FOR: TimeDelta = TimeDelta::seconds(60);

/// Key ids that the set was asked for and does not have. The same one again and again costs no second question.
#[derive(Debug, Default)]
pub(super) struct Missing(HashMap<String, DateTime<Utc>>);

impl Missing {
    pub(super) fn has(&self, kid: &str, now: DateTime<Utc>) -> bool {
        self.0.get(kid).is_some_and(|at| (now - *at).abs() < FOR)
    }

    /// A full memory takes no more: the budget of questions bounds what a flood can do.
    pub(super) fn remember(&mut self, kid: &str, now: DateTime<Utc>) {
        if self.0.len() >= KEPT {
            self.0.retain(|_, at| (now - *at).abs() < FOR);
        }
        if self.0.len() < KEPT {
            self.0.insert(kid.to_owned(), now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::now;

    #[test]
    fn it_forgets_after_a_minute_and_keeps_no_more_than_it_may() {
        let mut missing = Missing::default();
        for n in 0..KEPT + 10 {
            missing.remember(&n.to_string(), now());
        }
        assert_eq!(missing.0.len(), KEPT);
        assert!(missing.has("0", now() + TimeDelta::seconds(59)));
        let later = now() + FOR;
        assert!(!missing.has("0", later));
        missing.remember("new", later);
        assert!(missing.has("new", later));
        assert_eq!(missing.0.len(), 1);
    }
}
