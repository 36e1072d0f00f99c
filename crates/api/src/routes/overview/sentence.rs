//! The one sentence at the top, and its colour.

use super::Week;
use crate::connection::{State, StateCode, Tone, WhoActs, thousands};

/// Says how all connections together are.
pub(super) fn say(states: &[&State], week: &Week) -> (String, Tone) {
    if states.is_empty() {
        return ("No mailbox is connected yet.".to_owned(), Tone::Default);
    }
    let all = states.len();
    let (well, paused) = (
        count(states, is_well),
        count(states, |it| it.code == StateCode::Paused),
    );
    let broken = count(states, |it| it.tone == Tone::Removed);
    if broken > 0 {
        return (with_week(&broken_words(states, all), week), Tone::Removed);
    }
    let in_the_way = states.iter().find(|it| it.tone == Tone::InProgress);
    if let Some(state) = in_the_way {
        return (with_week(&state.sentence.clone(), week), Tone::InProgress);
    }
    let look = week.held + week.dead;
    let up = up_words(well, paused, all);
    match (well + paused == all, look) {
        (false, _) => (with_week(&up, week), Tone::Moved),
        (true, 0) if paused == 0 => (with_week(&up, week), Tone::Success),
        (true, 0) => (with_week(&up, week), Tone::Default),
        (true, 1) => (
            format!("{up} 1 mail of this week wants a look."),
            Tone::Moved,
        ),
        (true, look) => (
            format!("{up} {} mails of this week want a look.", thousands(look)),
            Tone::Moved,
        ),
    }
}

fn count(states: &[&State], is: impl Fn(&State) -> bool) -> usize {
    states.iter().filter(|state| is(state)).count()
}

fn is_well(state: &State) -> bool {
    state.tone == Tone::Success
}

fn broken_words(states: &[&State], all: usize) -> String {
    let broken = count(states, |it| it.tone == Tone::Removed);
    let ours = count(states, |it| it.who_acts == WhoActs::Us);
    let verb = if broken == 1 { "is" } else { "are" };
    match (broken == ours, all) {
        (true, _) => {
            format!("{broken} of {all} connections {verb} out of order on our side. We are on it.")
        }
        (false, 1) => "Your mailbox needs somebody.".to_owned(),
        (false, _) => {
            let verb = if broken == 1 { "needs" } else { "need" };
            format!("{broken} of {all} connections {verb} somebody.")
        }
    }
}

fn up_words(well: usize, paused: usize, all: usize) -> String {
    let tired = all - well - paused;
    let mut words = match (well, all) {
        (1, 1) => "Your mailbox is up.".to_owned(),
        (well, all) if well == all => format!("All {all} connections are up."),
        (well, all) => format!("{well} of {all} connections are up."),
    };
    if paused > 0 {
        words.push_str(&format!(" {paused} paused."));
    }
    if tired > 0 {
        words.push_str(" Microsoft is slow; nothing is lost.");
    }
    words
}

fn with_week(words: &str, week: &Week) -> String {
    match (week.received, week.waiting) {
        (0, _) => format!("{words} No mail this week."),
        (1, 0) => format!("{words} 1 mail this week, accounted for."),
        (all, 0) => format!(
            "{words} {} mails this week, all accounted for.",
            thousands(all)
        ),
        (all, waiting) => {
            format!(
                "{words} {} mails this week, {} waiting.",
                thousands(all),
                thousands(waiting)
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use postroom_registry::connection::{ConnectionState, Protocol, StateDetail};

    use super::*;
    use crate::connection::{Facts, Kind, describe};

    fn state(state: ConnectionState) -> State {
        describe(&Facts {
            kind: Kind::Source {
                has_target: true,
                last_mail_at: None,
            },
            state,
            since: DateTime::UNIX_EPOCH,
            detail: &StateDetail::default(),
            protocol: Protocol::Graph,
            own_registration: false,
            paused_by: None,
            signed_in_as: "ann@acme.com",
            last_success_at: None,
            waiting: 0,
            now: DateTime::UNIX_EPOCH,
        })
    }

    fn said(states: &[ConnectionState], week: Week) -> (String, Tone) {
        let states: Vec<State> = states.iter().map(|it| state(*it)).collect();
        say(&states.iter().collect::<Vec<_>>(), &week)
    }

    const WEEK: Week = Week {
        received: 1_204,
        delivered: 1_204,
        ignored: 0,
        held: 0,
        rejected: 0,
        dead: 0,
        waiting: 0,
    };

    #[test]
    fn all_is_well() {
        use ConnectionState::Active;
        let (words, tone) = said(&[Active; 14], WEEK);
        assert_eq!(
            words,
            "All 14 connections are up. 1,204 mails this week, all accounted for."
        );
        assert_eq!(tone, Tone::Success);
        assert_eq!(
            said(&[Active], Week::default()).0,
            "Your mailbox is up. No mail this week."
        );
    }

    #[test]
    fn the_worst_speaks_first() {
        use ConnectionState::{Active, NeedsSignIn, Ours, Paused, Retrying};
        let (words, tone) = said(&[Active, NeedsSignIn, Retrying], WEEK);
        assert!(
            words.starts_with("1 of 3 connections needs somebody."),
            "{words}"
        );
        assert_eq!(tone, Tone::Removed);
        let (words, _) = said(&[Ours, Ours], WEEK);
        assert!(
            words.starts_with("2 of 2 connections are out of order on our side."),
            "{words}"
        );
        let (words, tone) = said(&[Active, Retrying], WEEK);
        assert!(
            words.contains("nothing is lost") && tone == Tone::Moved,
            "{words}"
        );
        let (words, tone) = said(&[Active, Paused], WEEK);
        assert!(
            words.starts_with("1 of 2 connections are up. 1 paused."),
            "{words}"
        );
        assert_eq!(tone, Tone::Default);
    }

    #[test]
    fn dead_and_held_mails_are_no_success() {
        let week = Week {
            dead: 1,
            held: 2,
            ..WEEK
        };
        let (words, tone) = said(&[ConnectionState::Active], week);
        assert_eq!(
            words,
            "Your mailbox is up. 3 mails of this week want a look."
        );
        assert_eq!(tone, Tone::Moved);
    }

    #[test]
    fn nothing_connected_is_neither_good_nor_bad() {
        assert_eq!(
            said(&[], WEEK),
            ("No mailbox is connected yet.".to_owned(), Tone::Default)
        );
    }
}
