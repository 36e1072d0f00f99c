use actix_web::{post, web};
use postroom_azure_oauth::GrantError;
use postroom_mail::{Address, compose, compose::Outgoing};
use postroom_mailbox::{AccessToken, graph::GraphError};
use postroom_registry::{
    OutboundId,
    audit::{self, Action},
    connection::StateDetail,
    grant, outbound,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Problem,
    connection::{address, of_grant_error, of_graph_error},
    doors::Administrator,
    problem::ErrorBody,
    routes::trail::did_to_outbound,
};

/// Who gets the test mail.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendTest {
    /// A mail address.
    to: String,
}

/// The test mail is on its way.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TestSent {
    /// Its Message-ID, to look for.
    message_id: String,
}

/// Sends a mail, to see that it arrives: the one proof that Exchange lets us send as a shared mailbox.
#[utoipa::path(
    tag = "outbounds",
    params(("id" = Uuid, Path)),
    request_body = SendTest,
    responses((status = OK, body = TestSent), (status = "default", body = ErrorBody))
)]
#[post("/outbounds/{id}/test")]
pub(crate) async fn send_test(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
    asked: web::Json<SendTest>,
) -> Result<web::Json<TestSent>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = outbound::find(&tx, OutboundId(*id)).await?;
    let grant = grant::find(&tx, row.grant_id).await?;
    tx.commit().await?;
    let mail = test_mail(&api, &row, &caller.site.name(), &asked.to);
    let mime = compose::compose(&mail)
        .map_err(|error| Problem::invalid("to", "This is not a mail address.").because(error))?;
    let token = api
        .grants
        .access_token(caller.tenant, grant.id)
        .await
        .map_err(no_token)?;
    let at = address(&row.mailbox, &grant);
    let sent = api
        .graph
        .send_mime(&AccessToken::from(token), &at, &mime)
        .await;
    sent.map_err(not_sent)?;
    let tx = api.registry.begin(caller.tenant).await?;
    let entry = did_to_outbound(&caller, Action::OutboundTested, &row).changed(
        "sent_to",
        None,
        mail.to.first().map(|to| to.address.as_str()),
    );
    audit::record(&tx, &entry).await?;
    tx.commit().await?;
    Ok(web::Json(TestSent {
        message_id: mail.message_id,
    }))
}

fn test_mail(api: &Api, from: &outbound::Model, site: &str, to: &str) -> Outgoing {
    let domain = from
        .mailbox
        .rsplit_once('@')
        .map_or("postroom.invalid", |(_, domain)| domain);
    let words = format!(
        "Postroom sends mail from {} for {site}. This was a test.",
        from.mailbox
    );
    Outgoing {
        from: Address {
            name: None,
            address: from.mailbox.clone(),
        },
        to: vec![Address::bare(to.trim())],
        cc: Vec::new(),
        subject: format!("Test from Postroom for {site}"),
        message_id: format!("{}@{domain}", api.clock().new_id().simple()),
        in_reply_to: None,
        references: Vec::new(),
        date: api.clock().now(),
        html: format!("<p>{}</p>", escaped(&words)),
        text: words,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn no_token(error: GrantError) -> Problem {
    match of_grant_error(&error) {
        Some((_, detail)) => in_words(detail).because(error),
        None => Problem::microsoft_unavailable("a grant gave no access token").because(error),
    }
}

fn not_sent(error: GraphError) -> Problem {
    match of_graph_error(&error) {
        Some((_, detail)) => in_words(detail).because(error),
        None if error.is_transient() => error.into(),
        None => Problem::conflict("Microsoft did not take the mail.").because(error),
    }
}

fn in_words(detail: StateDetail) -> Problem {
    let meaning = detail
        .meaning
        .unwrap_or_else(|| "Microsoft refused.".to_owned());
    let problem = Problem::conflict(meaning);
    match detail.way_out {
        Some(way_out) => problem.act(way_out),
        None => problem,
    }
}
