//! postroom-queue
