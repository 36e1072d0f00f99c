//! The media store: where the REST API sends those who want an attachment's bytes.

use actix_web::{HttpRequest, HttpResponse, http::header::RANGE, web};
use chrono::TimeDelta;
use serde::Deserialize;

use super::{error::JiraError, jwt, jwt::Claims, model::issue::Attachment, site::Site};

/// How long a link to the store works.
const LINK_LIFE: TimeDelta = TimeDelta::minutes(10);

#[derive(Debug, Deserialize)]
pub(crate) struct Link {
    token: String,
}

/// A link to an attachment that works for a while without credentials.
pub(crate) fn link(site: &Site, attachment: &Attachment) -> Result<String, JiraError> {
    let claims = Claims::new(&attachment.media_id, site.clock.now(), LINK_LIFE);
    let token = jwt::sign(&claims, &site.cloud_id).map_err(|error| JiraError::internal(&error))?;
    Ok(format!(
        "{}/file/{}/binary?token={token}",
        site.base_url(),
        attachment.media_id
    ))
}

/// `GET /file/{media_id}/binary`.
pub(crate) async fn serve(
    site: web::Data<Site>,
    media_id: web::Path<String>,
    link: web::Query<Link>,
    request: HttpRequest,
) -> Result<HttpResponse, JiraError> {
    let now = site.clock.now().timestamp();
    jwt::verify(&link.token, &site.cloud_id)
        .ok()
        .filter(|claims| claims.iss == *media_id && claims.exp > now)
        .ok_or_else(|| JiraError::forbidden("The link to this file is not valid any more."))?;
    let attachment = site.state().media(&media_id).cloned();
    let attachment = attachment.ok_or_else(|| JiraError::no_attachment(&media_id))?;
    Ok(bytes(&attachment, &request))
}

/// An attachment's bytes, or the range of them that was asked for.
pub(crate) fn bytes(attachment: &Attachment, request: &HttpRequest) -> HttpResponse {
    let content = attachment.content.clone();
    let name = attachment.filename.replace(['"', '\\', '\r', '\n'], "_");
    let wanted = request
        .headers()
        .get(RANGE)
        .and_then(|range| range.to_str().ok());
    let mut answer = match wanted.map(|range| range_of(range, content.len())) {
        None => HttpResponse::Ok(),
        Some(None) => return HttpResponse::RangeNotSatisfiable().finish(),
        Some(Some((first, last))) => {
            return HttpResponse::PartialContent()
                .content_type(attachment.mime_type.as_str())
                .insert_header((
                    "content-range",
                    format!("bytes {first}-{last}/{}", content.len()),
                ))
                .body(content.slice(first..=last));
        }
    };
    answer
        .content_type(attachment.mime_type.as_str())
        .insert_header((
            "content-disposition",
            format!("attachment; filename=\"{name}\""),
        ))
        .body(content)
}

/// First and last byte of `bytes=A-B`, `bytes=A-` or `bytes=-N`.
fn range_of(range: &str, length: usize) -> Option<(usize, usize)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let end = length.checked_sub(1)?;
    let (first, last) = match (first, last) {
        ("", count) => (length.saturating_sub(count.parse().ok()?), end),
        (first, "") => (first.parse().ok()?, end),
        (first, last) => (first.parse().ok()?, last.parse::<usize>().ok()?.min(end)),
    };
    (first <= last && last <= end).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        assert_eq!(range_of("bytes=0-3", 10), Some((0, 3)));
        assert_eq!(range_of("bytes=4-", 10), Some((4, 9)));
        assert_eq!(range_of("bytes=-2", 10), Some((8, 9)));
        assert_eq!(range_of("bytes=5-99", 10), Some((5, 9)));
        assert_eq!(range_of("bytes=10-", 10), None);
        assert_eq!(range_of("bytes=0-", 0), None);
    }
}
