//! postroom-mailbox
