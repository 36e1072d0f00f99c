//! SOAP requests and what came back, both held against the schemas where these are at hand.

use std::{path::PathBuf, process::Stdio};

use reqwest::{RequestBuilder, Response};
use tokio::io::AsyncWriteExt as _;

use crate::{browser::tokens, world::World};

pub(super) const SCOPE: &str =
    "openid profile offline_access https://outlook.office365.com/EWS.AccessAsUser.All";

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const MESSAGES: &str = "http://schemas.microsoft.com/exchange/services/2006/messages";
const TYPES: &str = "http://schemas.microsoft.com/exchange/services/2006/types";

/// EWS with somebody's bearer token.
pub(super) struct Ews<'a> {
    pub(super) world: &'a World,
    pub(super) bearer: String,
}

/// An answer: status, and the XML.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) status: u16,
    pub(super) xml: String,
}

pub(super) async fn ews<'a>(world: &'a World, user: &str) -> Ews<'a> {
    let tokens = tokens(world, user, SCOPE).await;
    Ews {
        world,
        bearer: tokens["access_token"].as_str().unwrap().to_owned(),
    }
}

/// The envelope around an operation.
pub(super) fn envelope(header: &str, operation: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:m=\"{MESSAGES}\" xmlns:t=\"{TYPES}\"><s:Header><t:RequestServerVersion Version=\"Exchange2016\"/>{header}</s:Header><s:Body>{operation}</s:Body></s:Envelope>"
    )
}

impl Ews<'_> {
    pub(super) fn request(&self, body: String) -> RequestBuilder {
        self.world
            .http
            .post(self.world.url("/EWS/Exchange.asmx"))
            .bearer_auth(&self.bearer)
            .header("content-type", "text/xml; charset=utf-8")
            .body(body)
    }

    /// An operation that follows the schema.
    pub(super) async fn ask(&self, operation: &str) -> Told {
        let body = envelope("", operation);
        check(&body).await;
        told(self.request(body).send().await.unwrap()).await
    }

    /// An operation whose only answer must be a success.
    pub(super) async fn done(&self, operation: &str) -> Told {
        let told = self.ask(operation).await;
        assert_eq!(told.status, 200, "{}", told.xml);
        assert!(
            told.xml.contains("ResponseClass=\"Success\""),
            "{}",
            told.xml
        );
        assert!(
            !told.xml.contains("ResponseClass=\"Error\""),
            "{}",
            told.xml
        );
        told
    }

    /// Response code of an operation that must fail.
    pub(super) async fn refused(&self, operation: &str) -> String {
        let told = self.ask(operation).await;
        assert!(
            told.status == 500 || told.xml.contains("ResponseClass=\"Error\""),
            "{}",
            told.xml
        );
        told.code()
    }

    /// Ids of the inbox's mails, newest first, in EWS's spelling.
    pub(super) async fn inbox(&self) -> Vec<String> {
        let told = self.done(&find_item("inbox", "", "")).await;
        told.all("ItemId", "Id")
    }
}

/// Reads an answer, and holds it against the schema.
pub(super) async fn told(answer: Response) -> Told {
    let status = answer.status().as_u16();
    let xml = answer.text().await.unwrap();
    if !xml.is_empty() {
        check(&xml).await;
    }
    Told { status, xml }
}

impl Told {
    /// Text of the first element of a name, unescaped.
    pub(super) fn text(&self, name: &str) -> String {
        self.find(name, |node| node.text().unwrap_or_default().to_owned())
            .into_iter()
            .next()
            .unwrap_or_else(|| panic!("no {name} in {}", self.xml))
    }

    /// An attribute of all elements of a name.
    pub(super) fn all(&self, name: &str, attribute: &str) -> Vec<String> {
        self.find(name, |node| {
            node.attribute(attribute).unwrap_or_default().to_owned()
        })
    }

    pub(super) fn count(&self, name: &str) -> usize {
        self.find(name, |_| String::new()).len()
    }

    pub(super) fn code(&self) -> String {
        self.text("ResponseCode")
    }

    fn find(&self, name: &str, get: impl Fn(roxmltree::Node<'_, '_>) -> String) -> Vec<String> {
        let document = roxmltree::Document::parse(&self.xml).unwrap();
        let named = |node: &roxmltree::Node<'_, '_>| {
            // SOAP's own Body is none of EWS's.
            let of_soap = node.tag_name().namespace() == Some(SOAP);
            node.tag_name().name() == name && !of_soap
        };
        document.descendants().filter(named).map(get).collect()
    }
}

pub(super) fn find_item(folder: &str, view: &str, restriction: &str) -> String {
    format!(
        "<m:FindItem Traversal=\"Shallow\"><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>{view}{restriction}<m:ParentFolderIds><t:DistinguishedFolderId Id=\"{folder}\"/></m:ParentFolderIds></m:FindItem>"
    )
}

pub(super) fn get_item(id: &str, shape: &str) -> String {
    format!(
        "<m:GetItem><m:ItemShape>{shape}</m:ItemShape><m:ItemIds><t:ItemId Id=\"{id}\"/></m:ItemIds></m:GetItem>"
    )
}

pub(super) fn move_item(id: &str, to: &str) -> String {
    format!(
        "<m:MoveItem><m:ToFolderId>{to}</m:ToFolderId><m:ItemIds><t:ItemId Id=\"{id}\"/></m:ItemIds></m:MoveItem>"
    )
}

/// Validates with `xmllint` against the schemas in `$POSTROOM_SPECS/ews`; says so when it cannot.
#[expect(clippy::print_stderr, reason = "a test says what it skips")]
async fn check(xml: &str) {
    let Some(specs) = std::env::var_os("POSTROOM_SPECS") else {
        eprintln!("skipped the schema check: POSTROOM_SPECS is not set");
        return;
    };
    let schema = PathBuf::from(specs).join("ews/soap11.xsd");
    let child = tokio::process::Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .arg("-")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped the schema check: there is no xmllint (Debian package libxml2-utils)");
        return;
    };
    let mut input = child.stdin.take().unwrap();
    input.write_all(xml.as_bytes()).await.unwrap();
    drop(input);
    let output = child.wait_with_output().await.unwrap();
    let problems = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{problems}\n{xml}");
}
