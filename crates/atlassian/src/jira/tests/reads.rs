use serde_json::json;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_partial_json, method, path, query_param},
};

use super::*;

async fn mount(server: &MockServer, verb: &str, at: &str, body: Value) {
    Mock::given(method(verb))
        .and(path(at))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .mount(server)
        .await;
}

#[tokio::test]
async fn an_issue_is_found_by_its_mail() {
    let server = MockServer::start().await;
    let jql = format!(r#"issue.property[postroom].mail = "{MAIL}" ORDER BY created ASC"#);
    Mock::given(method("POST"))
        .and(path("/rest/api/3/search/jql"))
        .and(body_partial_json(json!({ "jql": jql })))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "isLast": true, "issues": [{"id": "1", "key": "SUP-1", "fields": {}}],
        })))
        .mount(&server)
        .await;
    let found = client(&server)
        .find_issue_by_mail(MAIL)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.key, "SUP-1");
    assert_signed(&only_request(&server).await, "");
}

#[tokio::test]
async fn no_issue_is_no_error() {
    let server = MockServer::start().await;
    mount(
        &server,
        "POST",
        "/rest/api/3/search/jql",
        json!({"isLast": true, "issues": []}),
    )
    .await;
    assert_eq!(
        client(&server).find_issue_by_mail(MAIL).await.unwrap(),
        None
    );
}

fn comments(from: usize, count: usize, total: usize, ours: Option<usize>) -> Value {
    let comments: Vec<_> = (from..from + count)
        .map(|n| {
            let properties = if Some(n) == ours {
                json!([{"key": "x"}, {"key": "postroom", "value": {"mail": MAIL}}])
            } else {
                json!([{"key": "postroom", "value": {"mail": Uuid::nil()}}])
            };
            json!({"id": n.to_string(), "body": document(), "properties": properties})
        })
        .collect();
    json!({"comments": comments, "startAt": from, "maxResults": 100, "total": total})
}

async fn mount_comments(server: &MockServer, from: usize, page: Value) {
    Mock::given(method("GET"))
        .and(path("/rest/api/3/issue/1/comment"))
        .and(query_param("startAt", from.to_string()))
        .and(query_param("orderBy", "-created"))
        .and(query_param("expand", "properties"))
        .respond_with(ResponseTemplate::new(200).set_body_json(page))
        .mount(server)
        .await;
}

#[tokio::test]
async fn a_comment_is_found_on_a_later_page() {
    let server = MockServer::start().await;
    mount_comments(&server, 0, comments(0, 100, 130, Some(120))).await;
    mount_comments(&server, 100, comments(100, 30, 130, Some(120))).await;
    let found = client(&server)
        .find_comment_by_mail("1", MAIL)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.id, "120");
    let sent = requests(&server).await;
    assert_eq!(sent.len(), 2);
    for request in &sent {
        assert_signed(request, "");
        assert!(request.body.is_empty());
    }
}

