//! postroom-migrations
