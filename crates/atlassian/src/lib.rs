//! postroom-atlassian
