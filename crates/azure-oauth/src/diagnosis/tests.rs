use super::*;

fn error(error: &str, codes: &[u32]) -> TokenError {
    TokenError {
        error: error.to_owned(),
        codes: codes.to_vec(),
        ..TokenError::default()
    }
}

#[test]
fn a_revoked_sign_in_names_the_time_and_the_mailbox_owner() {
    let body = br#"{"error":"invalid_grant","error_codes":[50173],"error_description":"AADSTS50173: The
        provided grant has expired due to it being revoked. The grant was issued on
        '2026-10-01T08:00:00.0000000Z' and the TokensValidFrom date (before which tokens are not valid) for
        this user is '2026-11-24T05:00:00.0000000Z'."}"#;
    // A raw line break is no JSON; Microsoft sends `\r\n` escaped.
    let body = String::from_utf8_lossy(body).replace('\n', " ");
    let diagnosis = diagnose(&TokenError::from_body(body.as_bytes()).unwrap());
    assert_eq!(diagnosis.code, "AADSTS50173");
    assert_eq!(
        (diagnosis.class, diagnosis.who_acts),
        (Class::Theirs, WhoActs::MailboxOwner)
    );
    assert!(diagnosis.needs_sign_in && !diagnosis.transient);
    assert_eq!(
        diagnosis.meaning,
        "Microsoft revoked this sign-in on 24 November 2026 at 05:00 UTC."
    );
}

#[test]
fn invalid_client_is_ours_whatever_the_number_says() {
    for codes in [&[7000222][..], &[7000215], &[50173], &[4_000_000_000], &[]] {
        let diagnosis = diagnose(&error("invalid_client", codes));
        assert_eq!(
            (diagnosis.class, diagnosis.who_acts),
            (Class::Ours, WhoActs::Us),
            "{codes:?}"
        );
        assert!(
            !diagnosis.needs_sign_in && !diagnosis.transient,
            "{codes:?}"
        );
    }
}

#[test]
fn invalid_grant_and_interaction_required_are_theirs() {
    for word in ["invalid_grant", "interaction_required", "INVALID_GRANT"] {
        for codes in [&[][..], &[999_999_999], &[700084], &[53003], &[50076]] {
            let diagnosis = diagnose(&error(word, codes));
            assert_eq!(diagnosis.class, Class::Theirs, "{word} {codes:?}");
        }
    }
    assert!(diagnose(&error("invalid_grant", &[])).needs_sign_in);
}

#[test]
fn temporary_trouble_is_nobodys_and_needs_no_sign_in() {
    for (word, codes) in [
        ("temporarily_unavailable", &[][..]),
        ("server_error", &[50173]),
        ("invalid_request", &[90055]),
        ("temporarily_unavailable", &[999_999_999]),
    ] {
        let diagnosis = diagnose(&error(word, codes));
        assert_eq!(diagnosis.class, Class::Nobody, "{word} {codes:?}");
        assert!(
            diagnosis.transient && !diagnosis.needs_sign_in,
            "{word} {codes:?}"
        );
    }
}

#[test]
fn a_policy_blocks_without_ending_the_grant() {
    let diagnosis = diagnose(&error("invalid_grant", &[53003]));
    assert_eq!(diagnosis.who_acts, WhoActs::MicrosoftAdministrator);
    assert!(!diagnosis.needs_sign_in && !diagnosis.transient);
}

#[test]
fn missing_approval_leads_to_the_administrator() {
    for code in [90094, 90095, 65001] {
        let diagnosis = diagnose(&error("access_denied", &[code]));
        assert!(diagnosis.needs_admin_consent, "{code}");
        assert_eq!(diagnosis.class, Class::Theirs);
    }
    assert!(!diagnose(&error("access_denied", &[65004])).needs_admin_consent);
}

#[test]
fn the_known_one_of_two_numbers_is_taken() {
    assert_eq!(
        diagnose(&error("invalid_grant", &[70002, 70008])).code,
        "AADSTS70008"
    );
}

#[test]
fn an_unknown_number_is_kept_and_the_suberror_explains_it() {
    let unknown = TokenError {
        suberror: Some("consent_required".into()),
        ..error("invalid_grant", &[999_999_999])
    };
    let diagnosis = diagnose(&unknown);
    assert_eq!(diagnosis.code, "AADSTS999999999");
    assert!(diagnosis.needs_admin_consent);
    assert_eq!(diagnose(&error("invalid_scope", &[])).code, "invalid_scope");
    assert_eq!(diagnose(&error("never_seen", &[])).class, Class::Ours);
}

#[test]
fn what_is_wrong_with_a_tenants_registration_is_the_tenants_to_mend_and_ends_no_grant() {
    for (word, codes) in [
        ("invalid_client", &[7_000_222][..]),
        ("invalid_client", &[999_999_999]),
        ("invalid_request", &[50194]),
    ] {
        let error = error(word, codes);
        assert_eq!(diagnose(&error).class, Class::Ours, "{codes:?}");
        let theirs = diagnose(&error.at(Whose::Tenant));
        assert_eq!(
            (theirs.class, theirs.who_acts),
            (Class::Theirs, WhoActs::You)
        );
        assert!(!theirs.needs_sign_in && !theirs.transient, "{codes:?}");
        assert!(
            theirs.meaning.contains("our app registration"),
            "{}",
            theirs.meaning
        );
    }
    let bug = error("invalid_request", &[900_144]).at(Whose::Tenant);
    assert_eq!(
        diagnose(&bug).class,
        Class::Ours,
        "a mistake of the program stays ours"
    );
}

#[test]
fn steps_are_filled_in_for_the_place_of_the_failure() {
    let clouds = crate::Clouds::known().unwrap();
    let cloud = postroom_registry::registration::Cloud::UsGovL4;
    let place = Place {
        cloud,
        endpoints: clouds.of(cloud),
        client_id: "0af9",
        signer: "o'neil@contoso.example",
    };
    let fixes = |code| diagnose(&error("invalid_grant", &[code])).fixes(&place);
    let blocked = fixes(53003);
    assert!(blocked[1].text.contains("0af9"), "{blocked:?}");
    let policies = blocked[1].url.as_deref().unwrap();
    assert!(
        policies.starts_with("https://entra.microsoft.us/#view/"),
        "{policies}"
    );
    let disabled = fixes(50057);
    assert!(
        disabled[0].text.contains("'o''neil@contoso.example'"),
        "a quote does not end the command's: {}",
        disabled[0].text
    );
    let licence = fixes(650_052);
    assert_eq!(licence[0].url, None, "another cloud has other pages");
    assert_eq!(
        licence[0].kind,
        postroom_registry::connection::FixKind::Step
    );
    let ours = diagnose(&error("invalid_client", &[7_000_222]));
    assert_eq!(ours.fixes(&place), []);
    let brought = diagnose(&error("invalid_client", &[7_000_222]).at(Whose::Tenant));
    let secrets = brought.fixes(&place)[0].url.clone().unwrap();
    assert!(secrets.ends_with("/~/Credentials/appId/0af9"), "{secrets}");
}
