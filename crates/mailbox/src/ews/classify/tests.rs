use std::time::Duration;

use reqwest::header::HeaderValue;

use super::super::answer::Answer;
use super::super::testing::now;
use super::*;
use crate::WhoActs;

const VALUE: &str = "BackOffMilliseconds";

fn support() -> Support {
    Support {
        request_id: Some("req-1".into()),
        code: None,
    }
}

fn envelope(body: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"s\" xmlns:m=\"m\" xmlns:t=\"t\"><s:Body>{body}</s:Body></s:Envelope>"
    )
}

fn message(class: &str, inner: &str) -> String {
    envelope(&format!(
        "<m:GetItemResponse><m:ResponseMessages><m:GetItemResponseMessage ResponseClass=\"{class}\">{inner}\
         </m:GetItemResponseMessage></m:ResponseMessages></m:GetItemResponse>"
    ))
}

fn inside(target: Target, body: &str) -> Result<(), MailboxError> {
    let answer = Answer {
        operation: "get_item",
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        support: support(),
        body: body.to_owned().into(),
    };
    answer.read(target, now(), |_| Some(()))
}

fn coded(code: &str, target: Target) -> MailboxError {
    let inner = format!("<m:ResponseCode>{code}</m:ResponseCode>");
    inside(target, &message("Error", &inner)).unwrap_err()
}

fn outside(status: u16, headers: &HeaderMap, body: &str) -> MailboxError {
    let failure = Failure {
        status: StatusCode::from_u16(status).unwrap(),
        headers,
        support: support(),
        now: now(),
    };
    failure.classify(body.as_bytes(), Target::Item)
}

/// The variant's name, to compare a table.
fn name(error: &MailboxError) -> String {
    let shown = format!("{error:?}");
    shown.split(['(', ' ']).next().unwrap().to_owned()
}

