use std::io::Write as _;

use clap::Parser;

use super::*;

const ONE: &str = "one:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const TWO: &str = "two:__________________________________________8";

#[derive(Debug, Parser)]
struct Cli {
    #[command(flatten)]
    source: MasterKeySource,
}

fn source(arguments: &[&str]) -> Result<MasterKeySource, clap::Error> {
    let arguments = std::iter::once(&"postroom").chain(arguments);
    Cli::try_parse_from(arguments).map(|cli| cli.source)
}

async fn ids(arguments: &[&str]) -> Vec<String> {
    let keys = source(arguments).unwrap().load().await.unwrap();
    keys.ids().map(str::to_owned).collect()
}

async fn refusal(arguments: &[&str]) -> String {
    let error = source(arguments).unwrap().load().await.unwrap_err();
    format!("{error:#}")
}

#[test]
fn exactly_one_source_is_asked_for() {
    assert!(source(&[]).is_err());
    let both = ["--master-keys", ONE, "--master-keys-file", "/keys"];
    assert!(source(&both).is_err());
    let three = ["--master-keys-file", "/k", "--master-keys-command", "cat"];
    assert!(source(&three).is_err());
}

#[tokio::test]
async fn a_list_comes_from_the_setting_a_file_or_a_command() {
    assert_eq!(
        ids(&["--master-keys", &format!("{ONE},{TWO}")]).await,
        ["one", "two"]
    );
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "{TWO}\n{ONE}").unwrap();
    let path = file.path().to_str().unwrap();
    assert_eq!(ids(&["--master-keys-file", path]).await, ["two", "one"]);
    let command = format!("echo a warning >&2; cat {path}");
    assert_eq!(
        ids(&["--master-keys-command", &command]).await,
        ["two", "one"]
    );
}

#[tokio::test]
async fn a_file_that_changed_is_read_anew() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "{ONE}").unwrap();
    let source = source(&["--master-keys-file", file.path().to_str().unwrap()]).unwrap();
    assert!(source.can_change());
    assert_eq!(source.load().await.unwrap().sealing_id(), "one");
    std::fs::write(file.path(), format!("{TWO}\n{ONE}\n")).unwrap();
    let again = source.for_registry()().await.unwrap();
    assert_eq!(again.sealing_id(), "two");
    std::fs::write(file.path(), "nonsense").unwrap();
    assert!(source.for_registry()().await.is_none());
}

#[tokio::test]
async fn what_is_wrong_is_said_without_a_key() {
    let short = "short:c2VjcmV0";
    let refused = [
        (
            refusal(&["--master-keys", short]).await,
            "POSTROOM_MASTER_KEYS cannot be used",
        ),
        (
            refusal(&["--master-keys-file", "/nowhere/keys"]).await,
            "POSTROOM_MASTER_KEYS_FILE cannot be read",
        ),
        (
            refusal(&[
                "--master-keys-command",
                "echo short:c2VjcmV0; echo c2VjcmV0 >&2; exit 3",
            ])
            .await,
            "POSTROOM_MASTER_KEYS_COMMAND cannot be read: the command failed: exit status: 3",
        ),
        (
            refusal(&["--master-keys-command", "printf 'c2VjcmV0\\377'"]).await,
            "POSTROOM_MASTER_KEYS_COMMAND cannot be read",
        ),
    ];
    for (said, expected) in refused {
        assert!(said.contains(expected), "{said}");
        assert!(!said.contains("c2VjcmV0"), "{said}");
    }
    let shown = format!("{:?}", source(&["--master-keys", ONE]).unwrap());
    assert_eq!(shown, r#"MasterKeySource("POSTROOM_MASTER_KEYS")"#);
}

#[tokio::test]
async fn a_command_that_hangs_is_given_up() {
    let hangs = printed_by("sleep 600", Duration::from_millis(1)).await;
    let said = hangs.unwrap_err().to_string();
    assert!(said.contains("too long"), "{said}");
}
