//! Validity by Atlassian's own JSON schema, where it is at hand.

use std::{path::PathBuf, sync::LazyLock};

use jsonschema::Validator;
use serde_json::Value;

/// The schema of npm `@atlaskit/adf-schema`: named by `POSTROOM_ADF_SCHEMA`, or installed with the panel.
static SCHEMA: LazyLock<Option<Validator>> = LazyLock::new(|| {
    let installed =
        "../../frontend/node_modules/@atlaskit/adf-schema/dist/json-schema/v1/full.json";
    let installed = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(installed);
    let path = std::env::var_os("POSTROOM_ADF_SCHEMA").map_or(installed, PathBuf::from);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: no ADF schema at {}", path.display());
        return None;
    };
    let schema: Value = serde_json::from_str(&text).unwrap();
    Some(jsonschema::validator_for(&schema).unwrap())
});

/// Panics where a document is not valid.
pub(super) fn check(document: &Value) {
    super::property::check(document);
    if let Some(schema) = &*SCHEMA
        && let Err(error) = schema.validate(document)
    {
        panic!("{error} at {} in {document}", error.instance_path());
    }
}
