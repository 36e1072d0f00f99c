//! postroom-registry
