//! What a hostile or broken sender can do with a socket. Here are real ones: a test service has no head, no length and
//! no end of a connection.

pub(crate) mod socket;

use std::time::Duration;

use jsonwebtoken::Algorithm;
use postroom_api::{Limits, Listening};

use crate::support::{Stage, jira, tokens};
use socket::{PATIENCE, Server};

/// Times that a test can wait for.
const SHORT: Duration = Duration::from_millis(300);

async fn served(slowest_head: Duration, slowest_body: Duration) -> (Stage, Server) {
    let limits = Limits {
        tenant_per_second: 0,
        address_per_second: 0,
        slowest_body,
        ..Limits::default()
    };
    let stage = Stage::limited(limits).await;
    let how = Listening {
        workers: 1,
        slowest_head,
        ..Listening::default()
    };
    let server = Server::start(&stage.api, &how);
    (stage, server)
}

async fn patient() -> (Stage, Server) {
    served(PATIENCE, PATIENCE).await
}

/// The head of a call that would change something, from an administrator.
async fn head(stage: &Stage, more: &str) -> String {
    let acme = stage.tenant("acme").await;
    let token = acme.context_token(jira::ADMIN);
    format!(
        "POST /api/v1/sign-ins HTTP/1.1\r\nHost: postroom\r\nAuthorization: JWT {token}\r\n\
         Content-Type: application/json\r\n{more}\r\n\r\n"
    )
}

#[actix_web::test]
async fn a_body_that_does_not_come_is_408() {
    let (stage, server) = served(PATIENCE, SHORT).await;
    let mut socket = server.connect().await;
    socket
        .send(&head(&stage, "Content-Length: 100").await)
        .await;
    socket.send("{").await;
    let answer = socket.answer().await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("\"too_slow\""), "{answer}");
    assert!(answer.contains("x-request-id: "), "{answer}");
    socket.is_closed().await;
}

#[actix_web::test]
async fn a_body_that_comes_byte_by_byte_is_408_all_the_same() {
    let (stage, server) = served(PATIENCE, SHORT).await;
    let head = head(&stage, "Transfer-Encoding: chunked").await;
    for path in ["/api/v1/sign-ins", "/microsoft/confirm"] {
        let mut socket = server.connect().await;
        let head = head.replace("/api/v1/sign-ins", path).replace(
            "application/json",
            match path {
                "/microsoft/confirm" => "application/x-www-form-urlencoded",
                _ => "application/json",
            },
        );
        socket.send(&head).await;
        let answer = socket.trickle("1\r\nx\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{path}: {answer}");
    }
}

#[actix_web::test]
async fn two_gigabytes_are_refused_before_they_come() {
    let (stage, server) = patient().await;
    for head in [
        head(&stage, "Content-Length: 2147483648").await,
        "POST /connect/installed HTTP/1.1\r\nHost: p\r\nContent-Length: 2147483648\r\n\r\n".into(),
        "GET /panel HTTP/1.1\r\nHost: p\r\nContent-Length: 5242881\r\n\r\n".into(),
    ] {
        let mut socket = server.connect().await;
        socket.send(&head).await;
        let answer = socket.answer().await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
        assert!(answer.contains("\"too_large\""), "{answer}");
        socket.is_closed().await;
    }
}

#[actix_web::test]
async fn a_body_without_a_length_ends_where_ours_ends() {
    let (stage, server) = patient().await;
    let mut socket = server.connect().await;
    socket
        .send(&head(&stage, "Transfer-Encoding: chunked").await)
        .await;
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    let answer = socket.pour(&chunk, 200).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    socket.is_closed().await;
}

#[actix_web::test]
async fn half_a_head_is_408() {
    let (_stage, server) = served(SHORT, PATIENCE).await;
    let mut half = server.connect().await;
    half.send("GET /panel HTTP/1.1\r\nHost: post").await;
    let answer = half.answer().await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    half.is_closed().await;
}

#[actix_web::test]
async fn a_sender_that_goes_away_harms_nobody() {
    let (stage, server) = patient().await;
    let head = head(&stage, "Content-Length: 100").await;
    for _ in 0..20 {
        let mut gone = server.connect().await;
        gone.send(&head).await;
        gone.send("{\"purpose\":").await;
        drop(gone);
    }
    server.answers().await;
}

