//! The operator's side of a rotation of the master key.

use std::path::{Path, PathBuf};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use postroom_tests::Stack;
use serde_json::Value;

/// The file of `POSTROOM_MASTER_KEYS_FILE`.
pub(crate) struct KeysFile {
    path: PathBuf,
    newest: u8,
}

impl KeysFile {
    pub(crate) fn new(path: &Path) -> Self {
        let file = Self {
            path: path.to_owned(),
            newest: 1,
        };
        file.write(&[1]);
        file
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn newest(&self) -> String {
        format!("key-{}", self.newest)
    }

    /// As the manual says: the new key in front, every tenant's key wrapped anew, and the old key away.
    pub(crate) async fn rotate(&mut self, stack: &Stack) {
        let old = self.newest;
        self.newest += 1;
        self.write(&[self.newest, old]);
        let summary = verb(stack, &["keys", "rotate", "--json"]).await;
        assert_eq!(summary["remaining"], 0, "{summary}");
        assert_eq!(summary["failed"], 0, "{summary}");
        self.write(&[self.newest]);
    }

    /// The master keys that wrap anything.
    pub(crate) async fn in_use(&self, stack: &Stack) -> Vec<String> {
        let status = verb(stack, &["keys", "status", "--json"]).await;
        let keys = status["keys"].as_array().unwrap().iter();
        keys.filter(|key| key["wraps"].as_u64() != Some(0))
            .map(|key| key["id"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Whole or not at all: the service may read it at any moment.
    fn write(&self, numbers: &[u8]) {
        let lines: Vec<String> = numbers
            .iter()
            .map(|number| format!("key-{number}:{}", STANDARD.encode([*number; 32])))
            .collect();
        let next = self.path.with_extension("next");
        std::fs::write(&next, lines.join("\n")).unwrap();
        std::fs::rename(&next, &self.path).unwrap();
    }
}

async fn verb(stack: &Stack, arguments: &[&str]) -> Value {
    let output = stack.postroom(arguments).await.unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    serde_json::from_slice(&output.stdout).unwrap()
}
