mod property;
mod schema;

use serde_json::{Value, json};

use super::*;

fn blocks(html: &str) -> Value {
    let value = from_html(html, &ImageNames::none()).to_value();
    schema::check(&value);
    value["content"].clone()
}

fn text(text: &str) -> Value {
    json!({ "type": "text", "text": text })
}

fn paragraph(words: &str) -> Value {
    json!({ "type": "paragraph", "content": [text(words)] })
}

fn marked(words: &str, marks: &[&str]) -> Value {
    let marks: Vec<_> = marks.iter().map(|mark| json!({ "type": mark })).collect();
    json!({ "type": "text", "text": words, "marks": marks })
}

#[test]
fn marks_and_links_are_kept() {
    let html = "<p>a <b>b <i>c</i></b> <code><b>d</b></code> <a href='https://x.example/?a=1&amp;b=2'>e</a> <a href='javascript:f()'>g</a></p>";
    let link = json!({ "type": "text", "text": "e", "marks": [{ "type": "link", "attrs": { "href": "https://x.example/?a=1&b=2" } }] });
    let content = json!([
        text("a "),
        marked("b ", &["strong"]),
        marked("c", &["strong", "em"]),
        text(" "),
        marked("d", &["code"]),
        text(" "),
        link,
        text(" g"),
    ]);
    assert_eq!(
        blocks(html),
        json!([{ "type": "paragraph", "content": content }])
    );
}

#[test]
fn lists_nest_and_count() {
    let html = "<ol start=3><li>a<ul><li>b</ul><li><p>c</p></ol>";
    let inner = json!({ "type": "bulletList", "content": [{ "type": "listItem", "content": [paragraph("b")] }] });
    let items = json!([
        { "type": "listItem", "content": [paragraph("a"), inner] },
        { "type": "listItem", "content": [paragraph("c")] },
    ]);
    assert_eq!(
        blocks(html),
        json!([{ "type": "orderedList", "attrs": { "order": 3 }, "content": items }])
    );
}

#[test]
fn list_directly_in_a_list_belongs_to_the_item_before() {
    let nested = blocks("<ul><li>a</li><ul><li>b</li></ul></ul>");
    assert_eq!(nested, blocks("<ul><li>a<ul><li>b</li></ul></li></ul>"));
}

#[test]
fn lists_that_word_wrote_are_lists() {
    let html = "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>one<o:p></o:p></p>\
                <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span></span>two<o:p></o:p></p>\
                <p class=MsoNormal>after</p>";
    let two = json!({ "type": "orderedList", "content": [{ "type": "listItem", "content": [paragraph("two")] }] });
    let list = json!({ "type": "bulletList", "content": [{ "type": "listItem", "content": [paragraph("one"), two] }] });
    assert_eq!(blocks(html), json!([list, paragraph("after")]));
}

#[test]
fn data_tables_are_tables_and_layout_tables_are_their_content() {
    let cell = |kind: &str, words: &str| json!({ "type": kind, "content": [paragraph(words)] });
    let data = "<table border=1><tr><th>a<th>b<tr><td>1<td>2</table>";
    let rows = json!([
        { "type": "tableRow", "content": [cell("tableHeader", "a"), cell("tableHeader", "b")] },
        { "type": "tableRow", "content": [cell("tableCell", "1"), cell("tableCell", "2")] },
    ]);
    assert_eq!(blocks(data), json!([{ "type": "table", "content": rows }]));
    let layout = "<table width=600><tr><td><table><tr><td>Hello</td></tr></table></td></tr><tr><td>you</td></tr></table>";
    assert_eq!(
        blocks(layout),
        json!([paragraph("Hello"), paragraph("you")])
    );
}

#[test]
fn what_may_not_stand_in_a_place_is_turned() {
    let quote = blocks(
        "<blockquote><h2>a</h2><blockquote>b</blockquote><hr><table border=1><tr><td>c<td>d</table></blockquote>",
    );
    let heading = json!({ "type": "paragraph", "content": [marked("a", &["strong"])] });
    assert_eq!(
        quote[0]["content"],
        json!([heading, paragraph("b"), paragraph("c | d")])
    );
    let item = blocks("<ul><li><ul><li>a</ul></ul>");
    assert_eq!(
        item[0]["content"][0]["content"][0],
        json!({ "type": "paragraph", "content": [] })
    );
}

#[test]
fn nobody_reads_what_is_hidden() {
    let html = "<head><title>t</title></head><style>s</style><script>s</script><div style='display:none'>pre</div>\
                <!--[if mso]><p>mso</p><![endif]--><p>seen</p><img src='https://t.example/p.gif' width=1 height=1>";
    assert_eq!(blocks(html), json!([paragraph("seen")]));
}

#[test]
fn breaks_make_lines_and_two_make_a_paragraph() {
    let line =
        json!({ "type": "paragraph", "content": [text("a"), { "type": "hardBreak" }, text("b")] });
    assert_eq!(
        blocks("<div><br>a<br>b<br><br>c<br></div>"),
        json!([line, paragraph("c")])
    );
}

