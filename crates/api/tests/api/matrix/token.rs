//! Tokens, made of their parts: right for a call, and then with one part replaced.

use jsonwebtoken::{Algorithm, EncodingKey};
use rcgen::KeyPair;
use serde_json::{Value, json};

use super::{
    door::{Door, For},
    family::Family,
    fault::Fault,
    scene::Scene,
};
use crate::support::{BASE, book::Tenant, forge, jira, tokens};

/// A token before it is signed.
struct Draft {
    header: Value,
    claims: Value,
    algorithm: Algorithm,
    key: Key,
}

enum Key {
    Secret(String),
    Pair(&'static KeyPair),
}

/// A token of this family for a call at this door, in acme's name but for what is wrong with it.
pub(super) fn make(scene: &Scene, door: Door, family: Family, fault: Fault) -> String {
    let whose = match fault {
        Fault::OtherTenants => &scene.globex.connect,
        _ => &scene.acme.connect,
    };
    if family == Family::ClientState {
        return client_state(scene, fault);
    }
    let mut draft = Draft::right(scene, whose, door, family);
    draft.spoil(scene, family, fault);
    let token = draft.sign();
    match fault {
        Fault::Unsigned | Fault::CutOff => tokens::without_signature(&token),
        Fault::Tampered => tampered(scene, &token, door, family),
        _ => token,
    }
}

/// The word of acme's subscription, or another.
fn client_state(scene: &Scene, fault: Fault) -> String {
    let word = &scene.acme.client_state;
    match fault {
        Fault::OtherTenants | Fault::SignedByOther => scene.globex.client_state.clone(),
        Fault::EmptySecret => String::new(),
        Fault::Tampered => format!("{word}x"),
        Fault::CutOff => word[..word.len() - 1].to_owned(),
        _ => word.clone(),
    }
}

impl Draft {
    fn right(scene: &Scene, whose: &Tenant, door: Door, family: Family) -> Self {
        let call = door.call(scene, 1);
        let account = (door.is_for() != For::Forge).then_some(jira::ADMIN);
        let hash = tokens::qsh(call.method.as_str(), &call.path);
        let of_site = |qsh: &str| {
            let mut claims = tokens::claims(&whose.client_key, qsh);
            claims["sub"] = json!(account);
            claims.as_object_mut().unwrap().remove("aud");
            claims
        };
        let (mut claims, kid, key) = match family {
            Family::Lifecycle => (
                tokens::claims(&whose.client_key, &hash),
                Some(tokens::KID),
                Key::Pair(tokens::rsa()),
            ),
            Family::Bound => (of_site(&hash), None, Key::Secret(whose.secret.clone())),
            Family::Context => (
                of_site("context-qsh"),
                None,
                Key::Secret(whose.secret.clone()),
            ),
            Family::ClientState => unreachable!("a word is not drafted"),
            Family::Invocation => (
                forge::claims(&scene.stage.jira.uri(), &whose.client_key, account),
                Some(forge::KID),
                Key::Pair(forge::rsa()),
            ),
        };
        let now = scene.stage.clock.now().timestamp();
        claims["iat"] = json!(now);
        claims["exp"] = json!(now + 25);
        let (algorithm, name) = match family.has_public_key() {
            true => (Algorithm::RS256, "RS256"),
            false => (Algorithm::HS256, "HS256"),
        };
        let mut header = json!({ "alg": name, "typ": "JWT" });
        if let Some(kid) = kid {
            header["kid"] = json!(kid);
        }
        Self {
            header,
            claims,
            algorithm,
            key,
        }
    }

