//! All that the Microsoft hosts know: directories, users, registrations, what was granted, mailboxes.

use std::collections::{BTreeMap, HashMap};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use postroom_clock::Clock;
use rand::RngExt as _;
use serde::Serialize;
use uuid::Uuid;

use super::{
    approvals::Approval,
    chat,
    directory::{Delegation, Directory, Registration, User},
    discipline::Watch,
    ews,
    grants::Grants,
    graph,
    keys::SigningKey,
    login::Flow,
    mailbox::{IdProblem, Mailbox, Sending},
    subscriptions::{Subscriptions, http_client},
};

/// Everything behind the Microsoft listeners.
#[derive(Debug)]
pub(crate) struct Cloud {
    pub(super) directories: Vec<Directory>,
    /// By lower-case address.
    pub(super) users: BTreeMap<String, User>,
    /// By client id.
    pub(super) registrations: BTreeMap<String, Registration>,
    pub(super) delegations: Vec<Delegation>,
    pub(super) grants: Grants,
    /// Sign-ins under way, by the id in their forms.
    pub(super) flows: HashMap<String, Flow>,
    /// The last one signs; those before it are still published.
    pub(super) keys: Vec<SigningKey>,
    /// By lower-case address.
    pub(super) mailboxes: BTreeMap<String, Mailbox>,
    pub(super) external: Vec<External>,
    /// Graph requests running on each mailbox, EWS requests running for each user.
    pub(super) busy: HashMap<String, u32>,
    pub(super) subscriptions: Subscriptions,
    pub(super) sending: Sending,
    /// Settings of Graph.
    pub(super) graph: graph::Settings,
    /// Files on their way into drafts, by the id in their URL.
    pub(super) uploads: HashMap<String, graph::Upload>,
    /// Requests for an administrator's consent.
    pub(super) approvals: Vec<Approval>,
    pub(super) watch: Watch,
    pub(super) chat: Vec<chat::Message>,
    /// Settings of EWS.
    pub(super) ews: ews::Settings,
    /// Proves that a delta link is of this simulator.
    pub(super) link_secret: [u8; 16],
}

/// A mail that left the simulated world.
#[derive(Clone, Debug, Serialize)]
pub(super) struct External {
    pub(super) to: String,
    /// Base64 of the message.
    raw: String,
    at: DateTime<Utc>,
}

impl External {
    pub(super) fn new(to: String, raw: &Bytes, at: DateTime<Utc>) -> Self {
        Self {
            to,
            raw: STANDARD.encode(raw),
            at,
        }
    }
}

impl Cloud {
    /// The default world: the directories `contoso` and `customer`, three people, one registration.
    pub(crate) fn new(clock: &Clock) -> anyhow::Result<Self> {
        let mut cloud = Self {
            directories: Directory::defaults(),
            users: BTreeMap::new(),
            registrations: BTreeMap::new(),
            delegations: Vec::new(),
            grants: Grants::default(),
            flows: HashMap::new(),
            keys: vec![SigningKey::new()?],
            mailboxes: BTreeMap::new(),
            external: Vec::new(),
            busy: HashMap::new(),
            subscriptions: Subscriptions::new(http_client()?),
            sending: Sending::default(),
            graph: graph::Settings::default(),
            uploads: HashMap::new(),
            approvals: Vec::new(),
            watch: Watch::default(),
            chat: Vec::new(),
            ews: ews::Settings::default(),
            link_secret: rand::rng().random(),
        };
        for user in User::defaults(&cloud.directories, clock.now()) {
            cloud.put_user(user);
        }
        let registration = Registration::default_one();
        cloud
            .registrations
            .insert(registration.client_id.clone(), registration);
        Ok(cloud)
    }

    /// Adds or replaces a user; the mailbox is made once and kept.
    pub(super) fn put_user(&mut self, user: User) {
        let address = user.address.to_lowercase();
        self.mailboxes
            .entry(address.clone())
            .or_insert_with(|| Mailbox::new(&address));
        self.users.insert(address, user);
    }

    /// Takes a user away for good, with the mailbox.
    pub(super) fn remove_user(&mut self, address: &str) -> Option<User> {
        let address = address.to_lowercase();
        self.mailboxes.remove(&address);
        self.users.remove(&address)
    }

    /// A user by address or object id.
    pub(super) fn user(&self, name: &str) -> Option<&User> {
        if let Ok(oid) = Uuid::parse_str(name) {
            return self.users.values().find(|user| user.oid == oid);
        }
        self.users.get(&name.to_lowercase())
    }

    pub(super) fn mailbox_mut(&mut self, address: &str) -> Option<&mut Mailbox> {
        self.mailboxes.get_mut(&address.to_lowercase())
    }

    /// The mailbox that an id of a mail or an attachment belongs to.
    pub(super) fn owner_of(&self, id: &str) -> Result<&Mailbox, IdProblem> {
        for mailbox in self.mailboxes.values() {
            if mailbox.owns(id)? {
                return Ok(mailbox);
            }
        }
        Err(IdProblem::NotFound)
    }

    pub(super) fn directory(&self, tid: Uuid) -> Option<&Directory> {
        self.directories
            .iter()
            .find(|directory| directory.tid == tid)
    }

    /// A directory by its id, its domain or the name of the control API.
    pub(super) fn directory_named(&self, name: &str) -> Option<&Directory> {
        let tid = Uuid::parse_str(name).ok();
        let same = |directory: &&Directory| {
            tid == Some(directory.tid)
                || directory.domain.eq_ignore_ascii_case(name)
                || directory.name.eq_ignore_ascii_case(name)
        };
        self.directories.iter().find(same)
    }

    /// Whether a user may open another's mailbox; `send` asks for the right to send as it.
    pub(super) fn may_use(&self, user: &str, mailbox: &str, send: bool) -> bool {
        user.eq_ignore_ascii_case(mailbox)
            || self.delegations.iter().any(|delegation| {
                delegation.mailbox.eq_ignore_ascii_case(mailbox)
                    && delegation.delegate.eq_ignore_ascii_case(user)
                    && (!send || delegation.send_as)
            })
    }

    /// Whether a user may act as another altogether (Exchange's ApplicationImpersonation role).
    pub(super) fn may_impersonate(&self, user: &str, mailbox: &str) -> bool {
        self.delegations.iter().any(|delegation| {
            delegation.impersonate
                && delegation.mailbox.eq_ignore_ascii_case(mailbox)
                && delegation.delegate.eq_ignore_ascii_case(user)
        })
    }
}