#[test]
fn pre_is_a_code_block() {
    let code = json!([{ "type": "codeBlock", "content": [text("a  b\n  c")] }]);
    assert_eq!(blocks("<pre>\na  b\n  c\n</pre>"), code);
}

#[test]
fn inline_images_are_named_until_they_have_an_address() {
    let html = "<p>a <img src=\"cid:i%401\"> b</p>";
    let names = ImageNames::none().with("i@1", Image::Named("shot.png".to_owned()));
    assert_eq!(
        from_html(html, &names).to_value()["content"][0],
        paragraph("a [image: shot.png] b")
    );
    let value = from_html(html, &names.uploaded("shot.png", "https://jira.example/1")).to_value();
    schema::check(&value);
    let media = json!({ "type": "media", "attrs": { "type": "external", "url": "https://jira.example/1", "alt": "shot.png" } });
    assert_eq!(value["content"][1]["content"][0], media);
    assert_eq!(value["content"][2], paragraph("b"));
}

#[test]
fn deep_nesting_is_no_danger() {
    for tag in [
        "div",
        "blockquote",
        "ul><li",
        "table><tr><td",
        "b",
        "font",
        "ol",
    ] {
        let document = from_html(
            &format!("{}deep", format!("<{tag}>").repeat(10_000)),
            &ImageNames::none(),
        );
        assert!(document.to_value().to_string().contains("deep"), "{tag}");
        schema::check(&document.to_value());
        schema::check(&plain(&document).to_value());
    }
}

#[test]
fn text_becomes_paragraphs_with_links() {
    let value = from_text("See https://x.example/a(b), please.\nBye\n\n\nAnn").to_value();
    schema::check(&value);
    let content = &value["content"];
    assert_eq!(
        content[0]["content"][1]["marks"][0]["attrs"]["href"],
        "https://x.example/a(b)"
    );
    assert_eq!(content[0]["content"][2], text(", please."));
    assert_eq!(content[0]["content"][3]["type"], "hardBreak");
    assert_eq!(content[1], paragraph("Ann"));
}

#[test]
fn controls_and_wrong_labels_do_not_get_into_jira() {
    assert_eq!(
        blocks("<p>a\u{7}\u{fffe}b we\u{92}ll</p>"),
        json!([paragraph("ab we’ll")])
    );
}

#[test]
fn long_documents_are_cut_at_a_boundary() {
    let html: String = (0..2_000)
        .map(|number| format!("<p>Paragraph {number} 😀</p>"))
        .collect();
    let fitted = fit(from_html(&html, &ImageNames::none()), MAX_CHARS);
    assert!(fitted.cut);
    let chars = serialised_chars(&fitted.document);
    assert!((MAX_CHARS - 200..=MAX_CHARS).contains(&chars), "{chars}");
    let value = fitted.document.to_value();
    schema::check(&value);
    let content = value["content"].as_array().unwrap();
    assert_eq!(
        content[content.len() - 2],
        paragraph(&format!("Paragraph {} 😀", content.len() - 2))
    );
    assert!(content[content.len() - 1].to_string().contains("too long"));
}

#[test]
fn one_block_that_is_too_long_keeps_its_beginning() {
    for html in [
        format!("<ul>{}</ul>", "<li>item</li>".repeat(5_000)),
        format!(
            "<table border=1>{}</table>",
            "<tr><td>a<td>b</tr>".repeat(5_000)
        ),
        format!("<p>{}</p>", "word ".repeat(20_000)),
        format!("<pre>{}</pre>", "line\n".repeat(20_000)),
        format!("<blockquote>{}</blockquote>", "<p>line</p>".repeat(5_000)),
    ] {
        let fitted = fit(from_html(&html, &ImageNames::none()), MAX_CHARS);
        let chars = serialised_chars(&fitted.document);
        assert!(
            fitted.cut && chars <= MAX_CHARS && chars > MAX_CHARS / 2,
            "{chars}"
        );
        schema::check(&fitted.document.to_value());
    }
    let short = fit(from_text("short"), MAX_CHARS);
    assert_eq!((short.cut, short.document), (false, from_text("short")));
    assert!(serialised_chars(&fit(from_text(&"x".repeat(100)), 60).document) <= 60);
}

#[test]
fn plain_document_has_the_words_in_paragraphs() {
    let html = "<h1>A</h1><ol><li>b<li>c</ol><table border=1><tr><td>d<td>e</table><p><a href='https://x.example/'>f</a></p>";
    let value = plain(&from_html(html, &ImageNames::none())).to_value();
    let words = ["A", "1. b", "2. c", "d | e", "f (https://x.example/)"];
    assert_eq!(
        value["content"],
        Value::Array(words.iter().map(|words| paragraph(words)).collect())
    );
}
