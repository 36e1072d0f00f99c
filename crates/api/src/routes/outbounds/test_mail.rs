use actix_web::{post, web};
use postroom_registry::{
    OutboundId,
    audit::{self, Action},
    connection::Event,
    outbound,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Posting;
use crate::{
    Api, Problem, doors::Administrator, mail_address::mail_address, problem::ErrorBody,
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
    let to = mail_address("to", &asked.to)?;
    let tx = api.registry.begin(caller.tenant).await?;
    let row = outbound::find(&tx, OutboundId(*id)).await?;
    tx.commit().await?;
    let site = caller.site.name();
    let from = row.from_address.as_deref().unwrap_or(&row.mailbox);
    let posting = Posting {
        to: &to,
        subject: format!("Test from Postroom for {site}"),
        text: format!("Postroom sends mail from {from} for {site}. This was a test."),
    };
    let message_id = api.post(caller.tenant, &row, posting).await?;
    let tx = api.registry.begin(caller.tenant).await?;
    let entry = did_to_outbound(&caller, Action::OutboundTested, &row);
    audit::record(&tx, &entry.changed("sent_to", None, Some(&to))).await?;
    outbound::apply(&tx, row.id, &Event::Worked).await?;
    tx.commit().await?;
    Ok(web::Json(TestSent { message_id }))
}
