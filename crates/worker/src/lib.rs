//! postroom-worker
