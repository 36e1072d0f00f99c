//! postroom-azure-oauth