#[tokio::test]
async fn the_search_for_a_comment_ends_with_the_last_page() {
    let server = MockServer::start().await;
    mount_comments(&server, 0, comments(0, 100, 100, None)).await;
    assert!(
        client(&server)
            .find_comment_by_mail("1", MAIL)
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(requests(&server).await.len(), 1);
}

#[tokio::test]
async fn a_comment_comes_with_author_and_properties() {
    let server = MockServer::start().await;
    mount(
        &server,
        "GET",
        "/rest/api/3/issue/1/comment/7",
        json!({
            "id": "7", "body": document(),
            "author": {"accountId": "a-1", "accountType": "customer", "displayName": "Carl"},
            "properties": [{"key": "sd.public.comment", "value": {"internal": true}}],
        }),
    )
    .await;
    let comment = client(&server).comment("1", "7").await.unwrap();
    let author = comment.author.as_ref().unwrap();
    assert_eq!(
        (author.account_type.as_str(), author.display_name.as_str()),
        ("customer", "Carl")
    );
    assert_eq!(comment.properties["sd.public.comment"]["internal"], true);
    assert_eq!(comment.mail_id, None);
    assert!(!format!("{comment:?}").contains("Carl"));
}

#[tokio::test]
async fn heads_and_files_of_an_issue() {
    let server = MockServer::start().await;
    mount(
        &server,
        "GET",
        "/rest/api/3/issue/SUP-1",
        json!({
            "id": "1", "key": "SUP-1",
            "fields": {
                "summary": "Printer", "status": {"name": "To Do"}, "project": {"id": "10000"},
                "attachment": [{"id": "5", "filename": "a.pdf", "size": 12}],
            },
            "properties": {"postroom": {"mail": MAIL}},
        }),
    )
    .await;
    let client = client(&server);
    let issue = client.issue("SUP-1").await.unwrap();
    assert_eq!(
        (issue.summary.as_str(), issue.mail_id),
        ("Printer", Some(MAIL))
    );
    assert_eq!(issue.status.as_deref(), Some("To Do"));
    assert_eq!(issue.project_id.as_deref(), Some("10000"));
    let files = client.attachments("SUP-1").await.unwrap();
    assert_eq!((files[0].filename.as_str(), files[0].size), ("a.pdf", 12));
}

#[tokio::test]
async fn administrators_are_told_from_others() {
    let server = MockServer::start().await;
    for (account, granted) in [("alice", json!(["ADMINISTER"])), ("bob", json!([]))] {
        Mock::given(method("POST"))
            .and(path("/rest/api/3/permissions/check"))
            .and(body_partial_json(
                json!({"accountId": account, "globalPermissions": ["ADMINISTER"]}),
            ))
            .respond_with(
                ResponseTemplate::new(200)
                    .set_body_json(json!({"globalPermissions": granted, "projectPermissions": []})),
            )
            .mount(&server)
            .await;
    }
    assert!(client(&server).is_administrator("alice").await.unwrap());
    assert!(!client(&server).is_administrator("bob").await.unwrap());
}

#[tokio::test]
async fn projects_come_page_by_page_without_sub_tasks() {
    let server = MockServer::start().await;
    let project = |key: &str| {
        json!({"id": key, "key": key, "name": key, "issueTypes": [
            {"id": "1", "name": "Task", "subtask": false}, {"id": "2", "name": "Sub-task", "subtask": true},
        ]})
    };
    for (start, page) in [
        ("0", json!({"values": [project("OPS")], "isLast": false})),
        ("1", json!({"values": [project("SUP")], "isLast": true})),
    ] {
        Mock::given(method("GET"))
            .and(path("/rest/api/3/project/search"))
            .and(query_param("startAt", start))
            .and(query_param("expand", "issueTypes"))
            .respond_with(ResponseTemplate::new(200).set_body_json(page))
            .mount(&server)
            .await;
    }
    let projects = client(&server).projects().await.unwrap();
    let keys: Vec<_> = projects.iter().map(|p| p.key.as_str()).collect();
    assert_eq!(keys, ["OPS", "SUP"]);
    assert_eq!(projects[0].issue_types.len(), 1);
}

#[tokio::test]
async fn the_app_knows_itself_and_the_limit_of_files() {
    let server = MockServer::start().await;
    mount(
        &server,
        "GET",
        "/rest/api/3/myself",
        json!({"accountId": "app-1", "accountType": "app"}),
    )
    .await;
    mount(
        &server,
        "GET",
        "/rest/api/3/attachment/meta",
        json!({"enabled": true, "uploadLimit": 1000}),
    )
    .await;
    assert_eq!(client(&server).myself().await.unwrap().account_id, "app-1");
    let meta = client(&server).attachment_meta().await.unwrap();
    assert_eq!((meta.enabled, meta.upload_limit), (true, Some(1000)));
}
