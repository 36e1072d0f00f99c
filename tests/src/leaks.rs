//! Looks for secrets where none may be: each secret in every shape in which text travels, in every layer of what is
//! searched.
//!
//! ```
//! use postroom_tests::Leaks;
//!
//! let mut leaks = Leaks::default();
//! leaks.plant("the password", "correct horse battery");
//! assert!(leaks.found_in("a log", b"all is well")?.is_empty());
//! let found = leaks.found_in("a log", b"?p=correct%20horse%20battery")?;
//! assert_eq!(found[0].to_string(), "the password, URL-encoded, in a log: [?p=*]");
//! # Ok::<(), anyhow::Error>(())
//! ```

mod layers;
mod shapes;
mod tokens;

use std::{collections::BTreeMap, fmt};

pub use tokens::tokens_in;

use aho_corasick::{AhoCorasick, MatchKind};
use anyhow::Context as _;

/// A shorter text would be found by chance.
const SHORTEST: usize = 12;
/// Bytes shown on either side of a find.
const AROUND: usize = 60;

/// Secrets to look for.
#[derive(Clone, Debug, Default)]
pub struct Leaks {
    planted: BTreeMap<Vec<u8>, String>,
}

/// A secret where it may not be. It shows where it stands and not the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    secret: String,
    shape: &'static str,
    place: String,
    around: String,
}

impl Leaks {
    /// Adds a secret, by a name for people.
    ///
    /// # Panics
    /// When it is too short to be told from noise.
    pub fn plant(&mut self, name: &str, secret: impl AsRef<[u8]>) {
        let secret = secret.as_ref();
        assert!(
            secret.len() >= SHORTEST,
            "{name} is too short to be looked for"
        );
        self.planted
            .entry(secret.to_vec())
            .or_insert_with(|| name.to_owned());
    }

    /// How many secrets are looked for.
    pub fn len(&self) -> usize {
        self.planted.len()
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.planted.is_empty()
    }

    /// Every secret that stands in `content` in any shape; each one once.
    ///
    /// # Errors
    /// When the search cannot be built.
    pub fn found_in(&self, place: &str, content: &[u8]) -> anyhow::Result<Vec<Find>> {
        let search = self.search()?;
        let mut finds: Vec<Find> = Vec::new();
        layers::each(content, &mut |layer| {
            for hit in search.machine.find_overlapping_iter(layer) {
                let (secret, shape) = search.meaning[hit.pattern().as_usize()];
                if finds.iter().any(|find| find.secret == secret) {
                    continue;
                }
                finds.push(Find {
                    secret: secret.to_owned(),
                    shape,
                    place: place.to_owned(),
                    around: around(layer, hit.start(), hit.end()),
                });
            }
        });
        Ok(finds)
    }

    fn search(&self) -> anyhow::Result<Search<'_>> {
        let (mut patterns, mut meaning) = (Vec::new(), Vec::new());
        for (secret, name) in &self.planted {
            for (shape, bytes) in shapes::of(secret) {
                patterns.push(bytes);
                meaning.push((name.as_str(), shape));
            }
        }
        let machine = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&patterns)
            .context("building the search")?;
        Ok(Search { machine, meaning })
    }
}

struct Search<'a> {
    machine: AhoCorasick,
    meaning: Vec<(&'a str, &'static str)>,
}

fn around(layer: &[u8], start: usize, end: usize) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\n', " ");
    let before = &layer[start.saturating_sub(AROUND)..start];
    let after = &layer[end..layer.len().min(end + AROUND)];
    format!("{}*{}", text(before), text(after))
}

impl fmt::Display for Find {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            secret,
            shape,
            place,
            around,
        } = self;
        write!(f, "{secret}, {shape}, in {place}: [{around}]")
    }
}

#[cfg(test)]
mod tests;
