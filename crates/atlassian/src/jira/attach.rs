use bytes::Bytes;
use reqwest::{
    Method,
    multipart::{Form, Part},
};

use super::{Attachment, JiraClient, JiraError, call::Call};

/// Most files that Jira takes in one request.
pub const MAX_FILES: usize = 60;

/// A file to attach.
#[derive(Clone)]
pub struct File {
    /// Name; characters that a path or a header cannot carry become `_`.
    pub name: String,
    /// Media type; `application/octet-stream` is sent for one that cannot be read.
    pub media_type: String,
    /// Content.
    pub bytes: Bytes,
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("File")
            .field("media_type", &self.media_type)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

impl JiraClient {
    /// Attaches all files with one request, at most [`MAX_FILES`]. A write: never repeated here.
    ///
    /// # Errors
    /// See [`JiraError`]; after [`JiraError::outcome_unknown`] compare with [`JiraClient::attachments`].
    pub async fn attach(
        &self,
        issue: &str,
        files: Vec<File>,
    ) -> Result<Vec<Attachment>, JiraError> {
        if files.is_empty() {
            return Ok(Vec::new());
        }
        if files.len() > MAX_FILES {
            return Err(JiraError::TooLarge);
        }
        let form = files
            .into_iter()
            .fold(Form::new(), |form, file| form.part("file", part(file)));
        let call = Call::write("attach", Method::POST, &["issue", issue, "attachments"]);
        self.write(&call, |request| {
            // Without this header Jira takes an upload for a forged browser request.
            request
                .header("X-Atlassian-Token", "no-check")
                .multipart(form)
        })
        .await
    }
}

fn part(file: File) -> Part {
    let name = plain_name(&file.name);
    let make = |bytes: Bytes| {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Part::stream_with_length(bytes, length).file_name(name.clone())
    };
    make(file.bytes.clone())
        .mime_str(&file.media_type)
        .unwrap_or_else(|_| make(file.bytes))
}

fn plain_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            '"' | '\\' | '/' => '_',
            c if c.is_control() => '_',
            c => c,
        })
        .collect();
    if plain.trim().is_empty() {
        "attachment".to_owned()
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header_or_its_folder() {
        assert_eq!(plain_name("a\"\r\nX: y"), "a___X: y");
        assert_eq!(plain_name("../../etc/passwd"), ".._.._etc_passwd");
        assert_eq!(plain_name("Rechnung März.pdf"), "Rechnung März.pdf");
        assert_eq!(plain_name(" "), "attachment");
    }
}
