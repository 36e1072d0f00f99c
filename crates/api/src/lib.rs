//! postroom-api
