//! Change notifications, as whoever subscribes meets them.

mod lifecycle;
mod listener;
mod notifications;
mod subscribing;
