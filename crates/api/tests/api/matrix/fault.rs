//! What can be wrong with a token.

use super::family::Family;

/// One thing that is wrong; everything else of the token is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing is wrong.
    Right,
    /// `exp` has passed.
    Expired,
    /// `nbf` is in the future.
    NotYet,
    /// `iat` is in the future.
    IssuedLater,
    /// There is no `exp`.
    NoExpiry,
    /// It names acme and is signed with what another tenant or anybody has.
    SignedByOther,
    /// Another tenant's own right token, where acme's thing is asked for.
    OtherTenants,
    /// It comes from nobody that we know.
    OtherIssuer,
    /// `alg` is `none`, without a signature.
    Unsigned,
    /// HS256, with the public key of the right key pair as secret.
    PublicKeyAsSecret,
    /// HS256, with an empty secret.
    EmptySecret,
    /// HS384 with the right secret, RS384 with the right key.
    LongerHash,
    /// The claims were changed after signing.
    Tampered,
    /// The signature is cut off.
    CutOff,
    /// The hash of another request.
    OtherRequest,
    /// No hash at all.
    NoHash,
    /// The audience begins with ours.
    AudienceLonger,
    /// Ours begins with the audience.
    AudienceShorter,
    /// Ours is somewhere in the audience.
    AudienceWithin,
    /// Ours is the first of several audiences.
    AudienceFirst,
    /// Ours is the last of several audiences.
    AudienceLast,
    /// No audience.
    NoAudience,
    /// The audience names another tenant.
    AudienceOtherTenant,
    /// A key id that no key has.
    UnknownKey,
    /// A key id that leads elsewhere in a URL.
    KeyPath,
    /// No key id.
    NoKeyId,
    /// It names no account where there must be one, or one where there must be none.
    WrongAccount,
    /// It comes by a way that is another kind's: `Bearer` for `JWT`, another parameter.
    OtherWay,
    /// It was used before, for the same with another content.
    Replayed,
    /// It was made for another copy of the app.
    OtherEnvironment,
    /// It names another host to call.
    OtherHost,
    /// It names another site's address at the right host.
    OtherCloud,
    /// The site that it names is not one of Atlassian's: that is left out, and the rest is right.
    OtherSite,
}

impl Fault {
    pub(super) const ALL: [Self; 33] = [
        Self::Right,
        Self::Expired,
        Self::NotYet,
        Self::IssuedLater,
        Self::NoExpiry,
        Self::SignedByOther,
        Self::OtherTenants,
        Self::OtherIssuer,
        Self::Unsigned,
        Self::PublicKeyAsSecret,
        Self::EmptySecret,
        Self::LongerHash,
        Self::Tampered,
        Self::CutOff,
        Self::OtherRequest,
        Self::NoHash,
        Self::AudienceLonger,
        Self::AudienceShorter,
        Self::AudienceWithin,
        Self::AudienceFirst,
        Self::AudienceLast,
        Self::NoAudience,
        Self::AudienceOtherTenant,
        Self::UnknownKey,
        Self::KeyPath,
        Self::NoKeyId,
        Self::WrongAccount,
        Self::OtherWay,
        Self::Replayed,
        Self::OtherEnvironment,
        Self::OtherHost,
        Self::OtherCloud,
        Self::OtherSite,
    ];

    /// Whether tokens of this kind have the thing that is wrong.
    pub(super) fn concerns(self, family: Family) -> bool {
        if family == Family::ClientState {
            return self.concerns_words();
        }
        match self {
            Self::OtherEnvironment | Self::OtherHost | Self::OtherCloud | Self::OtherSite => {
                family == Family::Invocation
            }
            _ => true,
        }
    }

    /// A word is no token: it has nothing in it that could be wrong but itself.
    fn concerns_words(self) -> bool {
        let right = matches!(self, Self::Right | Self::Replayed | Self::OtherTenants);
        let wrong = matches!(self, Self::SignedByOther | Self::EmptySecret);
        right || wrong || matches!(self, Self::Tampered | Self::CutOff | Self::OtherWay)
    }
}