    fn spoil(&mut self, scene: &Scene, family: Family, fault: Fault) {
        let now = scene.stage.clock.now().timestamp();
        match fault {
            Fault::Expired => self.claims["exp"] = json!(now - 31),
            Fault::NotYet => self.claims["nbf"] = json!(now + 31),
            Fault::IssuedLater => self.claims["iat"] = json!(now + 31),
            Fault::NoExpiry => self.without("exp"),
            Fault::OtherIssuer => self.claims["iss"] = json!("forge/context-token"),
            Fault::OtherRequest => {
                self.claims["qsh"] = json!(tokens::qsh("GET", "/another/request"));
            }
            Fault::NoHash => self.without("qsh"),
            Fault::WrongAccount => {
                for claim in ["sub", "principal"] {
                    match self.claims.get(claim).is_some_and(Value::is_string) {
                        true => self.without(claim),
                        false => self.claims[claim] = json!(jira::ADMIN),
                    }
                }
            }
            Fault::UnknownKey => self.header["kid"] = json!("unknown"),
            Fault::KeyPath => self.header["kid"] = json!("../keys/kid-1"),
            Fault::NoKeyId => {
                self.header.as_object_mut().unwrap().remove("kid");
            }
            Fault::SignedByOther | Fault::PublicKeyAsSecret => self.spoil_key(scene, family, fault),
            Fault::EmptySecret | Fault::LongerHash | Fault::Unsigned => {
                self.spoil_key(scene, family, fault);
            }
            Fault::OtherEnvironment => self.claims["app"]["environment"]["type"] = json!("STAGING"),
            Fault::OtherHost => {
                self.claims["app"]["apiBaseUrl"] =
                    json!("https://api.atlassian.com.evil.example/ex/jira/cloud-acme");
            }
            Fault::OtherCloud => {
                let url = self.claims["app"]["apiBaseUrl"].as_str().unwrap();
                self.claims["app"]["apiBaseUrl"] = json!(url.replace("acme", "globex"));
            }
            Fault::OtherSite => {
                self.claims["context"]["siteUrl"] =
                    json!("https://acme.atlassian.net.evil.example");
            }
            _ => self.spoil_audience(scene, family, fault),
        }
    }

    fn spoil_audience(&mut self, scene: &Scene, family: Family, fault: Fault) {
        let ours = match family {
            Family::Invocation => forge::APP_ID,
            _ => BASE,
        };
        let other = match fault {
            Fault::AudienceLonger => json!([format!("{ours}.evil.example")]),
            Fault::AudienceShorter => json!([&ours[..ours.len() - 1]]),
            Fault::AudienceWithin => json!([format!("https://evil.example/?{ours}/")]),
            Fault::AudienceFirst => json!([ours, "https://other.example"]),
            Fault::AudienceLast => json!(["https://other.example", ours]),
            Fault::AudienceOtherTenant => json!([scene.globex.connect.client_key]),
            Fault::NoAudience => return self.without("aud"),
            _ => return,
        };
        self.claims["aud"] = other;
    }

    fn spoil_key(&mut self, scene: &Scene, family: Family, fault: Fault) {
        let public = match family {
            Family::Invocation => forge::rsa().public_key_pem(),
            _ => tokens::rsa().public_key_pem(),
        };
        let (name, algorithm) = match (fault, family.has_public_key()) {
            (Fault::Unsigned, _) => ("none", self.algorithm),
            (Fault::LongerHash, true) => ("RS384", Algorithm::RS384),
            (Fault::LongerHash, false) => ("HS384", Algorithm::HS384),
            (Fault::SignedByOther, true) => ("RS256", Algorithm::RS256),
            _ => ("HS256", Algorithm::HS256),
        };
        match (fault, family.has_public_key()) {
            (Fault::SignedByOther, true) => self.key = Key::Pair(tokens::stranger()),
            (Fault::SignedByOther, false) => {
                self.key = Key::Secret(scene.globex.connect.secret.clone());
            }
            (Fault::PublicKeyAsSecret, _) => self.key = Key::Secret(public),
            (Fault::EmptySecret, _) => self.key = Key::Secret(String::new()),
            _ => {}
        }
        self.header["alg"] = json!(name);
        self.algorithm = algorithm;
    }

    fn without(&mut self, claim: &str) {
        self.claims.as_object_mut().unwrap().remove(claim);
    }

    fn sign(&self) -> String {
        let key = match &self.key {
            Key::Secret(secret) => EncodingKey::from_secret(secret.as_bytes()),
            Key::Pair(pair) => EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes()).unwrap(),
        };
        tokens::sign(&self.header, &self.claims, &key, self.algorithm)
    }
}

/// The claims of a token that would live longer, with the signature of one that does not.
fn tampered(scene: &Scene, token: &str, door: Door, family: Family) -> String {
    let mut longer = Draft::right(scene, &scene.acme.connect, door, family);
    longer.claims["exp"] = json!(scene.stage.clock.now().timestamp() + 100);
    let longer = longer.sign();
    let claims = longer.split('.').nth(1).unwrap();
    let parts: Vec<_> = token.split('.').collect();
    format!("{}.{claims}.{}", parts[0], parts[2])
}
