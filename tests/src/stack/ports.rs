//! Where the processes of a stack listen.

use std::net::TcpListener;

/// Where everything listens.
#[derive(Clone, Copy, Debug)]
pub struct Ports {
    /// Postroom, and its operator's listener.
    pub app: (u16, u16),
    /// Microsoft over HTTP and over TLS.
    pub microsoft: (u16, u16),
    /// Atlassian's own hosts: the gateway to the sites and the keys of Forge.
    pub atlassian: u16,
    /// The site `acme`.
    pub acme: u16,
    /// The site `globex`.
    pub globex: u16,
    /// The control API.
    pub control: u16,
}

impl Ports {
    /// The demo's own, which a person can remember.
    pub const DEMO: Self = Self {
        app: (7080, 7081),
        microsoft: (7090, 7093),
        atlassian: 7096,
        acme: 7100,
        globex: 7101,
        control: 7099,
    };

    /// Eight that are free now.
    ///
    /// # Errors
    /// When the machine has none.
    pub fn free() -> anyhow::Result<Self> {
        let held: Vec<TcpListener> = (0..8)
            .map(|_| TcpListener::bind(("127.0.0.1", 0)))
            .collect::<Result<_, _>>()?;
        let port = |n: usize| -> anyhow::Result<u16> { Ok(held[n].local_addr()?.port()) };
        Ok(Self {
            app: (port(0)?, port(1)?),
            microsoft: (port(2)?, port(3)?),
            atlassian: port(4)?,
            acme: port(5)?,
            globex: port(6)?,
            control: port(7)?,
        })
    }
}
