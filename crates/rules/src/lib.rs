//! postroom-rules
