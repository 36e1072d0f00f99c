//! Closing the socket without an answer.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    HttpResponse,
    body::{BodySize, MessageBody},
    dev::ServiceResponse,
};
use bytes::Bytes;

/// Marks an answer that nobody gets.
#[derive(Debug)]
struct Dropped;

/// A body that fails before its first byte: actix then closes the connection with the head still unsent.
struct Broken;

impl MessageBody for Broken {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, io::Error>>> {
        Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into())))
    }
}

/// An answer that closes the socket instead of being sent.
pub(super) fn socket() -> HttpResponse {
    let mut answer = HttpResponse::Ok().message_body(Broken).map_or_else(
        |error| HttpResponse::from_error(error).map_into_boxed_body(),
        HttpResponse::map_into_boxed_body,
    );
    answer.extensions_mut().insert(Dropped);
    answer
}

/// Whether the caller gets no answer at all.
pub(crate) fn is_dropped<B>(response: &ServiceResponse<B>) -> bool {
    response.response().extensions().contains::<Dropped>()
}
