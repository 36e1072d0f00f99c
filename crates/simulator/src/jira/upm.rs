//! The Universal Plugin Manager's installs: asked for by a developer's tool, done in the background.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
};

use super::{control::with_causes, lifecycle, site::Site};
use crate::world::lock;

/// Tokens that are good for one install each.
const TOKENS: usize = 100;

/// What the manager remembers of one site.
#[derive(Debug, Default)]
pub(crate) struct Upm {
    tokens: Mutex<VecDeque<String>>,
    tasks: Mutex<BTreeMap<String, Task>>,
}

/// An install.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    /// URL of the descriptor.
    pub(crate) source: String,
    pub(crate) progress: Progress,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    Running,
    /// With what went wrong.
    Failed(String),
    /// With the key of the app.
    Done(String),
}

impl Upm {
    /// A token against requests that a foreign page makes.
    pub(crate) fn token(&self, site: &Site) -> String {
        let token = site.clock.new_id().simple().to_string();
        let mut tokens = lock(&self.tokens);
        tokens.push_back(token.clone());
        if tokens.len() > TOKENS {
            tokens.pop_front();
        }
        token
    }

    /// Uses a token up; false for one that was never given.
    pub(crate) fn take(&self, token: &str) -> bool {
        let mut tokens = lock(&self.tokens);
        let at = tokens.iter().position(|known| known == token);
        at.is_some_and(|at| tokens.remove(at).is_some())
    }

    pub(crate) fn task(&self, id: &str) -> Option<Task> {
        lock(&self.tasks).get(id).cloned()
    }

    fn settle(&self, id: &str, progress: Progress) {
        if let Some(task) = lock(&self.tasks).get_mut(id) {
            task.progress = progress;
        }
    }
}

/// Begins an install; its id.
pub(crate) fn begin(site: &Arc<Site>, source: &str) -> String {
    let id = site.clock.new_id().to_string();
    let task = Task {
        source: source.to_owned(),
        progress: Progress::Running,
    };
    lock(&site.upm.tasks).insert(id.clone(), task);
    tokio::spawn(run(Arc::clone(site), id.clone(), source.to_owned()));
    id
}

async fn run(site: Arc<Site>, id: String, source: String) {
    let progress = match lifecycle::install(&site, &source).await {
        Ok(_) => {
            let state = site.state();
            let key = state.app.as_ref().map(|app| app.descriptor.key.clone());
            key.map_or_else(
                || Progress::Failed("the app was uninstalled at once".to_owned()),
                Progress::Done,
            )
        }
        Err(error) => Progress::Failed(with_causes(&error)),
    };
    site.upm.settle(&id, progress);
}
