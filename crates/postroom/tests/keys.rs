//! `postroom keys …` as an operator runs it: the real binary on a real database.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use std::process::Output;

use postroom_clock::Clock;
use postroom_registry::{Registry, TenantId, tenant::Installation};
use postroom_secrets::MasterKeys;
use postroom_test_database::TestDatabase;
use sea_orm::{ConnectionTrait as _, Database};
use serde_json::{Value, json};
use tokio::process::Command;

const OLD: &str = "old:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const NEW: &str = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

struct Stage {
    database: TestDatabase,
    registry: Registry,
    tenants: Vec<TenantId>,
}

impl Stage {
    /// A database whose tenants' keys the old master key wraps.
    async fn new(amount: usize) -> Self {
        let database = TestDatabase::create().await.unwrap();
        let clock = Clock::system();
        let master = MasterKeys::parse(OLD).unwrap();
        let registry = Registry::connect(&database.url(), 2, master, clock.clone())
            .await
            .unwrap();
        let mut tenants = Vec::new();
        for n in 0..amount {
            let installation = Installation {
                client_key: format!("site-{n}"),
                cloud_id: None,
                site_url: format!("https://site-{n}.atlassian.net"),
                display_url: None,
                shared_secret: "secret".into(),
                issued_at: clock.now(),
            };
            tenants.push(registry.install(&installation).await.unwrap().tenant);
        }
        Self {
            database,
            registry,
            tenants,
        }
    }

    async fn keys(&self, master: &str, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_postroom"))
            .arg("keys")
            .args(arguments)
            .env_clear()
            .env("DATABASE_URL", self.database.url())
            .env("POSTROOM_MASTER_KEYS", master)
            .output()
            .await
            .unwrap()
    }

    async fn status(&self, master: &str) -> (bool, Value) {
        let output = self.keys(master, &["status", "--json"]).await;
        (output.status.success(), answer(&output))
    }
}

fn answer(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test]
async fn keys_are_rotated_with_progress_and_twice_does_no_harm() {
    let stage = Stage::new(5).await;
    let both = format!("{NEW},{OLD}");
    let (fine, status) = stage.status(&both).await;
    assert!(fine);
    assert_eq!(
        status["keys"],
        json!([{ "id": "new", "wraps": 0, "part": "seals" }, { "id": "old", "wraps": 5, "part": "opens" }])
    );
    // One was done by a run that was interrupted.
    let sibling = MasterKeys::parse(&both).unwrap();
    stage.registry.replace_master_keys(sibling);
    stage.registry.rewrap(stage.tenants[2]).await.unwrap();

    let rotated = stage
        .keys(&both, &["rotate", "--batch", "2", "--json"])
        .await;
    assert!(rotated.status.success());
    let summary = answer(&rotated);
    assert_eq!(
        (
            &summary["master_key"],
            &summary["rewrapped"],
            &summary["failed"],
            &summary["remaining"]
        ),
        (&json!("new"), &json!(4), &json!(0), &json!(0))
    );
    let told = String::from_utf8(rotated.stderr).unwrap();
    assert!(told.contains("4/4 tenants"), "{told}");

    let again = stage.keys(&both, &["rotate", "--json"]).await;
    assert!(again.status.success());
    assert_eq!(answer(&again)["rewrapped"], 0);
    let (fine, status) = stage.status(NEW).await;
    assert!(fine, "the old key can go");
    assert_eq!(
        status["keys"],
        json!([{ "id": "new", "wraps": 5, "part": "seals" }])
    );
}

#[tokio::test]
async fn a_tenant_whose_key_does_not_open_is_told_and_the_others_are_done() {
    let stage = Stage::new(3).await;
    let owner = Database::connect(stage.database.url()).await.unwrap();
    let spoil = format!(
        "UPDATE tenant SET wrapped_key = set_byte(wrapped_key, 40, get_byte(wrapped_key, 40) # 1) WHERE id = '{}'",
        stage.tenants[1]
    );
    owner.execute_unprepared(&spoil).await.unwrap();
    let rotated = stage
        .keys(&format!("{NEW},{OLD}"), &["rotate", "--json"])
        .await;
    assert!(!rotated.status.success());
    let summary = answer(&rotated);
    assert_eq!(
        (
            &summary["rewrapped"],
            &summary["failed"],
            &summary["remaining"]
        ),
        (&json!(2), &json!(1), &json!(1))
    );
    let told = String::from_utf8(rotated.stderr).unwrap();
    assert!(told.contains(&stage.tenants[1].to_string()), "{told}");
}

#[tokio::test]
async fn a_master_key_that_is_missing_from_the_list_is_told() {
    let stage = Stage::new(1).await;
    let (fine, status) = stage.status(NEW).await;
    assert!(!fine);
    assert_eq!(
        status["keys"][1],
        json!({ "id": "old", "wraps": 1, "part": "missing" })
    );
    let rotated = stage.keys(NEW, &["rotate"]).await;
    assert!(!rotated.status.success());
    assert_eq!(
        stage.status(OLD).await.1["keys"][0]["wraps"],
        1,
        "nothing is lost"
    );
}

#[tokio::test]
async fn a_new_key_is_printed_as_an_entry_of_the_list() {
    let new = |id: &'static str| {
        Command::new(env!("CARGO_BIN_EXE_postroom"))
            .args(["keys", "new", id])
            .env_clear()
            .output()
    };
    let (one, two) = (new("2026-11").await.unwrap(), new("2026-12").await.unwrap());
    let list = [one.stdout, two.stdout].concat();
    let keys = MasterKeys::parse(&String::from_utf8(list).unwrap()).unwrap();
    assert!(keys.ids().eq(["2026-11", "2026-12"]));
    assert!(!new("not an id").await.unwrap().status.success());
}
