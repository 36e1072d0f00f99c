use clap::Parser;

use super::*;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    microsoft: MicrosoftSettings,
}

fn settings(arguments: &[&str]) -> Result<MicrosoftSettings, clap::Error> {
    let all = ["postroom", "--microsoft-client-id", "c"]
        .iter()
        .chain(arguments);
    Arguments::try_parse_from(all).map(|read| read.microsoft)
}

const SECRET: [&str; 2] = ["--microsoft-client-secret", "s"];

#[test]
fn a_secret_or_a_certificate_is_needed_and_not_both() {
    assert!(settings(&[]).is_err());
    assert!(settings(&["--microsoft-certificate-file", "c.pem"]).is_ok());
    let both = [&SECRET[..], &["--microsoft-certificate-file", "c.pem"]].concat();
    assert!(settings(&both).is_err());
}

#[test]
fn each_cloud_can_be_elsewhere_and_the_own_one_is_set_apart() {
    let json = r#"{"china":{"login":"http://localhost:1/cn"}}"#;
    let more = [
        "--microsoft-clouds",
        json,
        "--microsoft-cloud",
        "us_gov_l4",
        "--microsoft-graph-url",
        "http://localhost:1/us/v1.0",
    ];
    let clouds = settings(&[&SECRET[..], &more].concat())
        .unwrap()
        .clouds()
        .unwrap();
    let known = Clouds::known().unwrap();
    assert_eq!(
        clouds.of(Cloud::China).login.as_str(),
        "http://localhost:1/cn"
    );
    let own = clouds.of(Cloud::UsGovL4);
    assert_eq!(own.graph.as_str(), "http://localhost:1/us/v1.0");
    assert_eq!(own.login, known.of(Cloud::UsGovL4).login);
    assert_eq!(clouds.of(Cloud::Global), known.of(Cloud::Global));
    for wrong in [
        r#"{"mars":{}}"#,
        r#"{"china":{"logon":"http://x"}}"#,
        "china",
    ] {
        let arguments = [&SECRET[..], &["--microsoft-clouds", wrong]].concat();
        assert!(settings(&arguments).is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn the_day_of_the_secrets_end_is_known_and_a_bad_file_is_named() {
    let more = [
        "--microsoft-secret-expires",
        "2027-06-30",
        "--microsoft-directory",
        "d",
    ];
    let settings_of = settings(&[&SECRET[..], &more].concat()).unwrap();
    let now = DateTime::<Utc>::UNIX_EPOCH;
    let own = settings_of.registration(now).await.unwrap();
    assert_eq!(
        own.expires_at(),
        Some("2027-06-30T00:00:00Z".parse().unwrap())
    );
    assert_eq!(own.directory.as_deref(), Some("d"));
    let absent = settings(&["--microsoft-certificate-file", "/nowhere/c.pem"]).unwrap();
    let error = absent.registration(now).await.unwrap_err();
    assert!(error.to_string().contains("/nowhere/c.pem"));
}
