use std::collections::HashSet;

use super::*;
use crate::{Support, ews, graph};

const NAMES: Names<'_> = Names {
    mailbox: "help@contoso.example",
    signer: "ann@contoso.example",
    client_id: "11111111-2222-3333-4444-555555555555",
    admin_center: "https://admin.microsoft.com",
};

#[test]
fn no_code_is_in_the_tables_twice_and_every_kind_has_its_row() {
    let mut seen = HashSet::new();
    for code in catalogue().flat_map(|row| row.codes) {
        assert!(seen.insert(code.to_ascii_lowercase()), "{code}");
    }
    for row in catalogue() {
        assert_eq!(of_kind(row.kind).kind, row.kind);
    }
}

#[test]
fn every_row_says_what_happened_who_acts_and_the_way_out() {
    for row in catalogue() {
        let (meaning, way_out) = (row.meaning(&NAMES), row.way_out(&NAMES));
        for words in [&meaning, &way_out] {
            assert!(
                words.ends_with('.') && !words.contains('{'),
                "{:?}: {words}",
                row.codes
            );
        }
        for fix in row.fixes.iter().map(|fix| fix.fill(&NAMES)) {
            let url = fix.url.unwrap_or_default();
            assert!(
                !fix.text.contains('{') && !url.contains('{'),
                "{}",
                fix.text
            );
        }
        let somebody = row.who != WhoActs::Nobody;
        let quiet = row.is_transient() || row.kind.is_of_one_message();
        assert_eq!(somebody, !quiet, "{:?} {:?}", row.codes, row.kind);
        let manual = matches!(
            row.who,
            WhoActs::MailboxOwner | WhoActs::MicrosoftAdministrator | WhoActs::You
        );
        assert!(
            !manual || !row.fixes.is_empty(),
            "{:?} {:?} has no step",
            row.codes,
            row.kind
        );
    }
}

#[test]
fn a_code_that_means_another_thing_here_is_explained_by_its_kind() {
    let support = || Support {
        request_id: None,
        code: Some("ErrorItemNotFound".into()),
    };
    assert_eq!(
        MailboxError::ItemMissing(support()).explain().codes[0],
        "ErrorItemNotFound"
    );
    let folder = MailboxError::FolderMissing(support()).explain();
    assert_eq!(
        (folder.kind, folder.codes.len()),
        (ErrorKind::FolderMissing, 0)
    );
    let unknown = MailboxError::of(ErrorKind::Refused, 400, Support::default());
    assert_eq!(unknown.explain().kind, ErrorKind::Refused);
}

#[test]
fn switched_off_ews_is_named_with_its_command_and_its_end() {
    let blocked = of_kind(ErrorKind::Blocked);
    let commands: Vec<String> = blocked
        .fixes
        .iter()
        .map(|fix| fix.fill(&NAMES).text)
        .collect();
    let allow = "Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs \
                 \"<the present list>,11111111-2222-3333-4444-555555555555\"";
    assert!(
        commands.iter().any(|command| command == allow),
        "{commands:?}"
    );
    assert!(
        blocked
            .way_out(&NAMES)
            .contains(&ews::END.format("%Y-%m-%d").to_string())
    );
}

/// The codes of "Microsoft Graph error responses and resource types" and of "ResponseCode" that a connection can meet.
#[test]
fn the_codes_that_a_connection_can_meet_are_known() {
    for code in graph::codes::ROWS
        .iter()
        .chain(ews::codes::ROWS)
        .flat_map(|row| row.codes)
    {
        assert!(find(&code.to_uppercase()).is_some());
    }
    for (code, kind) in [
        ("InvalidAuthenticationToken", ErrorKind::Unauthorized),
        ("insufficient_claims", ErrorKind::Claims),
        ("MailboxNotEnabledForRESTAPI", ErrorKind::MailboxMissing),
        ("ErrorInvalidUser", ErrorKind::MailboxMissing),
        ("ErrorInvalidLicense", ErrorKind::MailboxMissing),
        ("ErrorSendAsDenied", ErrorKind::SendAsDenied),
        ("ErrorQuotaExceeded", ErrorKind::MailboxFull),
        ("ErrorMailboxFailover", ErrorKind::Server),
        ("ErrorSubmissionQuotaExceeded", ErrorKind::Throttled),
        ("InefficientFilter", ErrorKind::Refused),
        ("extensionError", ErrorKind::Blocked),
    ] {
        assert_eq!(find(code).map(|row| row.kind), Some(kind), "{code}");
    }
}
