//! Upload sessions (Microsoft Graph: "attachment: createUploadSession").

use backon::Retryable as _;
use reqwest::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use url::Url;

use super::super::call::Call;
use super::super::classify::{Failure, Target};
use super::super::client::GraphClient;
use super::large::File;
use crate::body::read_body;
use crate::{AccessToken, MailboxAddress, MailboxError, Support};

/// Less than 4 MB, and a multiple of 320 KiB.
const CHUNK: usize = 10 * (320 << 10);
/// Answers say which ranges are missing, and no more.
const ANSWER: u64 = 64 << 10;

impl GraphClient {
    pub(super) async fn upload(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
        file: &File<'_>,
    ) -> Result<(), MailboxError> {
        let url = self.url(
            mailbox,
            &["messages", id, "attachments", "createUploadSession"],
        )?;
        let call = Call::new("create_upload", Method::POST, token, url, Target::Item);
        let mut item = json!({
            "attachmentType": "file",
            "name": file.name,
            "size": file.bytes.len(),
            "contentType": file.media_type,
            "isInline": file.is_inline,
        });
        if let Some(content_id) = file.content_id {
            item["contentId"] = Value::from(content_id);
        }
        let answer = self
            .once(&call.json(json!({ "AttachmentItem": item })))
            .await?;
        let link = answer.json()?.required("uploadUrl")?;
        let url = Url::parse(&link).map_err(|_| MailboxError::ForeignLink)?;
        if !self.upload_hosts.admit(&url) {
            return Err(MailboxError::ForeignLink);
        }
        let mut done = None;
        for (number, chunk) in file.bytes.chunks(CHUNK).enumerate() {
            let from = number * CHUNK;
            let range = format!(
                "bytes {from}-{}/{}",
                from + chunk.len() - 1,
                file.bytes.len()
            );
            let put = || self.put(&url, &range, chunk);
            let sent = put
                .retry(self.retries.backoff())
                .when(|error| self.retries.helps(error))
                .adjust(self.retries.obey(MailboxError::retry_after));
            done = Some(sent.await?);
        }
        match done {
            Some(StatusCode::CREATED | StatusCode::OK) => Ok(()),
            status => Err(MailboxError::Refused {
                status: status.map_or(0, |status| status.as_u16()),
                support: Support::default(),
            }),
        }
    }

    /// One range. The URL is the secret: there is no `Authorization`, which this host would refuse.
    async fn put(&self, url: &Url, range: &str, chunk: &[u8]) -> Result<StatusCode, MailboxError> {
        let request = self
            .uploads
            .request(Method::PUT, url.clone())
            .header(CONTENT_TYPE, "application/octet-stream")
            .header(CONTENT_LENGTH, chunk.len())
            .header(CONTENT_RANGE, range)
            .body(chunk.to_vec());
        let response = self
            .uploads
            .send("upload", request)
            .await
            .map_err(|source| MailboxError::unreachable(source, false))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let support = Support::of(&response);
        if status.is_success() {
            return Ok(status);
        }
        let body = read_body(response, ANSWER).await.unwrap_or_default();
        let failure = Failure {
            status,
            headers: &headers,
            body: &body,
            support,
        };
        Err(failure.classify(Target::Item, self.clock.now()))
    }
}
