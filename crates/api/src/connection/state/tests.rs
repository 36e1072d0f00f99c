use chrono::{TimeDelta, TimeZone as _};

use super::*;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 5, 3, 14, 30, 0).unwrap()
}

const TARGETED: Kind = Kind::Source {
    has_target: true,
    last_mail_at: None,
};

fn facts<'a>(kind: Kind, state: ConnectionState, detail: &'a StateDetail) -> Facts<'a> {
    Facts {
        kind,
        state,
        since: now() - TimeDelta::days(1),
        detail,
        protocol: Protocol::Graph,
        own_registration: false,
        paused_by: None,
        signed_in_as: "ann@acme.com",
        last_success_at: Some(now() - TimeDelta::seconds(20)),
        waiting: 0,
        now: now(),
    }
}

#[test]
fn every_state_has_words_and_says_who_acts() {
    let none = StateDetail::default();
    for state in ConnectionState::ALL {
        for kind in [TARGETED, Kind::Outbound] {
            let said = describe(&facts(kind, *state, &none));
            assert!(said.sentence.ends_with('.'), "{said:?}");
            assert!(!said.lozenge.is_empty());
            let word = serde_json::to_value(said.code).unwrap();
            assert_eq!(word, state.word(), "the code is the state's own word");
            let a_person = matches!(
                said.who_acts,
                WhoActs::You | WhoActs::MailboxOwner | WhoActs::MicrosoftAdministrator
            );
            assert!(
                !a_person || said.action.is_some(),
                "who must act has a button: {said:?}"
            );
            assert!(!(a_person && said.tone == Tone::Success), "{said:?}");
        }
    }
}

#[test]
fn an_active_source_says_when_mail_came_and_when_it_was_checked() {
    let none = StateDetail::default();
    let kind = Kind::Source {
        has_target: true,
        last_mail_at: Some(now() - TimeDelta::minutes(3)),
    };
    let said = describe(&facts(kind, ConnectionState::Active, &none));
    assert_eq!(said.sentence, "Last mail 3 min ago. Checked 20 s ago.");
    assert_eq!((said.code, said.tone), (StateCode::Active, Tone::Success));
}

#[test]
fn a_source_without_a_project_asks_for_one() {
    let none = StateDetail::default();
    let kind = Kind::Source {
        has_target: false,
        last_mail_at: None,
    };
    let said = describe(&Facts {
        waiting: 2,
        ..facts(kind, ConnectionState::Active, &none)
    });
    assert_eq!(said.code, StateCode::NeedsTarget);
    assert_eq!(said.action, Some(StateAction::SetTarget));
    assert_eq!(
        said.sentence,
        "Choose where its mail goes. 2 mails are waiting."
    );
}

#[test]
fn an_ended_sign_in_names_whose_it_was_when_and_why() {
    let detail = StateDetail {
        error_code: Some("AADSTS50173".into()),
        meaning: Some("The password was changed.".into()),
        who_acts: Some(connection::WhoActs::You),
        reference: Some("trace-1".into()),
        ..StateDetail::default()
    };
    let facts = facts(TARGETED, ConnectionState::NeedsSignIn, &detail);
    let said = describe(&Facts {
        waiting: 212,
        ..facts
    });
    assert_eq!(
        said.sentence,
        "The sign-in of ann@acme.com ended on 2 May: the password was changed. 212 mails are waiting."
    );
    assert_eq!(said.who_acts, WhoActs::You);
    assert_eq!(said.error_code.as_deref(), Some("AADSTS50173"));
    assert_eq!(said.reference.as_deref(), Some("trace-1"));
}

#[test]
fn waiting_and_retrying_say_until_and_since_when() {
    let detail = StateDetail {
        until: Some(now() + TimeDelta::minutes(2)),
        ..StateDetail::default()
    };
    let slowed = describe(&facts(TARGETED, ConnectionState::Slowed, &detail));
    assert_eq!(
        slowed.sentence,
        "Microsoft asks us to wait until 14:32 UTC."
    );
    let retrying = describe(&Facts {
        since: now(),
        ..facts(TARGETED, ConnectionState::Retrying, &detail)
    });
    assert_eq!(
        retrying.sentence,
        "Microsoft does not answer since 14:30 UTC. We go on trying; nothing is lost."
    );
    assert_eq!(retrying.action, None);
}

#[test]
fn what_is_ours_asks_nobody_else() {
    let detail = StateDetail {
        who_acts: Some(connection::WhoActs::You),
        meaning: Some("invalid_client".into()),
        ..StateDetail::default()
    };
    let said = describe(&facts(TARGETED, ConnectionState::Ours, &detail));
    assert_eq!((said.who_acts, said.action), (WhoActs::Us, None));
    assert!(!said.sentence.contains("invalid_client"));
}

#[test]
fn a_registration_of_the_tenant_is_the_tenants_to_mend() {
    let detail = StateDetail {
        meaning: Some("The client secret is over.".into()),
        way_out: Some("Put a new one into the app registration.".into()),
        ..StateDetail::default()
    };
    let said = describe(&Facts {
        own_registration: true,
        ..facts(TARGETED, ConnectionState::Ours, &detail)
    });
    assert_eq!(said.who_acts, WhoActs::You);
    assert_eq!(
        said.sentence,
        "The client secret is over. Put a new one into the app registration."
    );
}

#[test]
fn a_refusal_that_the_reader_can_end_has_its_own_button() {
    let action = |protocol, code: &str| {
        let detail = StateDetail {
            error_code: Some(code.to_owned()),
            ..StateDetail::default()
        };
        let facts = facts(TARGETED, ConnectionState::Refused, &detail);
        describe(&Facts { protocol, ..facts }).action
    };
    let gone = action(Protocol::Graph, "ErrorSyncFolderNotFound");
    assert_eq!(gone, Some(StateAction::ChooseFolder));
    let denied = action(Protocol::Ews, "ErrorAccessDenied");
    assert_eq!(denied, Some(StateAction::Ping));
    let off = action(Protocol::Ews, "EwsBlocked");
    assert_eq!(off, Some(StateAction::MoveToGraph));
}

#[test]
fn an_ended_sign_in_and_a_missing_approval_offer_their_links() {
    let none = StateDetail::default();
    let said = describe(&facts(TARGETED, ConnectionState::NeedsSignIn, &none));
    assert!(said.owner_link);
    let said = describe(&facts(TARGETED, ConnectionState::WaitingForApproval, &none));
    assert_eq!(
        (said.action, said.owner_link),
        (Some(StateAction::AskApproval), false)
    );
}

#[test]
fn a_pause_names_who_wished_it() {
    let none = StateDetail::default();
    let said = describe(&Facts {
        paused_by: Some("Ann"),
        waiting: 31,
        ..facts(TARGETED, ConnectionState::Paused, &none)
    });
    assert_eq!(
        said.sentence,
        "Paused by Ann on 2 May. 31 mails are waiting."
    );
}

#[test]
fn an_outage_of_another_day_says_the_day() {
    let none = StateDetail::default();
    let said = describe(&facts(TARGETED, ConnectionState::Retrying, &none));
    assert!(
        said.sentence.contains("since 2 May, 14:30 UTC"),
        "{}",
        said.sentence
    );
}
