use serde_json::json;

use super::*;
use crate::MessageHead;

fn page(ids: &[&str], next: Next) -> ChangePage {
    let messages = ids
        .iter()
        .filter_map(|id| MessageHead::of(&json!({ "id": id })))
        .collect();
    ChangePage {
        messages,
        removed: Vec::new(),
        next,
    }
}

fn more(link: &str) -> Next {
    Next::More(link.into())
}

fn resume(link: &str) -> DeltaCursor {
    DeltaCursor::Resume(link.into())
}

#[test]
fn a_walk_goes_on_rests_at_the_cap_and_ends() {
    let mut walk = DeltaWalk::new(2);
    assert_eq!(
        walk.follow(&page(&["A"], more("1"))).unwrap(),
        Step::More(resume("1"))
    );
    assert_eq!(
        walk.follow(&page(&["B"], more("2"))).unwrap(),
        Step::Rest(resume("2"))
    );
    let done = walk.follow(&page(&["C"], Next::Done("d".into()))).unwrap();
    assert_eq!(done, Step::Done(resume("d")));
}

#[test]
fn the_same_link_twice_is_a_loop() {
    let mut walk = DeltaWalk::new(50);
    walk.follow(&page(&["A"], more("1"))).unwrap();
    walk.follow(&page(&["B"], more("2"))).unwrap();
    let error = walk.follow(&page(&["C"], more("1"))).unwrap_err();
    assert!(matches!(error, GraphError::RepeatingDelta));
    assert!(error.is_transient());
}

#[test]
fn the_same_page_under_new_links_is_a_loop_the_third_time() {
    let mut walk = DeltaWalk::new(50);
    walk.follow(&page(&["A", "B"], more("1"))).unwrap();
    walk.follow(&page(&["A", "B"], more("2"))).unwrap();
    let error = walk.follow(&page(&["A", "B"], more("3"))).unwrap_err();
    assert!(matches!(error, GraphError::RepeatingDelta));
}

#[test]
fn empty_pages_with_new_links_are_no_loop() {
    let mut walk = DeltaWalk::new(50);
    for link in ["1", "2", "3", "4"] {
        assert_eq!(
            walk.follow(&page(&[], more(link))).unwrap(),
            Step::More(resume(link))
        );
    }
}
