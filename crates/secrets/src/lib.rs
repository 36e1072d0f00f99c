//! postroom-secrets
