//! What a directory demands of a sign-in: Conditional Access, assignment, the state of the device.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{
    directory::{Directory, User},
    grants::Refresh,
};

/// Conditional Access policies that concern the application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Access {
    /// Block access: 53003.
    pub(crate) block: bool,
    /// Require multifactor authentication: what was signed in without it is refused with 50076.
    pub(crate) mfa: bool,
    /// Require a compliant device, which a browser of this world never is: 53000.
    pub(crate) compliant_device: bool,
    /// Sign-in frequency: 70043 afterwards.
    pub(crate) sign_in_frequency_hours: Option<i64>,
}

/// The device that somebody signed in with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Device {
    #[default]
    Known,
    /// 700003.
    Deleted,
    /// 135011.
    Disabled,
}

/// Why somebody in front of a browser gets no further.
pub(super) fn at_sign_in(user: &User, directory: Option<&Directory>) -> Result<(), u32> {
    if user.disabled {
        return Err(50_057);
    }
    if !user.assigned {
        return Err(50_105);
    }
    let access = directory.map(|directory| &directory.conditional_access);
    match access {
        Some(access) if access.block => Err(53_003),
        Some(access) if access.compliant_device => Err(53_000),
        _ => Ok(()),
    }
}

/// Why a refresh token is worth nothing today; `age` is the time since somebody signed in.
pub(super) fn at_refresh(
    user: &User,
    directory: Option<&Directory>,
    refresh: &Refresh,
    age: TimeDelta,
) -> Result<(), u32> {
    at_sign_in(user, directory)?;
    match user.device {
        Device::Deleted => return Err(700_003),
        Device::Disabled => return Err(135_011),
        Device::Known => {}
    }
    let Some(access) = directory.map(|directory| &directory.conditional_access) else {
        return Ok(());
    };
    if access.mfa && !refresh.mfa {
        return Err(50_076);
    }
    let frequency = access.sign_in_frequency_hours.map(TimeDelta::hours);
    match frequency.is_some_and(|frequency| age > frequency) {
        true => Err(70_043),
        false => Ok(()),
    }
}
