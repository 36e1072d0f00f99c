use postroom_tests::{
    Ports, Stack,
    story::{self, Connected, Panel},
};
use serde_json::{Value, json};

pub(crate) async fn stack() -> Stack {
    Stack::start(Ports::free().unwrap()).await.unwrap()
}

/// Installed, signed in and connected.
pub(crate) async fn connected(stack: &Stack) -> (Panel, Connected) {
    story::install(stack, "acme").await.unwrap();
    let panel = Panel::open(stack, "acme").await.unwrap();
    let connected = story::connect(&panel).await.unwrap();
    (panel, connected)
}

pub(crate) async fn write_mail(stack: &Stack, subject: &str) {
    let raw = format!(
        "From: Carl <carl@customer.example>\r\nTo: support@contoso.example\r\nSubject: {subject}\r\n\
         Message-ID: <{subject}@customer.example>\r\n\r\nPlease help.\r\n"
    );
    story::drop_mail(stack, raw.into_bytes()).await.unwrap();
}

pub(crate) async fn control(stack: &Stack, path: &str, body: &Value) -> Value {
    let url = format!("{}{path}", stack.control());
    stack.http.post(&url, body).await.unwrap()
}

pub(crate) fn nothing() -> Value {
    json!({})
}
