use postroom_tests::story;

use crate::support::stack;

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_becomes_an_issue_and_its_answers_find_their_way() {
    let stack = stack().await;
    let figures = story::play(&stack, None).await.unwrap();
    let figures = figures.json();
    assert_eq!(figures["mails"], 5);
    assert_eq!(figures["issues"], 3);
    assert_eq!(figures["comments"], 1);
    assert_eq!(figures["notifications"], 1);
    assert_eq!(figures["ignored"], 1);
    assert_eq!(figures["lost"], 0);
    stack.stop().await.unwrap();
}
