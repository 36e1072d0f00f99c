use std::collections::HashSet;

use postroom_registry::connection::FixKind;

use super::*;

/// Every number that a mail integration is known to meet.
const KNOWN: &[u32] = &[
    50173, 700082, 70008, 700084, 70043, 70000, 50089, 50132, 50133, 54005, 700005, 501481, 700003,
    135011, 50097, 53000, 53001, 53002, 53003, 530032, 530035, 53011, 50131, 50158, 50074, 50076,
    50078, 50072, 50079, 53004, 50055, 50144, 50053, 50057, 50126, 50034, 51004, 50020, 16000,
    16001, 500208, 50058, 50105, 65001, 65004, 90094, 90095, 90008, 65005, 650056, 650057, 650052,
    500011, 700016, 700011, 70001, 7000112, 1000031, 7000215, 7000222, 7000218, 700025, 700027,
    50012, 700030, 50011, 50194, 9001023, 90124, 90130, 70011, 28002, 28003, 700022, 900144, 90014,
    9002313, 90002, 50059, 50128, 90038, 900439, 500021, 50002, 500212, 500213, 50196, 90055,
    50033, 90006, 90012, 90024, 90033, 90090, 90091, 50087, 80001, 80002, 80005, 70016, 70018,
    70019,
];

#[test]
fn every_known_number_is_in_the_table_once() {
    for code in KNOWN {
        assert!(find(*code).is_some(), "{code}");
    }
    let mut seen = HashSet::new();
    for code in catalogue().flat_map(|row| row.codes) {
        assert!(seen.insert(code), "{code} stands twice");
    }
}

#[test]
fn every_row_is_whole_sentences_and_consistent() {
    for row in catalogue() {
        assert!(
            row.meaning.ends_with('.') && row.way_out.ends_with('.'),
            "{:?}",
            row.codes
        );
        assert!(!row.way_out.contains("  "), "{:?}", row.codes);
        assert_eq!(
            row.who == WhoActs::Us,
            row.cure == Cure::Fix,
            "{:?}",
            row.codes
        );
        if row.who == WhoActs::Nobody {
            assert_eq!(row.cure, Cure::Wait, "{:?}", row.codes);
        }
    }
}

#[test]
fn whoever_has_to_act_is_told_where() {
    let exact = |row: &Row| row.steps.iter().any(|step| step.kind() != FixKind::Step);
    for row in catalogue() {
        match row.who {
            // The approval link is made for each sign-in.
            WhoActs::MicrosoftAdministrator => {
                assert!(exact(row) || row.cure == Cure::Consent, "{:?}", row.codes);
            }
            WhoActs::MailboxOwner | WhoActs::You => {
                assert!(
                    row.cure == Cure::Wait || !row.steps.is_empty(),
                    "{:?}",
                    row.codes
                );
            }
            WhoActs::Us => assert!(
                row.brought().is_none() || !row.meaning.contains("your"),
                "{:?}",
                row.codes
            ),
            WhoActs::Nobody => assert!(row.steps.is_empty(), "{:?}", row.codes),
        }
    }
}
