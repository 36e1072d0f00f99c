//! What a backup of the database would show.

use postroom_tests::Stack;

/// A plain dump; binary columns are in hex.
pub(crate) async fn dump(stack: &Stack) -> Vec<u8> {
    let dumped = tokio::process::Command::new(pg_dump())
        .args(["--format=plain", "--no-owner", "--dbname"])
        .arg(stack.database.url())
        .output()
        .await
        .unwrap();
    assert!(
        dumped.status.success(),
        "pg_dump failed: {}",
        String::from_utf8_lossy(&dumped.stderr)
    );
    dumped.stdout
}

/// On PATH, or where Debian puts it beside the server.
fn pg_dump() -> std::path::PathBuf {
    let on_path = std::env::var_os("PATH")
        .into_iter()
        .flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    on_path
        .chain(debian)
        .map(|folder| folder.join("pg_dump"))
        .find(|path| path.exists())
        .expect("pg_dump is not installed: it comes with PostgreSQL's client programs")
}
