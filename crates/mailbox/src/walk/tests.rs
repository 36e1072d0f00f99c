use super::*;
use crate::MessageHead;

fn page(ids: &[&str], next: Next) -> ChangePage {
    let head = |id: &&str| MessageHead {
        id: (*id).to_owned(),
        internet_message_id: None,
        received_at: None,
        subject: None,
        from: None,
        is_read: None,
        conversation_id: None,
        folder_id: None,
    };
    ChangePage {
        messages: ids.iter().map(head).collect(),
        removed: Vec::new(),
        next,
    }
}

fn more(state: &str) -> Next {
    Next::More(state.into())
}

#[test]
fn a_walk_goes_on_rests_at_the_cap_and_ends() {
    let mut walk = ChangeWalk::new(2);
    let first = walk.follow(&page(&["A"], more("1"))).unwrap();
    assert_eq!(first, Pace::More("1".into()));
    let second = walk.follow(&page(&["B"], more("2"))).unwrap();
    assert_eq!(second, Pace::Rest("2".into()));
    let done = walk.follow(&page(&["C"], Next::Done("d".into()))).unwrap();
    assert_eq!(done, Pace::Done("d".into()));
}

#[test]
fn the_same_state_twice_is_a_loop() {
    let mut walk = ChangeWalk::new(50);
    walk.follow(&page(&["A"], more("1"))).unwrap();
    walk.follow(&page(&["B"], more("2"))).unwrap();
    assert_eq!(walk.follow(&page(&["C"], more("1"))), Err(Repeating));
}

#[test]
fn the_same_page_under_new_states_is_a_loop_the_third_time() {
    let mut walk = ChangeWalk::new(50);
    walk.follow(&page(&["A", "B"], more("1"))).unwrap();
    walk.follow(&page(&["A", "B"], more("2"))).unwrap();
    assert_eq!(walk.follow(&page(&["A", "B"], more("3"))), Err(Repeating));
}

#[test]
fn empty_pages_with_new_states_are_no_loop() {
    let mut walk = ChangeWalk::new(50);
    for state in ["1", "2", "3", "4"] {
        let pace = walk.follow(&page(&[], more(state))).unwrap();
        assert_eq!(pace, Pace::More(state.into()));
    }
}