#[test]
fn every_code_has_its_end_and_its_person() {
    use WhoActs::{MailboxOwner, MicrosoftAdministrator, Nobody, You};
    for (code, target, expected, who) in [
        (
            "ErrorAccessDenied",
            Target::Item,
            "AccessDenied",
            MicrosoftAdministrator,
        ),
        (
            "erroraccessdenied",
            Target::Item,
            "AccessDenied",
            MicrosoftAdministrator,
        ),
        (
            "ErrorAccountDisabled",
            Target::Folder,
            "MailboxMissing",
            MicrosoftAdministrator,
        ),
        (
            "ErrorNonExistentMailbox",
            Target::Item,
            "MailboxMissing",
            MicrosoftAdministrator,
        ),
        (
            "ErrorMissingEmailAddress",
            Target::Item,
            "MailboxMissing",
            MicrosoftAdministrator,
        ),
        (
            "ErrorInvalidLicense",
            Target::Item,
            "MailboxMissing",
            MicrosoftAdministrator,
        ),
        (
            "ErrorImpersonateUserDenied",
            Target::Item,
            "AccessDenied",
            MicrosoftAdministrator,
        ),
        (
            "ErrorSendAsDenied",
            Target::Mailbox,
            "SendAsDenied",
            MicrosoftAdministrator,
        ),
        ("ErrorItemNotFound", Target::Item, "ItemMissing", Nobody),
        ("ErrorItemNotFound", Target::Folder, "FolderMissing", You),
        ("ErrorFolderNotFound", Target::Folder, "FolderMissing", You),
        (
            "ErrorSyncFolderNotFound",
            Target::Folder,
            "FolderMissing",
            You,
        ),
        ("ErrorToFolderNotFound", Target::Item, "FolderMissing", You),
        (
            "ErrorInvalidIdMalformed",
            Target::Item,
            "ItemMissing",
            Nobody,
        ),
        (
            "ErrorInvalidIdMalformed",
            Target::Folder,
            "FolderMissing",
            You,
        ),
        ("ErrorStaleObject", Target::Item, "Conflict", Nobody),
        (
            "ErrorChangeKeyRequiredForWriteOperations",
            Target::Item,
            "Conflict",
            Nobody,
        ),
        (
            "ErrorIrresolvableConflict",
            Target::Item,
            "Conflict",
            Nobody,
        ),
        (
            "ErrorMimeContentConversionFailed",
            Target::Item,
            "Refused",
            Nobody,
        ),
        (
            "ErrorContentConversionFailed",
            Target::Item,
            "Refused",
            Nobody,
        ),
        (
            "ErrorDataSizeLimitExceeded",
            Target::Item,
            "TooLarge",
            Nobody,
        ),
        (
            "ErrorMessageSizeExceeded",
            Target::Mailbox,
            "TooLarge",
            Nobody,
        ),
        (
            "ErrorInvalidSyncStateData",
            Target::Folder,
            "Resync",
            Nobody,
        ),
        ("ErrorServerBusy", Target::Item, "Throttled", Nobody),
        (
            "ErrorExceededConnectionCount",
            Target::Item,
            "Throttled",
            Nobody,
        ),
        (
            "ErrorTooManyObjectsOpened",
            Target::Item,
            "Throttled",
            Nobody,
        ),
        (
            "ErrorSubmissionQuotaExceeded",
            Target::Mailbox,
            "Throttled",
            Nobody,
        ),
        ("ErrorTimeoutExpired", Target::Item, "Server", Nobody),
        (
            "ErrorInternalServerTransientError",
            Target::Item,
            "Server",
            Nobody,
        ),
        (
            "ErrorMailboxStoreUnavailable",
            Target::Item,
            "Server",
            Nobody,
        ),
        ("ErrorMailboxMoveInProgress", Target::Item, "Server", Nobody),
        ("ErrorMailboxFailover", Target::Item, "Server", Nobody),
        ("ErrorConnectionFailed", Target::Item, "Server", Nobody),
        ("ErrorADUnavailable", Target::Item, "Server", Nobody),
        (
            "ErrorBatchProcessingStopped",
            Target::Item,
            "Server",
            Nobody,
        ),
        (
            "ErrorQuotaExceeded",
            Target::Mailbox,
            "MailboxFull",
            MailboxOwner,
        ),
        ("ErrorSchemaValidation", Target::Item, "Refused", Nobody),
    ] {
        let error = coded(code, target);
        assert_eq!(name(&error), expected, "{code}");
        assert_eq!(error.explain().who, who, "{code}");
        assert_eq!(
            (error.code(), error.request_id()),
            (Some(code), Some("req-1"))
        );
        let calm = error.is_transient() || error.kind().is_of_one_message();
        assert_eq!(calm, who == Nobody, "{code}");
    }
}

#[test]
fn a_busy_store_hidden_in_an_internal_error_is_busy() {
    let hidden = message(
        "Error",
        "<m:MessageText>words</m:MessageText><m:ResponseCode>ErrorInternalServerError</m:ResponseCode><m:MessageXml>\
         <t:Value Name=\"InnerErrorMessageText\">words</t:Value>\
         <t:Value Name=\"InnerErrorResponseCode\">ErrorServerBusy</t:Value>\
         <t:Value Name=\"BackOffMilliseconds\">1500</t:Value></m:MessageXml>",
    );
    let error = inside(Target::Item, &hidden).unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_millis(1500)));
    assert_eq!(error.code(), Some("ErrorServerBusy"));
    assert_eq!(
        name(&coded("ErrorInternalServerError", Target::Item)),
        "Server"
    );
}

#[test]
fn a_warning_is_no_success() {
    let stopped = "<m:ResponseCode>ErrorBatchProcessingStopped</m:ResponseCode>";
    let warned = inside(Target::Item, &message("Warning", stopped)).unwrap_err();
    assert_eq!(name(&warned), "Server");
}

