use std::{
    cell::RefCell,
    io,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{
    Error, HttpMessage as _,
    body::{BodySize, BoxBody, MessageBody},
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

/// Refuses a length that is too great before anything is read.
pub(crate) async fn declared(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.trim().parse::<u64>().ok());
    if length.is_some_and(|length| length > WEBHOOK as u64) {
        return Ok(request.error_response(Problem::too_large()));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// Bounds what a sender can make us wait for and keep, whoever reads the body: it ends after [`WEBHOOK`] bytes, and
/// has to arrive whole within its time.
///
/// The outermost layer, for the second half of its work: what was not read of a body must end the connection, and not
/// be waited for. The server would throw a chunked body away for as long as it comes once nobody can read it any more,
/// so the body is kept until the answer is out.
pub(crate) async fn bounded(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let time = request
        .app_data::<Data<Api>>()
        .map_or(Duration::ZERO, |api| api.limits.slowest_body);
    let body = match request.take_payload() {
        Payload::None => return Ok(next.call(request).await?.map_into_boxed_body()),
        body => Rc::new(RefCell::new(body)),
    };
    request.set_payload(Payload::Stream {
        payload: Box::pin(Bounded {
            body: Rc::clone(&body),
            left: WEBHOOK,
            time,
            deadline: None,
        }),
    });
    let response = next.call(request).await?.map_into_boxed_body();
    Ok(response.map_body(|_, answer| {
        BoxBody::new(Keeping {
            answer,
            _body: body,
        })
    }))
}

/// Whether a body took longer than it may.
pub(super) fn is_too_slow(error: &PayloadError) -> bool {
    matches!(error, PayloadError::Io(error) if error.kind() == io::ErrorKind::TimedOut)
}

/// A body with an end: in bytes, and in time from when we began to read it.
struct Bounded {
    body: Rc<RefCell<Payload>>,
    left: usize,
    time: Duration,
    deadline: Option<Pin<Box<Sleep>>>,
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
        let chunk = match Pin::new(&mut *this.body.borrow_mut()).poll_next(cx) {
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

/// An answer that keeps the request's body until it is out.
struct Keeping {
    answer: BoxBody,
    _body: Rc<RefCell<Payload>>,
}

impl MessageBody for Keeping {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.answer.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        self.answer.as_pin_mut().poll_next(cx)
    }
}
