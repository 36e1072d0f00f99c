//! postroom-simulator
