use super::*;

fn of_text(text: &str) -> String {
    visible_of(Some(text), None, Extent::Quotes).text
}

#[test]
fn attributions_of_many_languages_begin_the_history() {
    for line in [
        "On Mon, Nov 23, 2026 at 9:00 AM Bob <bob@example.com> wrote:",
        "Am 23.11.2026 um 09:00 schrieb Bob <bob@example.com>:",
        "Le lun. 23 nov. 2026 à 09:00, Bob <bob@example.com> a écrit :",
        "El lun, 23 nov 2026 a las 9:00, Bob (<bob@example.com>) escribió:",
        "Il giorno lun 23 nov 2026 alle ore 09:00 Bob <bob@example.com> ha scritto:",
        "Em seg., 23 de nov. de 2026 às 09:00, Bob <bob@example.com> escreveu:",
        "Op ma 23 nov 2026 om 09:00 schreef Bob <bob@example.com>:",
    ] {
        assert_eq!(
            of_text(&format!("It works.\n\n{line}\n> Does it?\n>\n> Bob\n")),
            "It works.",
            "{line}"
        );
        assert_eq!(
            of_text(&format!("It works.\n\n{line}\n\nDoes it?\n\nBob\n")),
            "It works.",
            "{line}"
        );
    }
}

#[test]
fn wrapped_attribution_is_one() {
    assert_eq!(
        of_text(
            "Yes.\n\nOn Mon, Nov 23, 2026 at 9:00 AM Bob Builder\n<bob@example.com> wrote:\n\n> No?\n"
        ),
        "Yes."
    );
}

#[test]
fn outlook_blocks_begin_the_history() {
    assert_eq!(
        of_text("Ok\n\n-----Original Message-----\nFrom: x\n\nold"),
        "Ok"
    );
    assert_eq!(
        of_text("Ok\n\nVon: Bob\nGesendet: Montag\nAn: Ann\nBetreff: x\n\nalt"),
        "Ok"
    );
    assert_eq!(
        of_text("From: the beginning I knew\nthat it works"),
        "From: the beginning I knew\nthat it works"
    );
}

#[test]
fn answer_below_the_quote_is_found() {
    assert_eq!(
        of_text("On Mon, 23 Nov 2026, Bob wrote:\n> Does it?\n\nIt does."),
        "It does."
    );
}

#[test]
fn where_nothing_would_be_left_nothing_is_cut() {
    let visible = visible_of(Some("> only a quote\n> of two lines"), None, Extent::Full);
    assert_eq!(
        (visible.text.as_str(), visible.cut.len()),
        ("> only a quote\n> of two lines", 0)
    );
    let html = "<div class=\"gmail_quote\">forwarded</div>";
    assert_eq!(
        visible_of(None, Some(html), Extent::Quotes).html.as_deref(),
        Some(html)
    );
}

#[test]
fn html_history_of_mail_programs_goes() {
    let cases = [
        "<div>New</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">On x wrote:</div><blockquote>old</blockquote></div>",
        "<p>New</p><div class=\"moz-cite-prefix\">Am x schrieb y:<br></div><blockquote type=\"cite\">old</blockquote>",
        "<div>New</div><div><br><blockquote type=\"cite\"><div>On 23. Nov 2026, at 09:00, Bob wrote:</div>old</blockquote></div>",
        "<div>New</div><div><div>On 23. Nov 2026, at 09:00, Bob wrote:</div><blockquote type=\"cite\">old</blockquote></div>",
        "<div>New</div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> Bob<br></div><div>old</div>",
        "<p>New</p><div style=\"border:none;border-top:solid #E1E1E1 1.0pt\"><p><b>From:</b> Bob<br><b>Sent:</b> x</p></div><p>old</p>",
        "<p>New</p><p><b>Von:</b> Bob<br><b>Gesendet:</b> x<br><b>An:</b> y<br><b>Betreff:</b> z</p><p>old</p>",
    ];
    for html in cases {
        let visible = visible_of(None, Some(html), Extent::Quotes);
        assert_eq!(visible.text, "New", "{html}");
        assert!(!visible.html.unwrap_or_default().contains("old"), "{html}");
        assert!(!visible.cut.is_empty());
    }
}

#[test]
fn signature_goes_only_where_asked() {
    let text = "Hello\n\n-- \nAnn\n+49 1";
    assert_eq!(of_text(text), "Hello\n\n--\nAnn\n+49 1");
    assert_eq!(visible_of(Some(text), None, Extent::Full).text, "Hello");
}

#[test]
fn words_above_an_attribution_stay() {
    assert_eq!(
        of_text("Thanks\nOn Mon, 23 Nov 2026 at 9:00, Bob wrote:\n> Hi"),
        "Thanks"
    );
    assert_eq!(
        of_text("Thanks\nBob <bob@example.com> wrote:\n\n> Hi"),
        "Thanks"
    );
}

#[test]
fn answers_between_quotes_keep_the_quotes() {
    let text = "On Mon, Bob wrote:\n> One?\nYes.\n> Two?\nNo.";
    assert_eq!(of_text(text), "> One?\nYes.\n> Two?\nNo.");
    let html = "<blockquote type=cite>One?</blockquote><p>Yes.</p><blockquote type=cite>Two?</blockquote><p>No.</p>";
    let visible = visible_of(None, Some(html), Extent::Quotes);
    assert_eq!(visible.text, "One?\n\nYes.\n\nTwo?\n\nNo.");
}

#[test]
fn answer_below_the_quote_is_found_in_html() {
    let html = "<div class=moz-cite-prefix>On x, Bob wrote:</div><blockquote type=cite>Old</blockquote><p>New</p>";
    assert_eq!(visible_of(None, Some(html), Extent::Quotes).text, "New");
}

#[test]
fn mail_passed_on_is_kept() {
    let text = "FYI\n\n---------- Forwarded message ---------\nFrom: Bob <bob@example.com>\nDate: Mon\nSubject: x\nTo: y\n\nText";
    assert_eq!(of_text(text), text);
    let html = "<div>FYI</div><div class=gmail_quote><div class=gmail_attr>---------- Forwarded message ---------<br>\
                From: Bob<br></div>Text</div>";
    assert!(
        visible_of(None, Some(html), Extent::Quotes)
            .text
            .contains("Text")
    );
}

#[test]
fn labels_that_are_no_header_block_stay() {
    let text = "Hello\n\nTo: the left\nDate: unknown";
    assert_eq!(of_text(text), text);
}
