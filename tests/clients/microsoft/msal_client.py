"""PyPI `msal`: code with PKCE, refresh, both kinds of assertion, a refused grant; what came of it, as one line of JSON."""

import datetime
import json

import jwt
import msal
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from person import control, look, sign_in, world

SCOPES = ["https://graph.microsoft.com/Mail.ReadWrite"]


def application(credential: object) -> msal.ConfidentialClientApplication:
    known = world()
    return msal.ConfidentialClientApplication(
        known["client_id"],
        client_credential=credential,
        authority=known["tls"] + "/common",
        instance_discovery=False,
        verify=known["ca"],
    )


def signed_in(app: msal.ConfidentialClientApplication) -> dict:
    flow = app.initiate_auth_code_flow(SCOPES, redirect_uri=world()["redirect"])
    answer = app.acquire_token_by_auth_code_flow(flow, sign_in(flow["auth_uri"], world()["user"]))
    if "access_token" not in answer:
        raise RuntimeError(answer)
    return answer


def certificate() -> tuple[str, str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "clients")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = made.public_bytes(serialization.Encoding.PEM).decode()
    return private.decode(), public, made.fingerprint(hashes.SHA1()).hex()  # noqa: S303, what msal asks for


def verified(answer: dict) -> bool:
    """Whether the signature of the id token is by a published key."""
    keys = jwt.PyJWKClient(world()["http"] + "/common/discovery/v2.0/keys")
    key = keys.get_signing_key_from_jwt(answer["id_token"]).key
    claims = jwt.decode(answer["id_token"], key, algorithms=["RS256"], audience=world()["client_id"])
    return claims["preferred_username"] == world()["user"]


def main() -> None:
    known = world()
    app = application(known["client_secret"])
    first = signed_in(app)
    account = app.get_accounts()[0]
    again = app.acquire_token_silent(SCOPES, account, force_refresh=True)
    private, public, thumbprint = certificate()
    registration = {
        "client_id": known["client_id"],
        "client_secret": known["client_secret"],
        "redirect_uris": [known["redirect"]],
        "certificates": [public],
    }
    control("/microsoft/registrations", registration)
    proven = [
        "access_token" in signed_in(application(credential))
        for credential in (
            {"private_key": private, "public_certificate": public},
            {"private_key": private, "thumbprint": thumbprint},
        )
    ]
    stranger, other, _ = certificate()
    unknown = application({"private_key": stranger, "public_certificate": other})
    flow = unknown.initiate_auth_code_flow(SCOPES, redirect_uri=known["redirect"])
    forged = unknown.acquire_token_by_auth_code_flow(flow, sign_in(flow["auth_uri"], known["user"]))
    control(f"/microsoft/users/{known['user']}/revoke", {})
    refused = app.acquire_token_silent_with_error(SCOPES, account, force_refresh=True)
    print(
        json.dumps(
            {
                "scope": first["scope"],
                "username": account["username"],
                "refreshed": again["access_token"] != first["access_token"],
                "verified": verified(first),
                "proven": proven,
                "forged": forged.get("error_codes"),
                "refused": {name: refused.get(name) for name in ("error", "error_codes", "suberror")},
                "refreshes": look("/microsoft/refreshes"),
            }
        )
    )


if __name__ == "__main__":
    main()
