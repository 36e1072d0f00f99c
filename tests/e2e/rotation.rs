//! Two hundred calls a second through both front doors, while the shared secret, Forge's signing key and the master key
//! are replaced again and again: no call is refused that is good, and none is answered that is not.

mod keys;
mod load;

use std::{collections::BTreeMap, sync::Arc};

use postroom_tests::{
    Ports, Setup, Stack,
    story::{Door, Panel, all_ended, install_forge},
};
use reqwest::{Method, header::HeaderMap};
use serde_json::Value;

use self::{
    keys::KeysFile,
    load::{Kind, Load},
};
use crate::support::{connected, control, nothing, rotate_secret, write_mail};

/// Twenty seconds of two hundred a second.
const CALLS: usize = 4_000;
const ROTATIONS: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn no_good_call_is_refused_while_every_secret_rotates() {
    let folder = tempfile::tempdir().unwrap();
    let mut keys = KeysFile::new(&folder.path().join("keys"));
    let setup = Setup::default()
        .master_keys_file(keys.path())
        .setting("POSTROOM_TENANT_RATE", "1000")
        .setting("POSTROOM_ADDRESS_RATE", "5000");
    let stack = Stack::start_with(Ports::free().unwrap(), setup)
        .await
        .unwrap();
    let stack = Arc::new(stack);
    let (panel, source) = connected(&stack).await;
    install_forge(&stack, "globex").await.unwrap();
    let forge = Panel::open_by(&stack, "globex", Door::Forge).await.unwrap();
    write_mail(&stack, "before").await;
    all_ended(&panel, &source.source_id, 1).await.unwrap();
    let ancient = panel.proof().await.unwrap();

    // It opens its first data key when the master key that it started with is long gone.
    let late = stack.second_process().await.unwrap();
    let load = Load::new(&stack, &panel, &forge, &source.source_id).await;
    let calls = tokio::spawn(Arc::clone(&load).run(CALLS));
    let mut previous = ancient.clone();
    for round in 1..=ROTATIONS {
        load.answered(round * CALLS / (ROTATIONS + 1)).await;
        previous = panel.proof().await.unwrap();
        rotate_secret(&stack, "acme").await;
        control(&stack, "/forge/rotate-keys", &nothing()).await;
        load.renew().await;
        keys.rotate(&stack).await;
        write_mail(&stack, &format!("round-{round}")).await;
    }
    let answers = calls.await.unwrap();

    let mut expected = BTreeMap::new();
    for (kind, amount) in Kind::amounts(CALLS) {
        expected.insert((kind, kind.status()), amount);
    }
    assert_eq!(load.unanswered(), Vec::<String>::new());
    assert_eq!(answers, expected, "answers by kind and status");
    for app in [&stack.app(), &late.app] {
        let long_gone = status_with(&stack, app, &ancient).await;
        assert_eq!(
            long_gone, 401,
            "a secret from before the last one, at {app}"
        );
        assert_eq!(status_with(&stack, app, &previous).await, 200, "at {app}");
        let by_forge = forge.proof().await.unwrap();
        assert_eq!(status_with(&stack, app, &by_forge).await, 200, "at {app}");
    }
    all_ended(&panel, &source.source_id, 1 + ROTATIONS)
        .await
        .unwrap();
    assert_eq!(keys.in_use(&stack).await, [keys.newest()]);
    assert_eq!(secret_rotations(&panel).await, ROTATIONS);
    drop(load);
    Arc::into_inner(stack).unwrap().stop().await.unwrap();
}

async fn status_with(stack: &Stack, app: &str, proof: &HeaderMap) -> u16 {
    let url = format!("{app}/api/v1/me");
    let request = stack.http.request(Method::GET, &url).headers(proof.clone());
    request.send().await.unwrap().status().as_u16()
}

async fn secret_rotations(panel: &Panel) -> usize {
    let trail = panel
        .get("/audit?action=site.secret_rotated&limit=100")
        .await
        .unwrap();
    trail["items"].as_array().map_or(0, Vec::<Value>::len)
}
