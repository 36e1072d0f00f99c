//! The queue of webhooks: those of one issue go out one after the other.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
};

use super::send;
use crate::{jira::site::Site, world::lock};

/// A webhook to send.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub(crate) identifier: String,
    pub(crate) event: &'static str,
    /// The app's base URL.
    pub(crate) base_url: String,
    /// Path below the base URL, with the query.
    pub(crate) target: String,
    pub(crate) body: String,
    pub(crate) issue: u64,
}

/// What waits, by issue. A queue that exists has a task that empties it.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    queues: Mutex<HashMap<u64, VecDeque<Outgoing>>>,
}

impl Outbox {
    /// Sends a webhook after those of the same issue.
    pub(crate) fn push(&self, site: &Arc<Site>, outgoing: Outgoing) {
        let issue = outgoing.issue;
        let mut queues = lock(&self.queues);
        if let Some(queue) = queues.get_mut(&issue) {
            queue.push_back(outgoing);
        } else {
            queues.insert(issue, VecDeque::from([outgoing]));
            tokio::spawn(empty(Arc::clone(site), issue));
        }
    }

    fn first(&self, issue: u64) -> Option<Outgoing> {
        let mut queues = lock(&self.queues);
        let first = queues.get_mut(&issue).and_then(VecDeque::pop_front);
        if first.is_none() {
            queues.remove(&issue);
        }
        first
    }
}

async fn empty(site: Arc<Site>, issue: u64) {
    while let Some(outgoing) = site.outbox.first(issue) {
        send::with_retries(&site, outgoing).await;
    }
}
