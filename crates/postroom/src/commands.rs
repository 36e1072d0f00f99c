//! One file for each verb.

pub mod keys;
pub mod mail;
pub mod migrate;
pub mod serve;
