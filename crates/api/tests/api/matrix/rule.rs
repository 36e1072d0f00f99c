//! What a door must answer to a token: derived from what the door takes and what the token is, for every pair alike.

use super::{
    door::{Door, For, Names},
    family::{Audience, Binding, Family},
    fault::Fault,
};

/// What must come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// What the door answers to whom it is for.
    Good,
    /// 401 `unauthorized`, and nothing has changed.
    Refused,
    /// 404 `not_found`: the caller is known, the thing is not theirs.
    NotThere,
    /// 403, for the call is Forge's, and nobody is behind it where a person must be, or a person where nobody may be.
    /// (401 would tell Forge that its token is bad.)
    Denied(&'static str),
    /// Whatever comes without a token.
    AsWithout,
}
use Expected::{AsWithout, Denied, Good, NotThere, Refused};

/// A door takes one kind of token, and that only while nothing is wrong with it.
pub(super) fn expected(door: Door, family: Family, fault: Fault) -> Expected {
    match door.takes() {
        None => AsWithout,
        // The panel's two doors are at one address. What comes by the other's way goes through that, and finds nothing
        // of this one's tenant.
        Some(_) if fault == Fault::OtherWay && door.is_beside(family) => NotThere,
        // What is at the address of a subscription, only Microsoft knows.
        Some(Family::ClientState) if !is_word(family, fault) => NotThere,
        Some(own) if own != family => Refused,
        Some(_) => of_own(door, family, fault),
    }
}

/// Whether it is the word that the subscription goes with.
fn is_word(family: Family, fault: Fault) -> bool {
    family == Family::ClientState && matches!(fault, Fault::Right | Fault::Replayed)
}

fn of_own(door: Door, family: Family, fault: Fault) -> Expected {
    use Fault as F;
    let unless = |harmless: bool| if harmless { Good } else { Refused };
    match fault {
        // Nothing is ever sent to the site that an invocation names, and it may have a domain of its own.
        F::Right | F::OtherSite => Good,
        F::Expired | F::NotYet | F::IssuedLater | F::NoExpiry => Refused,
        F::SignedByOther | F::Unsigned | F::PublicKeyAsSecret | F::EmptySecret => Refused,
        F::LongerHash | F::Tampered | F::CutOff | F::OtherIssuer | F::OtherWay => Refused,
        F::OtherEnvironment | F::OtherHost | F::OtherCloud => Refused,
        F::OtherRequest | F::NoHash => unless(family.binding() == Binding::Nothing),
        F::AudienceLonger | F::AudienceShorter | F::AudienceWithin | F::NoAudience => {
            unless(family.audience() == Audience::NotRead)
        }
        F::AudienceOtherTenant => unless(family.audience() == Audience::NotRead),
        F::AudienceFirst | F::AudienceLast => unless(family.audience() != Audience::Alone),
        F::UnknownKey | F::KeyPath | F::NoKeyId => unless(!family.has_public_key()),
        F::Replayed => unless(!door.refuses_replays()),
        F::OtherTenants => match door.names() {
            Names::Nobody => Good,
            Names::TenantInBody => Refused,
            Names::ThingInPath => NotThere,
        },
        F::WrongAccount => match (door.is_for(), family) {
            (For::People, Family::Invocation) => Denied("no_account"),
            (For::People, _) => Refused,
            (For::Forge, _) => Denied("not_for_people"),
            (For::Jira | For::Microsoft, _) => Good,
        },
    }
}
