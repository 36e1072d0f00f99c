//! `postroom keys status`

use std::io::Write as _;

use anyhow::bail;
use clap::Args;
use serde_json::json;

use super::{Book, Listed};

/// How to show it.
#[derive(Clone, Debug, Args)]
pub struct Status {
    #[command(flatten)]
    book: Book,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A master key, as the list and the tenants know it.
struct Line {
    id: String,
    /// How many tenants' keys it wraps.
    wraps: u64,
    part: &'static str,
}

pub(super) async fn run(status: &Status) -> anyhow::Result<()> {
    let (registry, listed) = status.book.open().await?;
    let counts = registry.master_key_counts().await?;
    registry.close().await?;
    let lines = lines(&listed, &counts);
    let mut out = std::io::stdout().lock();
    if status.json {
        let keys: Vec<_> = lines
            .iter()
            .map(|line| json!({ "id": line.id, "wraps": line.wraps, "part": line.part }))
            .collect();
        writeln!(out, "{}", json!({ "keys": keys }))?;
    } else {
        for line in &lines {
            writeln!(out, "{:<32} {:>10}  {}", line.id, line.wraps, line.part)?;
        }
    }
    if lines.iter().any(|line| line.part == "missing") {
        bail!(
            "the keys of some tenants are wrapped by a master key that is not on the list: put it back"
        );
    }
    Ok(())
}

fn lines(listed: &Listed, counts: &[(String, u64)]) -> Vec<Line> {
    let of = |id: &str| counts.iter().find(|(known, _)| known == id);
    let mut lines: Vec<Line> = listed
        .all
        .iter()
        .map(|id| {
            let wraps = of(id).map_or(0, |(_, amount)| *amount);
            let part = match (*id == listed.sealing, wraps) {
                (true, _) => "seals",
                (false, 0) => "spare",
                (false, _) => "opens",
            };
            Line {
                id: id.clone(),
                wraps,
                part,
            }
        })
        .collect();
    lines.extend(
        counts
            .iter()
            .filter(|(id, _)| !listed.all.contains(id))
            .map(|(id, wraps)| Line {
                id: id.clone(),
                wraps: *wraps,
                part: "missing",
            }),
    );
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_says_what_part_it_plays() {
        let listed = Listed {
            sealing: "new".into(),
            all: vec!["new".into(), "old".into(), "older".into()],
        };
        let counts = vec![("lost".into(), 1), ("old".into(), 3)];
        let shown: Vec<_> = lines(&listed, &counts)
            .into_iter()
            .map(|line| (line.id, line.wraps, line.part))
            .collect();
        assert_eq!(
            shown,
            [
                ("new".to_owned(), 0, "seals"),
                ("old".to_owned(), 3, "opens"),
                ("older".to_owned(), 0, "spare"),
                ("lost".to_owned(), 1, "missing")
            ]
        );
    }
}
