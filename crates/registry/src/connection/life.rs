//! The life of a connection: which state follows from what happens. Nobody else decides it.
//!
//! ```text
//!                       Failed                        Failed
//!  slowed, retrying ◄──────────► active ──────────────► refused, waiting_for_approval, ours
//!        │    nobody's failures     ▲   ◄── Worked ────┘          │
//!        └──────────── Failed ──────┼──────────────────────► needs_sign_in
//!                                   └── SignedIn, Worked ─────────┘
//!  every state ── Paused ──► paused ── Resumed ──► active
//! ```

use super::{ConnectionState, StateDetail};

/// What a failure says about the connection that met it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The state that it leads to, from a state that gives way.
    pub state: ConnectionState,
    /// Why.
    pub detail: StateDetail,
}

/// What happens to a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Microsoft did what was asked.
    Worked,
    /// It did not.
    Failed(Verdict),
    /// A person paused it.
    Paused {
        /// The person's account.
        by: String,
    },
    /// A person lets it go on.
    Resumed,
    /// Its owner signed in again.
    SignedIn,
    /// It went from EWS to Graph, and Graph let it in.
    MovedToGraph,
}

impl Event {
    /// Why a connection is in the state that this event leads to.
    pub fn detail(&self) -> StateDetail {
        match self {
            Self::Failed(verdict) => verdict.detail.clone(),
            Self::Paused { by } => StateDetail {
                paused_by: Some(by.clone()),
                ..StateDetail::default()
            },
            Self::Worked | Self::Resumed | Self::SignedIn | Self::MovedToGraph => {
                StateDetail::default()
            }
        }
    }
}

/// The state after an event, which may be the same with another reason; `None`: the event says nothing to a
/// connection in this state.
///
/// - What a person paused goes on when a person says so, and never by itself.
/// - What needs a sign-in needs it until somebody signs in, or until it works all the same.
/// - Failures that are nobody's (a wait, no answer) hide none that is somebody's.
pub fn next(state: ConnectionState, event: &Event) -> Option<ConnectionState> {
    use ConnectionState as S;
    match (state, event) {
        (S::Paused, Event::Resumed) => Some(S::Active),
        (S::Paused, _) | (_, Event::Resumed) => None,
        (_, Event::Paused { .. }) => Some(S::Paused),
        (_, Event::Worked | Event::SignedIn) => Some(S::Active),
        (S::NeedsSignIn, Event::MovedToGraph) => None,
        (_, Event::MovedToGraph) => Some(S::Active),
        (from, Event::Failed(verdict)) => gives_way(from, verdict.state).then_some(verdict.state),
    }
}

/// Whether a connection in state `from` takes the state that a failure says.
fn gives_way(from: ConnectionState, to: ConnectionState) -> bool {
    use ConnectionState as S;
    match to {
        S::Active | S::Paused => false,
        S::Slowed | S::Retrying => matches!(from, S::Active | S::Slowed | S::Retrying),
        S::NeedsSignIn => true,
        S::WaitingForApproval | S::Refused | S::Ours => from != S::NeedsSignIn,
    }
}

/// Whether a state is trouble that somebody should be told of at once. Slowed and retrying are so only when they last.
pub fn alarms(state: ConnectionState) -> bool {
    use ConnectionState as S;
    match state {
        S::NeedsSignIn | S::Refused | S::WaitingForApproval | S::Ours => true,
        S::Active | S::Slowed | S::Retrying | S::Paused => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ConnectionState as S;

    /// In the order of [`ConnectionState::ALL`].
    const STATES: [ConnectionState; 8] = [
        S::WaitingForApproval,
        S::Active,
        S::Slowed,
        S::Retrying,
        S::NeedsSignIn,
        S::Refused,
        S::Ours,
        S::Paused,
    ];
    const NONE: [Option<ConnectionState>; 8] = [None; 8];

    fn failed(state: ConnectionState) -> Event {
        Event::Failed(Verdict {
            state,
            detail: StateDetail::default(),
        })
    }

    /// From each state of [`STATES`] to what; `-` is no change.
    fn row(words: &str) -> [Option<ConnectionState>; 8] {
        let mut row = NONE;
        let mut words = words.split_whitespace();
        for place in &mut row {
            *place = match words.next().unwrap() {
                "-" => None,
                "wait" => Some(S::WaitingForApproval),
                "act" => Some(S::Active),
                "slow" => Some(S::Slowed),
                "retry" => Some(S::Retrying),
                "sign" => Some(S::NeedsSignIn),
                "refu" => Some(S::Refused),
                "ours" => Some(S::Ours),
                "paus" => Some(S::Paused),
                word => panic!("{word}"),
            };
        }
        assert_eq!(words.next(), None);
        row
    }

    #[test]
    fn every_state_meets_every_event() {
        assert_eq!(ConnectionState::ALL, STATES);
        let paused = Event::Paused { by: "ann".into() };
        let table = [
            //                                  wait  act   slow  retry sign  refu  ours  paus
            (
                Event::Worked,
                row("act   act   act   act   act   act   act   -"),
            ),
            (
                Event::SignedIn,
                row("act   act   act   act   act   act   act   -"),
            ),
            (
                Event::MovedToGraph,
                row("act   act   act   act   -     act   act   -"),
            ),
            (
                Event::Resumed,
                row("-     -     -     -     -     -     -     act"),
            ),
            (paused, row("paus  paus  paus  paus  paus  paus  paus  -")),
            (
                failed(S::Slowed),
                row("-     slow  slow  slow  -     -     -     -"),
            ),
            (
                failed(S::Retrying),
                row("-     retry retry retry -     -     -     -"),
            ),
            (
                failed(S::NeedsSignIn),
                row("sign  sign  sign  sign  sign  sign  sign  -"),
            ),
            (
                failed(S::Refused),
                row("refu  refu  refu  refu  -     refu  refu  -"),
            ),
            (
                failed(S::WaitingForApproval),
                row("wait  wait  wait  wait  -     wait  wait  -"),
            ),
            (
                failed(S::Ours),
                row("ours  ours  ours  ours  -     ours  ours  -"),
            ),
            (failed(S::Active), NONE),
            (failed(S::Paused), NONE),
        ];
        for verdict in STATES {
            let known = |(event, _): &(Event, _)| *event == failed(verdict);
            assert!(table.iter().any(known), "{verdict} is no row");
        }
        for (event, expected) in table {
            for (state, expected) in STATES.into_iter().zip(expected) {
                assert_eq!(next(state, &event), expected, "{state}, {event:?}");
            }
        }
    }

    #[test]
    fn an_event_brings_its_reason() {
        let detail = StateDetail {
            error_code: Some("AADSTS50173".into()),
            ..StateDetail::default()
        };
        let state = S::NeedsSignIn;
        let event = Event::Failed(Verdict {
            state,
            detail: detail.clone(),
        });
        assert_eq!(event.detail(), detail);
        let paused = Event::Paused { by: "ann".into() }.detail();
        assert_eq!(paused.paused_by.as_deref(), Some("ann"));
        assert_eq!(Event::Worked.detail(), StateDetail::default());
    }

    #[test]
    fn what_is_somebodys_alarms() {
        let loud: Vec<_> = STATES.into_iter().filter(|state| alarms(*state)).collect();
        assert_eq!(
            loud,
            [S::WaitingForApproval, S::NeedsSignIn, S::Refused, S::Ours]
        );
    }
}
