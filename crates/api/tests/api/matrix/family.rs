//! The kinds of tokens that exist, by what they are made of. The rule is written in these words.

/// What a token was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// Atlassian's install service: RS256, a hash of the request, our base URL as audience.
    Lifecycle,
    /// A site that calls, or opens a page: HS256, a hash of the request.
    Bound,
    /// The panel's script in Connect: HS256, the words `context-qsh`.
    Context,
    /// Forge: RS256, our app as audience.
    Invocation,
    /// Microsoft: the word that goes with the key of a subscription, in what it tells.
    ClientState,
}

/// What a token says of the request that it may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding {
    /// The hash of one request.
    Request,
    /// That it is for the panel, in place of a hash.
    Panel,
    /// Nothing.
    Nothing,
}

/// How the audience of a token must name us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    /// It is not read: the secret is the site's and ours alone.
    NotRead,
    /// We are one of those that it names.
    Among,
    /// We are the only one.
    Alone,
}

impl Family {
    pub(super) const ALL: [Self; 5] = [
        Self::Lifecycle,
        Self::Bound,
        Self::Context,
        Self::Invocation,
        Self::ClientState,
    ];

    /// Whether a public key verifies it, that its key id names.
    pub(super) fn has_public_key(self) -> bool {
        matches!(self, Self::Lifecycle | Self::Invocation)
    }

    pub(super) fn binding(self) -> Binding {
        match self {
            Self::Lifecycle | Self::Bound => Binding::Request,
            Self::Context => Binding::Panel,
            Self::Invocation | Self::ClientState => Binding::Nothing,
        }
    }

    pub(super) fn audience(self) -> Audience {
        match self {
            Self::Lifecycle => Audience::Among,
            Self::Bound | Self::Context | Self::ClientState => Audience::NotRead,
            Self::Invocation => Audience::Alone,
        }
    }
}
