use std::{collections::BTreeSet, time::Duration};

use super::{CATALOGUE, Kind, Metrics};

/// Records something on every instrument.
fn recorded() -> Metrics {
    let metrics = Metrics::new();
    let took = Duration::from_millis(300);
    metrics.mails.add(["delivered"]);
    metrics.mails_waiting.set(3.0, []);
    metrics.oldest_waiting.set(61.0, []);
    metrics.mail_latency.record(took, []);
    metrics.poll_duration.record(took, []);
    metrics.poll_failures.add(["nobody"]);
    metrics.connections.set(2.0, ["source", "active"]);
    metrics.notifications.add(["sent"]);
    metrics.jobs.add(["poll", "done"]);
    metrics.job_duration.record(took, ["poll"]);
    metrics
        .http_client_duration
        .record(took, ["graph", "delta", "200"]);
    metrics
        .http_server_duration
        .record(took, ["/api/v1/me", "GET", "200"]);
    metrics.queue_pending.set(0.0, []);
    metrics.token_refreshes.add(["ok"]);
    metrics.sweep_overdue.set(0.0, []);
    metrics.tenants_forgotten.add([]);
    metrics
}

fn kind(word: &str) -> Kind {
    match word {
        "counter" => Kind::Counter,
        "gauge" => Kind::Gauge,
        "histogram" => Kind::Histogram,
        other => panic!("unknown type {other}"),
    }
}

#[test]
fn what_is_rendered_is_what_the_catalogue_declares() {
    let text = recorded().render();
    let rendered: Vec<(&str, Kind)> = text
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE "))
        .filter_map(|line| line.split_once(' '))
        .map(|(name, word)| (name, kind(word)))
        .collect();
    let declared: Vec<(&str, Kind)> = CATALOGUE.iter().map(|e| (e.name, e.kind)).collect();
    let as_names = |list: &[(&str, Kind)]| -> BTreeSet<String> {
        list.iter().map(|(n, k)| format!("{n} {k:?}")).collect()
    };
    assert_eq!(as_names(&rendered), as_names(&declared), "{text}");
}

#[test]
fn labels_are_rendered_under_their_declared_names() {
    let text = recorded().render();
    for line in [
        r#"postroom_mails_total{state="delivered"} 1"#,
        r#"postroom_jobs_total{job="poll",outcome="done"} 1"#,
        "postroom_mails_waiting 3",
        &format!(
            r#"postroom_build_info{{version="{}"}} 1"#,
            env!("CARGO_PKG_VERSION")
        ),
    ] {
        assert!(text.lines().any(|l| l == line), "{line} not in\n{text}");
    }
    for entry in CATALOGUE {
        for label in entry.labels {
            let shown = text
                .lines()
                .any(|l| l.starts_with(entry.name) && l.contains(&format!("{label}=")));
            assert!(shown, "{} lacks {label}", entry.name);
        }
    }
}

#[test]
fn names_follow_the_customs_of_prometheus() {
    let names: BTreeSet<&str> = CATALOGUE.iter().map(|e| e.name).collect();
    assert_eq!(names.len(), CATALOGUE.len(), "a name is declared twice");
    for entry in CATALOGUE {
        assert!(entry.name.starts_with("postroom_"), "{}", entry.name);
        assert_eq!(
            entry.name.ends_with("_total"),
            entry.kind == Kind::Counter,
            "{}",
            entry.name
        );
        if entry.kind == Kind::Histogram {
            assert!(entry.name.ends_with("_seconds"), "{}", entry.name);
            assert!(entry.buckets.is_sorted() && !entry.buckets.is_empty());
        }
        assert!(entry.help.ends_with('.'), "{}", entry.name);
    }
}

#[test]
fn clones_count_together() {
    let metrics = Metrics::new();
    metrics.clone().mails.add(["delivered"]);
    metrics.mails.add_many(2, ["delivered"]);
    assert!(
        metrics
            .render()
            .contains(r#"postroom_mails_total{state="delivered"} 3"#)
    );
}
