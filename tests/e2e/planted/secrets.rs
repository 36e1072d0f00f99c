//! What is looked for.

use postroom_tests::{Leaks, Stack, story, story::Connected};
use reqwest::header::HeaderMap;
use serde_json::Value;

/// The secret of our app registration at Microsoft.
pub(crate) const CLIENT_SECRET: &str = "Q~planted8-client.secret_of~Entra!7Zx";
/// What the service says to PostgreSQL.
pub(crate) const DATABASE_PASSWORD: &str = "planted-Pg-Passw0rd-of-the-book";
/// In the text of a mail.
pub(crate) const SENTENCE: &str = "The otter under the third desk hums at midnight.";
/// In a file that came with a mail.
pub(crate) const IN_A_FILE: &str = "Seventeen violet umbrellas were sold in Trondheim.";
/// In an agent's comment, which goes out as a mail.
pub(crate) const IN_A_COMMENT: &str = "Please unplug the humming otter before noon.";
/// The subject of a mail: in the ledger, and in no log.
pub(crate) const SUBJECT: &str = "A quite distinctive humming otter";
/// Who wrote it: in the ledger, and masked in logs.
pub(crate) const WRITER: &str = "carlotta.distinctive@customer.example";

/// The list of master keys with the one that seals.
pub(crate) fn master_keys() -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    format!("planted:{}", STANDARD.encode(MASTER_KEY))
}

/// 32 bytes that stand nowhere by chance.
const MASTER_KEY: [u8; 32] =
    *b"\x91\xe2planted-master-key\xff\x00\x17\xa4\xc3\x5d\x88\x0e\xf1\x3b\x9c\xd6";

/// What may not stand in the book or in Redis, and what may not be told to logs and collectors either.
pub(crate) struct Secrets {
    at_rest: Leaks,
    told: Leaks,
}

impl Default for Secrets {
    fn default() -> Self {
        let mut secrets = Self {
            at_rest: Leaks::default(),
            told: Leaks::default(),
        };
        secrets.add("the client secret", CLIENT_SECRET);
        secrets.add("the master key", MASTER_KEY);
        secrets.add("the password of the database", DATABASE_PASSWORD);
        secrets.add("the text of a mail", SENTENCE);
        secrets.add("the file of a mail", IN_A_FILE);
        secrets.add("the text of a comment", IN_A_COMMENT);
        secrets.told.plant("the subject of a mail", SUBJECT);
        for address in [WRITER, story::MAILBOX, story::CUSTOMER] {
            secrets.told.plant("an unmasked address", address);
        }
        secrets
    }
}

impl Secrets {
    pub(crate) fn never_at_rest(&self) -> &Leaks {
        &self.at_rest
    }

    pub(crate) fn never_told(&self) -> &Leaks {
        &self.told
    }

    fn add(&mut self, name: &str, secret: impl AsRef<[u8]>) {
        self.at_rest.plant(name, secret.as_ref());
        self.told.plant(name, secret.as_ref());
    }

    /// The secrets that the sites gave to the app, as they are now.
    pub(crate) async fn learn_sites(&mut self, stack: &Stack) {
        for site in ["acme", "globex"] {
            let facts = story::site(stack, site).await.unwrap();
            if let Some(secret) = facts["shared_secret"].as_str() {
                self.add("a shared secret", secret);
            }
            if let Some(token) = facts["forge"]["system_token"].as_str() {
                self.add_token("a system token of Forge", token);
            }
        }
    }

    /// Everything that Microsoft ever issued.
    pub(crate) async fn learn_tokens(&mut self, stack: &Stack) {
        let url = format!("{}/microsoft/tokens", stack.control());
        let issued = stack.http.get(&url).await.unwrap();
        for (kind, name) in [
            ("refresh_tokens", "a refresh token"),
            ("access_tokens", "an access token"),
        ] {
            let tokens = issued[kind].as_array().unwrap();
            assert!(!tokens.is_empty(), "Microsoft issued no {kind}");
            for token in tokens.iter().filter_map(Value::as_str) {
                self.add_token(name, token);
            }
        }
    }

    /// What the window of a sign-in showed in its address.
    pub(crate) fn learn_sign_in(&mut self, connected: &Connected) {
        let mut codes = 0;
        for url in &connected.visited {
            for (name, value) in url.query_pairs() {
                match name.as_ref() {
                    "code" => codes += 1,
                    "state" | "nonce" | "code_challenge" => {}
                    _ => continue,
                }
                self.add(&format!("the {name} of a sign-in"), value.as_bytes());
            }
        }
        assert!(codes > 0, "no code was seen: {:?}", connected.visited.len());
    }

    /// The tokens of a call.
    pub(crate) fn learn_proof(&mut self, headers: &HeaderMap) {
        for value in headers.values() {
            let value = value.to_str().unwrap();
            let token = value.split_once(' ').map_or(value, |(_, token)| token);
            if token.len() > 40 {
                self.add_token("a token of the panel", token);
            }
        }
    }

    /// A token, and its signature alone: one without the other is as good as a secret to whoever has the rest.
    pub(crate) fn add_token(&mut self, name: &str, token: &str) {
        self.add(name, token);
        if let Some((_, signature)) = token.rsplit_once('.')
            && signature.len() > 20
        {
            self.add(&format!("{name} (its signature)"), signature);
        }
    }
}
