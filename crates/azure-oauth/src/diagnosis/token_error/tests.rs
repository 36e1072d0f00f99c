use super::*;

#[test]
fn a_whole_body_is_read() {
    let body = br#"{"error":"invalid_grant","error_description":"AADSTS50076: user carl@contoso.example",
        "error_codes":[50076],"timestamp":"2026-11-24 05:00:00Z","trace_id":"t","correlation_id":"c",
        "suberror":"basic_action","claims":"{\"access_token\":{}}"}"#;
    let error = TokenError::from_body(body).unwrap();
    assert_eq!(error.codes, [50076]);
    assert_eq!(error.suberror.as_deref(), Some("basic_action"));
    assert_eq!(error.claims.as_deref(), Some(r#"{"access_token":{}}"#));
    assert_eq!(error.to_string(), "invalid_grant AADSTS50076");
    assert!(
        !format!("{error:?}").contains("carl"),
        "the description names people"
    );
}

#[test]
fn odd_bodies_are_read_as_far_as_they_go() {
    assert_eq!(TokenError::from_body(b"<html>"), None);
    assert_eq!(TokenError::from_body(b"[]"), None);
    assert_eq!(TokenError::from_body(br#"{"error":{"code":"x"}}"#), None);
    let error = TokenError::from_body(br#"{"error":"x","error_codes":["7000215",-1,{}]}"#).unwrap();
    assert_eq!(error.codes, [7_000_215]);
    let error = TokenError::from_body(br#"{"error":"x","error_codes":"none"}"#).unwrap();
    assert_eq!(error.codes, [0; 0]);
}

#[test]
fn a_callback_has_number_and_ids_in_its_description() {
    for separator in [" ", "\r\n"] {
        let description = [
            "AADSTS90094: needs an admin.",
            "Trace ID: tr-1",
            "Correlation ID: co-2",
            "Timestamp: 2026",
        ]
        .join(separator);
        let error = TokenError::from_callback("access_denied", &description, None);
        assert_eq!(error.codes, [90094]);
        assert_eq!(error.trace_id.as_deref(), Some("tr-1"));
        assert_eq!(error.correlation_id.as_deref(), Some("co-2"));
    }
    assert_eq!(
        TokenError::from_callback("access_denied", "AADSTS: odd", None).codes,
        [0; 0]
    );
}

#[test]
fn only_a_revocation_has_a_time() {
    let description = "AADSTS70008: x TokensValidFrom date is '2026-11-24T05:00:00Z'";
    assert_eq!(
        TokenError::from_callback("x", description, None).tokens_valid_from(),
        None
    );
    let description = description.replace("70008", "50173");
    let error = TokenError::from_callback("x", &description, None);
    assert_eq!(
        error.tokens_valid_from(),
        Some("2026-11-24T05:00:00Z".parse().unwrap())
    );
    let error = TokenError::from_callback("x", "AADSTS50173: TokensValidFrom 'soon'", None);
    assert_eq!(error.tokens_valid_from(), None);
}
