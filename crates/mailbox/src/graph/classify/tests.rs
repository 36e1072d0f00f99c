use std::time::Duration;

use reqwest::header::{HeaderValue, WWW_AUTHENTICATE};
use serde_json::json;

use super::super::testing::now;
use super::*;

fn classify(status: u16, code: &str, target: Target) -> MailboxError {
    with_headers(status, code, target, &HeaderMap::new())
}

fn with_headers(status: u16, code: &str, target: Target, headers: &HeaderMap) -> MailboxError {
    let body = json!({"error": {"code": code, "message": "syncStateNotFound"}}).to_string();
    let support = Support {
        request_id: Some("req-1".into()),
        code: None,
    };
    let status = StatusCode::from_u16(status).unwrap();
    Failure {
        status,
        headers,
        body: body.as_bytes(),
        support,
    }
    .classify(target, now())
}

fn header(name: reqwest::header::HeaderName, value: &str) -> HeaderMap {
    HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
}

/// The variant's name, to compare a table.
fn name(error: &MailboxError) -> String {
    let shown = format!("{error:?}");
    shown.split(['(', ' ']).next().unwrap().to_owned()
}

#[test]
fn codes_decide_in_any_case_and_keep_the_request_id() {
    for (status, code, target, expected) in [
        (
            401,
            "InvalidAuthenticationToken",
            Target::Mailbox,
            "Unauthorized",
        ),
        (403, "ErrorAccessDenied", Target::Item, "AccessDenied"),
        (403, "erroraccessdenied", Target::Item, "AccessDenied"),
        (403, "ErrorSendAsDenied", Target::Mailbox, "SendAsDenied"),
        (
            404,
            "MailboxNotEnabledForRESTAPI",
            Target::Folder,
            "MailboxMissing",
        ),
        (404, "ErrorInvalidUser", Target::Folder, "MailboxMissing"),
        (
            404,
            "Request_ResourceNotFound",
            Target::Item,
            "MailboxMissing",
        ),
        (404, "ErrorItemNotFound", Target::Item, "ItemMissing"),
        (404, "ErrorItemNotFound", Target::Folder, "FolderMissing"),
        (
            404,
            "ErrorSyncFolderNotFound",
            Target::Delta,
            "FolderMissing",
        ),
        (400, "ErrorInvalidIdMalformed", Target::Item, "ItemMissing"),
        (413, "whatever", Target::Mailbox, "TooLarge"),
        (429, "ApplicationThrottled", Target::Item, "Throttled"),
        (500, "ErrorTooManyObjectsOpened", Target::Item, "Throttled"),
        (509, "x", Target::Item, "Throttled"),
        (503, "x", Target::Item, "Server"),
        (504, "UnknownError", Target::Item, "Server"),
        (507, "ErrorQuotaExceeded", Target::Item, "MailboxFull"),
        (507, "x", Target::Item, "MailboxFull"),
        (403, "ErrorInvalidLicense", Target::Item, "MailboxMissing"),
        (403, "extensionError", Target::Item, "Blocked"),
        (503, "ErrorMailboxMoveInProgress", Target::Item, "Server"),
        (400, "ErrorIrresolvableConflict", Target::Item, "Conflict"),
        (
            400,
            "ErrorMimeContentInvalidBase64String",
            Target::Mailbox,
            "Refused",
        ),
    ] {
        let error = classify(status, code, target);
        assert_eq!(name(&error), expected, "{status} {code}");
        assert_eq!(
            (error.code(), error.request_id()),
            (Some(code), Some("req-1"))
        );
    }
}

#[test]
fn a_lost_delta_is_known_by_410_or_by_its_codes() {
    for (status, code) in [
        (410, "anything"),
        (404, "syncStateNotFound"),
        (400, "SyncStateNotFound"),
        (410, "resyncRequired"),
        (400, "InvalidSyncStateData"),
    ] {
        assert_eq!(
            name(&classify(status, code, Target::Delta)),
            "Resync",
            "{status} {code}"
        );
    }
    // The message of every body here says syncStateNotFound: it must not count.
    assert_eq!(name(&classify(400, "BadRequest", Target::Delta)), "Refused");
    assert_eq!(
        name(&classify(410, "syncStateNotFound", Target::Item)),
        "ItemMissing"
    );
}

#[test]
fn only_waiting_errors_are_transient() {
    assert!(classify(429, "x", Target::Item).is_transient());
    assert!(classify(500, "x", Target::Item).is_transient());
    for status in [400, 401, 403, 404, 413, 507] {
        assert!(
            !classify(status, "x", Target::Item).is_transient(),
            "{status}"
        );
    }
}

#[test]
fn retry_after_is_read_in_seconds_and_as_a_date() {
    let seconds = header(RETRY_AFTER, "120");
    let error = with_headers(429, "x", Target::Item, &seconds);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(120)));
    let date = header(RETRY_AFTER, "Tue, 24 Nov 2026 05:00:30 GMT");
    let error = with_headers(503, "x", Target::Item, &date);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    let past = header(RETRY_AFTER, "Tue, 24 Nov 2026 04:00:00 GMT");
    let error = with_headers(429, "x", Target::Item, &past);
    assert_eq!(error.retry_after(), Some(Duration::ZERO));
}

#[test]
fn a_claims_challenge_is_decoded() {
    let challenge = r#"Bearer realm="", error="insufficient_claims", claims="eyJhIjoxfQ==""#;
    let headers = header(WWW_AUTHENTICATE, challenge);
    let error = with_headers(401, "InvalidAuthenticationToken", Target::Mailbox, &headers);
    assert_eq!(error.code(), Some("insufficient_claims"));
    let MailboxError::Claims { claims, .. } = error else {
        panic!("{error:?}");
    };
    assert_eq!(claims.as_deref(), Some(r#"{"a":1}"#));
}

#[test]
fn a_body_that_is_no_json_still_has_a_class() {
    let support = Support::default();
    let headers = HeaderMap::new();
    let failure = Failure {
        status: StatusCode::BAD_GATEWAY,
        headers: &headers,
        body: b"<html>",
        support,
    };
    assert_eq!(name(&failure.classify(Target::Item, now())), "Server");
}
