use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{
    Error, HttpMessage as _,
    body::{BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    error::PayloadError,
    http::header,
    middleware::Next,
    web::{Bytes, Data},
};
use futures_util::Stream;
use tokio::time::Sleep;

use super::WEBHOOK;
use crate::{Api, Problem};

/// Bounds what a sender can make us wait for and keep, whoever reads the body afterwards: a length that is too great
/// is refused before anything is read, and a body has to arrive whole within its time.
pub(crate) async fn bounded(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if declared(&request).is_some_and(|length| length > WEBHOOK as u64) {
        return Ok(request.error_response(Problem::too_large()));
    }
    let time = request
        .app_data::<Data<Api>>()
        .map(|api| api.limits.slowest_body);
    match (request.take_payload(), time) {
        (Payload::None, _) | (_, None) => {}
        (payload, Some(time)) => request.set_payload(Payload::Stream {
            payload: Box::pin(Bounded::new(payload, WEBHOOK, time)),
        }),
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

fn declared(request: &ServiceRequest) -> Option<u64> {
    let length = request.headers().get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.trim().parse().ok()
}

/// Whether a body took longer than it may.
pub(super) fn is_too_slow(error: &PayloadError) -> bool {
    matches!(error, PayloadError::Io(error) if error.kind() == io::ErrorKind::TimedOut)
}

/// A body with an end: in bytes, and in time from when we began to read it.
struct Bounded {
    body: Payload,
    left: usize,
    time: Duration,
    deadline: Option<Pin<Box<Sleep>>>,
}

impl Bounded {
    fn new(body: Payload, most: usize, time: Duration) -> Self {
        Self {
            body,
            left: most,
            time,
            deadline: None,
        }
    }
}

impl Stream for Bounded {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let deadline = this
            .deadline
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(this.time)));
        // Looked at first: a sender that always has one more byte is too slow as well.
        if deadline.as_mut().poll(cx).is_ready() {
            let error = io::Error::from(io::ErrorKind::TimedOut);
            return Poll::Ready(Some(Err(PayloadError::Io(error))));
        }
        let chunk = match Pin::new(&mut this.body).poll_next(cx) {
            Poll::Ready(Some(Ok(chunk))) => chunk,
            other => return other,
        };
        Poll::Ready(Some(match this.left.checked_sub(chunk.len()) {
            Some(left) => {
                this.left = left;
                Ok(chunk)
            }
            None => Err(PayloadError::Overflow),
        }))
    }
}
