//! The outside world of Postroom on one machine: Microsoft (Entra ID, Graph mail, EWS, a webmail) and Jira Cloud sites.
//!
//! It runs the demo and the tests. It is strict where the real hosts are, remembers every request so that a test can
//! count, has a clock that can be moved and a switch for every fault. Everything lives in memory, in one process.
//!
//! ```text
//!  browser, postroom ──► Microsoft  :7090 (TLS :7093)   /…/oauth2/v2.0/…   /v1.0/…   /EWS/…   /webmail
//!                                                       /clouds/{name}/… the same for a national cloud
//!                                                       /api/v2.0/… uploads   /chat/{name} a chat tool
//!                    ──► Jira site  :7100, :7101        /rest/api/3/…      /browse/KEY   /forge/{module}
//!                    ──► Atlassian  :7096               /ex/jira/{cloudId}/rest/…   /.well-known/jwks.json
//!  tests             ──► control    :7099               /requests /microsoft/… /jira/{site}/… /clock
//! ```
//!
//! ```no_run
//! # async fn run() -> anyhow::Result<()> {
//! use postroom_simulator::{Options, Simulator};
//!
//! let simulator = Simulator::start(Options::ephemeral()).await?;
//! println!("Graph is at {}/v1.0", simulator.microsoft_url());
//! simulator.stop().await;
//! # Ok(())
//! # }
//! ```

mod control;
mod faults;
mod jira;
mod listen;
mod microsoft;
mod options;
mod requests;
mod simulator;
mod tls;
mod world;

pub use options::{JiraSite, Options};
pub use simulator::Simulator;
