//! The registry against a real PostgreSQL with the real schema.

mod due;
mod enclosure;
mod fences;
mod grants;
mod installs;
mod support;
