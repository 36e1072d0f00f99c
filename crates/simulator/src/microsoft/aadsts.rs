//! The AADSTS errors of Entra ID: number, OAuth error, HTTP status and text ("Microsoft Entra authentication and
//! authorization error codes").

/// What goes with an AADSTS number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    /// `error` of RFC 6749.
    pub(super) error: &'static str,
    /// HTTP status at the token endpoint.
    pub(super) status: u16,
    /// Microsoft's `suberror`.
    pub(super) suberror: Option<&'static str>,
    pub(super) text: &'static str,
}

/// The kind of a number; a number not in the table is an `invalid_grant`.
pub(super) fn kind(code: u32) -> Kind {
    let (error, suberror, text) = row(code);
    let status = match error {
        "invalid_client" => 401,
        "temporarily_unavailable" | "server_error" => 503,
        _ => 400,
    };
    Kind {
        error,
        status,
        suberror,
        text,
    }
}

type Row = (&'static str, Option<&'static str>, &'static str);

fn row(code: u32) -> Row {
    grant(code)
        .or_else(|| interaction(code))
        .or_else(|| application(code))
        .or_else(|| service(code))
        .unwrap_or(("invalid_grant", None, "An error occurred."))
}

/// The grant is no good: the user of one connection must sign in again.
fn grant(code: u32) -> Option<Row> {
    let text = match code {
        50_173 => {
            return Some((
                "invalid_grant",
                Some("bad_token"),
                "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.",
            ));
        }
        700_082 => {
            return Some((
                "invalid_grant",
                Some("bad_token"),
                "The refresh token has expired due to inactivity.",
            ));
        }
        65_001 => {
            return Some((
                "invalid_grant",
                Some("consent_required"),
                "The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.",
            ));
        }
        50_076 => {
            return Some((
                "invalid_grant",
                Some("basic_action"),
                "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.",
            ));
        }
        50_078 => {
            return Some((
                "invalid_grant",
                Some("basic_action"),
                "Presented multi-factor authentication has expired due to policies configured by your administrator, you must refresh your multi-factor authentication to access the resource.",
            ));
        }
        50_055 => {
            return Some((
                "invalid_grant",
                Some("user_password_expired"),
                "The password is expired.",
            ));
        }
        53_003 => {
            return Some((
                "invalid_grant",
                Some("message_only"),
                "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
            ));
        }
        70_008 => {
            "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource."
        }
        70_000 => "Provided grant is invalid or malformed.",
        70_043 => {
            "The refresh token has expired or is invalid due to sign-in frequency checks by conditional access."
        }
        54_005 => {
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token."
        }
        700_005 => {
            "Provided Authorization Code is intended to use against other tenant, thus rejected."
        }
        501_481 => {
            "The Code_Verifier does not match the code_challenge supplied in the authorization request."
        }
        50_089 => "Authentication failed due to flow token expired.",
        50_057 => "The user account is disabled.",
        50_053 => {
            "The account is locked, you've tried to sign in too many times with an incorrect user ID or password."
        }
        50_034 => "The user account does not exist in the directory.",
        50_020 => {
            "User account from identity provider does not exist in tenant and cannot access the application in that tenant."
        }
        _ => return None,
    };
    Some(("invalid_grant", None, text))
}

/// The user must do something in front of a browser, or chose not to.
fn interaction(code: u32) -> Option<Row> {
    Some(match code {
        65_004 => (
            "access_denied",
            None,
            "User declined to consent to access the app.",
        ),
        90_094 => (
            "access_denied",
            None,
            "An administrator of the directory has set a policy that prevents you from granting the app the permissions it is requesting. Contact your administrator.",
        ),
        90_095 => (
            "access_denied",
            None,
            "The admin consent request was sent. An administrator must approve it.",
        ),
        50_058 => (
            "login_required",
            None,
            "A silent sign-in request was sent but no user is signed in.",
        ),
        50_074 => (
            "interaction_required",
            Some("basic_action"),
            "Strong Authentication is required.",
        ),
        50_079 => (
            "interaction_required",
            Some("basic_action"),
            "Due to a configuration change made by your administrator, you must enroll in multi-factor authentication.",
        ),
        50_105 => (
            "interaction_required",
            None,
            "The signed in user is not assigned to a role for the application.",
        ),
        _ => return None,
    })
}

/// The application asks wrongly.
fn application(code: u32) -> Option<Row> {
    Some(match code {
        7_000_215 => (
            "invalid_client",
            None,
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to the app.",
        ),
        7_000_222 => (
            "invalid_client",
            None,
            "The provided client secret keys for the app are expired.",
        ),
        7_000_218 => (
            "invalid_client",
            None,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        ),
        700_027 => (
            "invalid_client",
            None,
            "Client assertion contains an invalid signature.",
        ),
        700_021 => (
            "invalid_client",
            None,
            "Client assertion application identifier doesn't match 'client_id' parameter.",
        ),
        700_023 => (
            "invalid_client",
            None,
            "Client assertion audience claim does not match Realm issuer.",
        ),
        700_024 => (
            "invalid_client",
            None,
            "Client assertion is not within its valid time range.",
        ),
        700_030 => (
            "invalid_client",
            None,
            "Invalid certificate - subject name in certificate isn't authorized.",
        ),
        50_012 => ("invalid_client", None, "Authentication failed."),
        50_048 => (
            "invalid_client",
            None,
            "Subject mismatches Issuer claim in the client assertion.",
        ),
        50_027 => (
            "invalid_request",
            None,
            "JWT token is invalid or malformed.",
        ),
        650_053 => (
            "invalid_client",
            None,
            "The application asked for a scope that doesn't exist on the resource.",
        ),
        700_016 => (
            "unauthorized_client",
            None,
            "Application was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.",
        ),
        7_000_112 => ("unauthorized_client", None, "Application is disabled."),
        50_011 => (
            "invalid_request",
            None,
            "The redirect URI specified in the request does not match the redirect URIs configured for the application.",
        ),
        700_054 => (
            "unsupported_response_type",
            None,
            "response_type is not enabled for the application.",
        ),
        70_003 => (
            "unsupported_grant_type",
            None,
            "The app requested an unsupported grant type.",
        ),
        500_011 => (
            "invalid_resource",
            None,
            "The resource principal was not found in the tenant.",
        ),
        70_011 | 28_002 | 28_003 => (
            "invalid_scope",
            None,
            "The provided value for the input parameter 'scope' is not valid.",
        ),
        700_022 => (
            "invalid_scope",
            None,
            "The provided value for the input parameter scope isn't valid because it contains more than one resource.",
        ),
        900_144 => (
            "invalid_request",
            None,
            "The request body must contain a required parameter.",
        ),
        9_002_313 => (
            "invalid_request",
            None,
            "Invalid request. Request is malformed or invalid.",
        ),
        9_002_326 => (
            "invalid_request",
            None,
            "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
        ),
        90_023 => (
            "invalid_request",
            None,
            "The authentication service request isn't valid.",
        ),
        501_491 => (
            "invalid_request",
            None,
            "Invalid size of Code_Challenge parameter.",
        ),
        90_002 => (
            "invalid_tenant",
            None,
            "Tenant not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
        ),
        50_059 => (
            "invalid_request",
            None,
            "No tenant-identifying information found in either the request or implied by any provided credentials.",
        ),
        50_196 => (
            "invalid_request",
            None,
            "The server terminated an operation because it encountered a client request loop.",
        ),
        _ => return None,
    })
}

/// Nobody's fault; a retry helps.
fn service(code: u32) -> Option<Row> {
    Some(match code {
        50_033 | 90_006 | 90_012 | 90_024 | 90_033 | 90_055 | 50_087 => (
            "temporarily_unavailable",
            None,
            "A transient error has occurred. Please try again.",
        ),
        90_090 | 90_091 | 80_001 | 80_002 | 80_005 => (
            "server_error",
            None,
            "A transient error has occurred during authentication. Please try again.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_says_whose_fault_it_is() {
        assert_eq!(
            (kind(50_173).error, kind(50_173).status),
            ("invalid_grant", 400)
        );
        assert_eq!(
            (kind(7_000_215).error, kind(7_000_215).status),
            ("invalid_client", 401)
        );
        assert_eq!(
            (kind(90_033).error, kind(90_033).status),
            ("temporarily_unavailable", 503)
        );
        assert_eq!(kind(123_456).error, "invalid_grant");
    }
}