#[actix_web::test]
async fn a_head_has_an_end() {
    let (_stage, server) = patient().await;
    for head in [
        format!(
            "GET /panel HTTP/1.1\r\nHost: p\r\nX-Long: {}",
            "x".repeat(200_000)
        ),
        format!("GET /{} HTTP/1.1\r\nHost: p", "x".repeat(200_000)),
        format!(
            "GET /panel HTTP/1.1\r\nHost: p{}\r\n\r\n",
            "\r\nX-Many: x".repeat(200)
        ),
    ] {
        let mut socket = server.connect().await;
        let answer = socket.pour(&head, 1).await;
        let refused = ["HTTP/1.1 431 ", "HTTP/1.1 400 ", "HTTP/1.1 414 "];
        assert!(
            refused.iter().any(|start| answer.starts_with(start)),
            "{answer}"
        );
        socket.is_closed().await;
    }
    server.answers().await;
}

#[actix_web::test]
async fn what_two_readers_could_read_as_two_requests_is_refused() {
    let (_stage, server) = patient().await;
    let hidden = "GET /atlassian-connect.json HTTP/1.1\r\nHost: p\r\n\r\n";
    for (what, head) in [
        ("two lengths", "Content-Length: 4\r\nContent-Length: 5"),
        ("a length that is none", "Content-Length: 4x"),
        ("a signed length", "Content-Length: +4"),
        ("a coding that is none", "Transfer-Encoding: chunkedx"),
    ] {
        let mut socket = server.connect().await;
        let request = format!("POST /connect/installed HTTP/1.1\r\nHost: p\r\n{head}\r\n\r\n");
        socket.send(&request).await;
        socket.send(hidden).await;
        let all = socket.rest().await;
        assert!(all.starts_with("HTTP/1.1 400 "), "{what}: {all}");
        assert!(!all.contains("baseUrl"), "{what}: {all}");
    }
}

#[actix_web::test]
async fn what_was_not_read_is_not_the_next_request() {
    let (_stage, server) = patient().await;
    let mut socket = server.connect().await;
    // Refused for its token: nobody reads the body, which looks like a request.
    let hidden = "GET /atlassian-connect.json HTTP/1.1\r\nHost: p\r\n\r\n";
    let request = format!(
        "POST /connect/enabled HTTP/1.1\r\nHost: p\r\nContent-Length: {}\r\n\r\n{hidden}",
        hidden.len()
    );
    socket.send(&request).await;
    let answer = socket.answer().await;
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    let rest = socket.rest().await;
    assert!(!rest.contains("baseUrl"), "{rest}");
}

/// An install is read before its signature is known to be good, so little is read of it, and nothing of what cannot be
/// one.
#[actix_web::test]
async fn a_body_of_an_install_is_small_and_not_waited_for_without_a_likely_token() {
    let (_stage, server) = patient().await;
    let token = |kid: &str| {
        let claims = tokens::claims("acme", "x");
        tokens::rs256(kid, tokens::stranger(), &claims)
    };
    let hs256 = tokens::hs(Algorithm::HS256, "x", &tokens::claims("acme", "x"));
    for path in ["/connect/installed", "/connect/uninstalled"] {
        let head = |token: &str, length: &str| {
            format!(
                "POST {path} HTTP/1.1\r\nHost: p\r\nAuthorization: JWT {token}\r\n{length}\r\n\r\n"
            )
        };
        for token in [token("../kid-1"), token(""), hs256.clone()] {
            let mut socket = server.connect().await;
            socket.send(&head(&token, "Content-Length: 5000000")).await;
            let answer = socket.answer().await;
            assert!(answer.starts_with("HTTP/1.1 401 "), "{path}: {answer}");
        }
        // 150 connections, each a byte short of five megabytes, were a server's memory.
        let mut socket = server.connect().await;
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
        let likely = head(&token(tokens::KID), "Transfer-Encoding: chunked");
        socket.send(&likely).await;
        let answer = socket.pour(&chunk, 2).await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{path}: {answer}");
        socket.is_closed().await;
    }
}

#[actix_web::test]
async fn who_asks_too_often_has_no_connection_either() {
    let limits = Limits {
        address_per_second: 1,
        ..Limits::default()
    };
    let stage = Stage::limited(limits).await;
    let server = Server::start(&stage.api, &Listening::default());
    let mut socket = server.connect().await;
    let mut tries = 0..100;
    let answer = loop {
        tries.next().expect("it is let through again and again");
        socket
            .send("GET /atlassian-connect.json HTTP/1.1\r\nHost: p\r\n\r\n")
            .await;
        let answer = socket.answer().await;
        if !answer.starts_with("HTTP/1.1 200 ") {
            break answer;
        }
    };
    assert!(answer.starts_with("HTTP/1.1 429 "), "{answer}");
    assert!(answer.contains("retry-after: "), "{answer}");
    socket.is_closed().await;
}
