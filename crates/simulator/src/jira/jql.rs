//! The part of JQL that an app needs: projects, keys, dates, texts and indexed entity properties.

mod field;
mod matching;
mod parse;
mod token;

use super::{
    error::JiraError,
    model::{issue::Issue, state::State},
};
use chrono::{DateTime, Utc};

pub(crate) use self::parse::Query;

/// When and how a query is run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<'a> {
    pub(crate) state: &'a State,
    pub(crate) now: DateTime<Utc>,
    /// Issues and properties written after this are not in the index yet.
    pub(crate) indexed_until: DateTime<Utc>,
    /// Ids that are looked at as they are, whatever the index knows.
    pub(crate) reconcile: &'a [u64],
    /// The account that asks, for `currentUser()`.
    pub(crate) account_id: &'a str,
}

impl Run<'_> {
    /// The issues that the query finds, in its order.
    pub(crate) fn find(&self, query: &Query) -> Result<Vec<&Issue>, JiraError> {
        let mut found = Vec::new();
        for issue in self.state.issues.values() {
            let in_index = issue.created <= self.indexed_until || self.is_reconciled(issue);
            if in_index && self.meets(issue, &query.condition)? {
                found.push(issue);
            }
        }
        query.sort(&mut found);
        Ok(found)
    }

    pub(super) fn is_reconciled(&self, issue: &Issue) -> bool {
        self.reconcile.contains(&issue.id)
    }
}

/// Whether an issue meets the filter of a webhook; a filter that makes no sense lets nothing through.
pub(crate) fn meets(state: &State, issue: &Issue, filter: &str, now: DateTime<Utc>) -> bool {
    let run = Run {
        state,
        now,
        indexed_until: now,
        reconcile: &[issue.id],
        account_id: "",
    };
    Query::parse(filter)
        .and_then(|query| run.meets(issue, &query.condition))
        .unwrap_or(false)
}

#[cfg(test)]
mod tests;
