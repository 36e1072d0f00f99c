//! The words of a mail as a document, and its plainer forms for when Jira refuses.

use postroom_mail::{
    ParsedMail,
    adf::{self, Document, ImageNames},
    reply,
};

/// How much of a document's form is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// All of it.
    Rich,
    /// Paragraphs.
    Plain,
    /// One sentence; the mail is attached.
    Bare,
}

impl Form {
    pub(super) const ALL: [Self; 3] = [Self::Rich, Self::Plain, Self::Bare];
}

/// A document that fits, and whether all words are in it.
pub(super) struct Words {
    pub(super) document: serde_json::Value,
    pub(super) whole: bool,
}

/// What an issue says: the whole mail, below a line that says from whom.
pub(super) fn of_issue(mail: &ParsedMail, images: &ImageNames, form: Form) -> Words {
    let body = match &mail.html {
        Some(html) if !html.trim().is_empty() => adf::from_html(html, images),
        _ => adf::from_text(&mail.readable_text()),
    };
    shaped(mail, body, form)
}

/// What a comment says: what is new in the mail.
pub(super) fn of_comment(mail: &ParsedMail, images: &ImageNames, form: Form) -> Words {
    let visible = reply::visible(mail);
    let body = match &visible.html {
        Some(html) if !html.trim().is_empty() => adf::from_html(html, images),
        _ => adf::from_text(&visible.text),
    };
    shaped(mail, body, form)
}

fn shaped(mail: &ParsedMail, body: Document, form: Form) -> Words {
    let from = mail.from.as_ref().map_or_else(
        || "Mail without a sender".to_owned(),
        |from| match &from.name {
            None => format!("Mail from {}", from.address),
            Some(name) => format!("Mail from {name} <{}>", from.address),
        },
    );
    let body = match form {
        Form::Rich => body,
        Form::Plain => adf::plain(&body),
        Form::Bare => adf::from_text(
            "Jira did not accept the text of this mail. The whole of it is attached.",
        ),
    };
    let fitted = adf::fit(body.with_first_paragraph(&from), adf::MAX_CHARS);
    Words {
        document: fitted.document.to_value(),
        whole: form == Form::Rich && !fitted.cut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &[u8] = b"From: Carl <carl@customer.example>\r\nSubject: x\r\n\r\nPaper jam\r\n";

    #[test]
    fn the_sender_stands_first_and_the_bare_form_says_where_the_words_are() {
        let mail = ParsedMail::parse(MAIL);
        let rich = of_issue(&mail, &ImageNames::none(), Form::Rich);
        let text = adf::to_text(&rich.document);
        assert!(
            text.starts_with("Mail from Carl <carl@customer.example>"),
            "{text}"
        );
        assert!(text.contains("Paper jam") && rich.whole);
        let bare = of_issue(&mail, &ImageNames::none(), Form::Bare);
        assert!(!adf::to_text(&bare.document).contains("Paper jam") && !bare.whole);
    }
}
