//! postroom-tests
