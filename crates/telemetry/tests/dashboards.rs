//! Dashboards and alerts name only metrics that the service has.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use postroom_telemetry::metrics::{CATALOGUE, Kind};

const DEPLOY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy");

fn collect(folder: &Path, extension: &str, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, extension, names);
        } else if path.extension().is_some_and(|found| found == extension) {
            let text = fs::read_to_string(&path).unwrap();
            let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            names.extend(
                words
                    .filter(|w| w.starts_with("postroom_"))
                    .map(str::to_owned),
            );
        }
    }
}

fn exists(name: &str) -> bool {
    CATALOGUE.iter().any(|entry| match entry.kind {
        Kind::Histogram => ["_bucket", "_sum", "_count"]
            .iter()
            .any(|suffix| name.strip_suffix(suffix) == Some(entry.name)),
        Kind::Counter | Kind::Gauge => name == entry.name,
    })
}

#[test]
fn name_only_metrics_of_the_catalogue() {
    let mut names = BTreeSet::new();
    collect(&Path::new(DEPLOY).join("grafana"), "json", &mut names);
    collect(&Path::new(DEPLOY).join("prometheus"), "yml", &mut names);
    assert!(names.len() > 5, "found only {names:?}");
    let unknown: Vec<_> = names.iter().filter(|name| !exists(name)).collect();
    assert!(unknown.is_empty(), "not in the catalogue: {unknown:?}");
}
