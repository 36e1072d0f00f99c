//! Secrets and mail content are planted, a whole story with its failures is played, and then they are looked for
//! where none may be: in a dump of the database, in Redis, in logs at the loudest level, in spans.

mod collector;
pub(crate) mod dump;
mod failures;
mod redis_watch;
mod secrets;
mod tale;

use postroom_tests::{Find, Leaks, Ports, Setup, Stack, tokens_in};

use self::{collector::Collector, redis_watch::Watch, secrets::Secrets};

/// What a search went through.
struct Places {
    dumps: Vec<Vec<u8>>,
    redis: Vec<u8>,
    said_to_redis: Vec<u8>,
    log: Vec<u8>,
    spans: Vec<u8>,
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_and_no_mail_content_is_where_it_may_not_be() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let collector = Collector::start();
    let setup = Setup::default()
        .client_secret(secrets::CLIENT_SECRET)
        .master_keys(&secrets::master_keys())
        .database_password(secrets::DATABASE_PASSWORD)
        .log_to(log.clone())
        .setting("POSTROOM_LOG", "trace")
        .setting("POSTROOM_LOG_FORMAT", "json")
        .setting("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
    let mut stack = Stack::start_with(Ports::free().unwrap(), setup)
        .await
        .unwrap();
    let (url, prefix) = stack.redis().unwrap();
    let watch = Watch::start(&url, prefix).await;

    let mut secrets = Secrets::default();
    let source = tale::play(&stack, &mut secrets).await;
    let dumps = vec![dump::dump(&stack).await];
    let redis = watch.contents().await;
    failures::play(&stack, &mut secrets).await;
    secrets.learn_tokens(&stack).await;
    let verbs = verbs(&stack).await;
    stack.end_service().await.unwrap();

    let places = Places {
        dumps: [dumps, vec![dump::dump(&stack).await]].concat(),
        redis: [redis, watch.contents().await].concat(),
        said_to_redis: watch.seen(),
        log: [std::fs::read(&log).unwrap(), verbs].concat(),
        spans: collector.end().await,
    };
    assert_searches_find(&stack, &watch, &places, &source).await;
    let found = places.search(&secrets);
    let mut list: Vec<String> = found.iter().map(ToString::to_string).collect();
    list.extend(places.tokens());
    assert!(
        list.is_empty(),
        "{} finds:\n{}",
        list.len(),
        list.join("\n")
    );
}

impl Places {
    fn search(&self, secrets: &Secrets) -> Vec<Find> {
        let at_rest = secrets.never_at_rest();
        let told = secrets.never_told();
        let look =
            |leaks: &Leaks, place: &str, content: &[u8]| leaks.found_in(place, content).unwrap();
        let mut found = Vec::new();
        for dump in &self.dumps {
            found.extend(look(at_rest, "a dump", dump));
        }
        found.extend(look(at_rest, "Redis", &self.redis));
        found.extend(look(at_rest, "what was said to Redis", &self.said_to_redis));
        found.extend(look(told, "the log", &self.log));
        found.extend(look(told, "the spans", &self.spans));
        found
    }

    /// Tokens of which we did not know: those that the service makes itself.
    fn tokens(&self) -> Vec<String> {
        let parts = [&self.redis, &self.said_to_redis, &self.log, &self.spans];
        let all = self.dumps.iter().chain(parts);
        all.flat_map(|content| tokens_in(content))
            .map(|token| format!("a token: {token}…"))
            .collect()
    }
}

/// What the operator's verbs write while they work on the same secrets.
async fn verbs(stack: &Stack) -> Vec<u8> {
    let mut said = Vec::new();
    for verb in [["keys", "status"], ["keys", "rotate"]] {
        let output = stack.postroom(&verb).await.unwrap();
        assert!(output.status.success(), "{verb:?} failed");
        said.extend([output.stdout, output.stderr].concat());
    }
    said
}

/// The same search finds what stands in each place: an id that belongs there, and a secret put there on purpose.
async fn assert_searches_find(stack: &Stack, watch: &Watch, places: &Places, source: &str) {
    let mut marker = Leaks::default();
    marker.plant("the id of the source", source);
    let found = |content: &[u8]| !marker.found_in("here", content).unwrap().is_empty();
    assert!(
        places.dumps.iter().all(|dump| found(dump)),
        "no ids in the dumps"
    );
    assert!(found(&places.said_to_redis), "no ids were said to Redis");
    assert!(found(&places.log), "no ids in the log");
    assert!(found(&places.spans), "no ids in the spans");

    let on_purpose = "planted-on-purpose-0123456789";
    let mut leaks = Leaks::default();
    leaks.plant("what was planted", on_purpose);
    let found = |content: &[u8]| !leaks.found_in("here", content).unwrap().is_empty();
    let sql = format!("CREATE TABLE planted AS SELECT '{on_purpose}'::bytea AS sealed");
    stack.database.execute(&sql).await.unwrap();
    assert!(found(&dump::dump(stack).await), "the dump is not read");
    watch.plant(on_purpose).await;
    assert!(found(&watch.contents().await), "Redis is not read");
    watch.unplant().await;
    assert!(found(&watch.seen()), "what is said to Redis is not heard");
    let log = String::from_utf8_lossy(&places.log);
    let loud = |line: &str| line.contains("\"DEBUG\"") && !line.contains("postroom");
    assert!(
        log.lines().any(loud),
        "libraries do not speak: is the log at its loudest?"
    );
}
