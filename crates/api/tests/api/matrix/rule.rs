//! What a door must answer to a token: derived from what the door takes and what the token is, for every pair alike.

use super::{
    door::{Door, Names},
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
    /// 403 `no_account`: the call is Forge's, and nobody is behind it. (401 would tell Forge that its token is bad.)
    NoAccount,
    /// Whatever comes without a token.
    AsWithout,
}
use Expected::{AsWithout, Good, NoAccount, NotThere, Refused};

/// A door takes one kind of token, and that only while nothing is wrong with it.
pub(super) fn expected(door: Door, family: Family, fault: Fault) -> Expected {
    match door.takes() {
        None => AsWithout,
        Some(own) if own != family => Refused,
        Some(_) => of_own(door, family, fault),
    }
}

fn of_own(door: Door, family: Family, fault: Fault) -> Expected {
    use Fault as F;
    let unless = |harmless: bool| if harmless { Good } else { Refused };
    match fault {
        F::Right => Good,
        F::Expired | F::NotYet | F::IssuedLater | F::NoExpiry => Refused,
        F::SignedByOther | F::Unsigned | F::PublicKeyAsSecret | F::EmptySecret => Refused,
        F::LongerHash | F::Tampered | F::CutOff | F::OtherIssuer | F::OtherWay => Refused,
        F::OtherEnvironment | F::OtherHost | F::OtherCloud | F::OtherSite => Refused,
        F::OtherRequest | F::NoHash => unless(family.binding() == Binding::Nothing),
        F::AudienceLonger | F::AudienceShorter | F::AudienceWithin | F::NoAudience => {
            unless(family.audience() == Audience::NotRead)
        }
        F::AudienceOtherTenant => unless(family.audience() == Audience::NotRead),
        F::AudienceAmongOthers => unless(family.audience() != Audience::Alone),
        F::UnknownKey | F::KeyPath | F::NoKeyId => unless(!family.has_public_key()),
        F::Replayed => unless(!(family.is_used_once() && door.changes())),
        F::OtherTenants => match door.names() {
            Names::Nobody => Good,
            Names::TenantInBody => Refused,
            Names::ThingInPath => NotThere,
        },
        F::NoAccount => match (door.is_for_people(), family) {
            (false, _) => Good,
            (true, Family::Invocation) => NoAccount,
            (true, _) => Refused,
        },
    }
}