#[test]
fn a_fault_speaks_by_its_details_or_its_faultcode() {
    let none = HeaderMap::new();
    let detailed = envelope(&format!(
        "<s:Fault><faultcode>s:Client</faultcode><faultstring>words</faultstring><detail>\
         <e:ResponseCode xmlns:e=\"e\">ErrorServerBusy</e:ResponseCode><t:MessageXml>\
         <t:Value Name=\"{VALUE}\">297749</t:Value></t:MessageXml></detail></s:Fault>"
    ));
    let error = outside(500, &none, &detailed);
    assert_eq!(error.retry_after(), Some(Duration::from_millis(297_749)));
    assert_eq!(
        inside(Target::Item, &detailed).unwrap_err().retry_after(),
        error.retry_after()
    );
    let coded = envelope("<s:Fault><faultcode>a:ErrorSchemaValidation</faultcode></s:Fault>");
    assert_eq!(name(&outside(500, &none, &coded)), "Refused");
    let plain = envelope("<s:Fault><faultcode>s:Server</faultcode></s:Fault>");
    assert_eq!(name(&outside(500, &none, &plain)), "Server");
    assert_eq!(name(&inside(Target::Item, &plain).unwrap_err()), "Server");
    let denied = envelope("<s:Fault><faultcode>a:ErrorAccessDenied</faultcode></s:Fault>");
    assert_eq!(name(&outside(403, &none, &denied)), "AccessDenied");
}

#[test]
fn without_a_code_the_status_decides() {
    let none = HeaderMap::new();
    for (status, expected) in [
        (401, "Unauthorized"),
        (403, "Blocked"),
        (404, "Refused"),
        (413, "TooLarge"),
        (429, "Throttled"),
        (500, "Server"),
        (502, "Server"),
        (503, "Server"),
        (507, "MailboxFull"),
        (509, "Throttled"),
    ] {
        for body in ["", "<html><body>Error", "not XML at all", "{\"error\":{}}"] {
            assert_eq!(
                name(&outside(status, &none, body)),
                expected,
                "{status} {body}"
            );
        }
    }
}

#[test]
fn a_missing_scope_is_told_from_switched_off_ews() {
    let said =
        "2000007;reason=\"The token contains no permissions.\";error_category=\"invalid_grant\"";
    let name = "x-ms-diagnostics".parse().unwrap();
    let headers = HeaderMap::from_iter([(name, HeaderValue::from_static(said))]);
    let error = outside(403, &headers, "");
    assert_eq!(error.explain().who, WhoActs::MailboxOwner);
    assert_eq!(error.kind(), ErrorKind::ScopeMissing);
}

#[test]
fn the_longer_wait_is_obeyed() {
    let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static("120"))]);
    let busy = |milliseconds: u32| {
        envelope(&format!(
            "<s:Fault><faultcode>a:ErrorServerBusy</faultcode><detail><t:Value Name=\"{VALUE}\">{milliseconds}\
             </t:Value></detail></s:Fault>"
        ))
    };
    for (milliseconds, seconds) in [(5_000, 120), (150_000, 150)] {
        let error = outside(500, &headers, &busy(milliseconds));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
    }
    assert_eq!(
        outside(503, &headers, "").retry_after(),
        Some(Duration::from_secs(120))
    );
}

#[test]
fn what_is_no_answer_is_garbled_and_transient() {
    for body in [
        "",
        "<html><head><title>Outlook</title></head><body><p>Sign in</p></body></html>",
        "<!DOCTYPE html><html><br></html>",
        "<s:Envelope xmlns:s=\"s\"><s:Body><m:GetItemResponse>",
        &envelope(""),
        &envelope("<m:GetItemResponse><m:ResponseMessages/></m:GetItemResponse>"),
        &message("Perhaps", ""),
        "<!DOCTYPE x [<!ENTITY a \"b\">]><s:Envelope xmlns:s=\"s\">&a;</s:Envelope>",
    ] {
        let error = inside(Target::Item, body).unwrap_err();
        assert!(
            matches!(
                error,
                MailboxError::Garbled {
                    operation: "get_item",
                    ..
                }
            ),
            "{body}: {error:?}"
        );
        assert!(error.is_transient());
    }
}

#[test]
fn neither_words_nor_mail_of_an_answer_are_kept() {
    let said = "<m:MessageText>salary of carl@customer.example</m:MessageText>\
                <m:ResponseCode>ErrorAccessDenied</m:ResponseCode>";
    let error = inside(Target::Item, &message("Error", said)).unwrap_err();
    assert!(!format!("{error:?} {error}").contains("carl"));
}
