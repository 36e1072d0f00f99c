use serde::Serialize;

/// Who and what the words of a row are filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names<'a> {
    /// The mailbox's address.
    pub mailbox: &'a str,
    /// Who signed in.
    pub signer: &'a str,
    /// The application (client) id of the app registration.
    pub client_id: &'a str,
    /// Where an administrator of this cloud looks after users and licences.
    pub admin_center: &'a str,
}

/// What a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FixKind {
    /// A command of Exchange Online PowerShell.
    Command,
    /// A page to open.
    Link,
    /// Something to do, in words.
    Step,
}

/// One step out of a failure, with places for names: `{mailbox}`, `{signer}`, `{client_id}`, `{admin_center}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixTemplate {
    /// What it is.
    pub kind: FixKind,
    /// A few words.
    pub label: &'static str,
    /// The command, or the words.
    pub text: &'static str,
    /// The page.
    pub url: Option<&'static str>,
}

/// One step out of a failure, ready to be copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What it is.
    pub kind: FixKind,
    /// A few words.
    pub label: String,
    /// The command, or the words.
    pub text: String,
    /// The page.
    pub url: Option<String>,
}

impl FixTemplate {
    pub(crate) const fn command(label: &'static str, text: &'static str) -> Self {
        Self {
            kind: FixKind::Command,
            label,
            text,
            url: None,
        }
    }

    pub(crate) const fn step(label: &'static str, text: &'static str) -> Self {
        Self {
            kind: FixKind::Step,
            label,
            text,
            url: None,
        }
    }

    pub(crate) const fn link(label: &'static str, text: &'static str, url: &'static str) -> Self {
        Self {
            kind: FixKind::Link,
            label,
            text,
            url: Some(url),
        }
    }

    /// The step with the names in it. In a command, addresses are quoted: an administrator pastes it.
    pub fn fill(&self, names: &Names<'_>) -> Fix {
        let text = match self.kind {
            FixKind::Command => filled(self.text, names, quoted),
            FixKind::Link | FixKind::Step => filled(self.text, names, str::to_owned),
        };
        Fix {
            kind: self.kind,
            label: self.label.to_owned(),
            text,
            url: self.url.map(|url| filled(url, names, str::to_owned)),
        }
    }
}

impl Names<'_> {
    /// Words with the names in them.
    pub(crate) fn say(&self, words: &str) -> String {
        filled(words, self, str::to_owned)
    }
}

fn filled(text: &str, names: &Names<'_>, address: fn(&str) -> String) -> String {
    let id = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    // Piece by piece: a name that looks like a place is not filled again.
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (place, tail) = after.split_once('}').unwrap_or((after, ""));
        match place {
            "mailbox" => filled.push_str(&address(names.mailbox)),
            "signer" => filled.push_str(&address(names.signer)),
            "client_id" => filled.extend(names.client_id.chars().filter(id)),
            "admin_center" => filled.push_str(names.admin_center),
            other => filled.extend(["{", other, "}"]),
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

/// A literal of PowerShell, in which nothing is expanded. It takes typographic quotes for quotes, too
/// (Microsoft: "about_Quoting_Rules").
fn quoted(name: &str) -> String {
    let mut literal = String::from("'");
    for c in name.chars().filter(|c| !c.is_control()) {
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            literal.push(c);
        }
        literal.push(c);
    }
    literal.push('\'');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<'a>(mailbox: &'a str, signer: &'a str) -> Names<'a> {
        Names {
            mailbox,
            signer,
            client_id: "1-a\"; Remove-Mailbox",
            admin_center: "https://admin.example",
        }
    }

    #[test]
    fn a_name_cannot_leave_its_place_in_a_command() {
        let grant = FixTemplate::command(
            "x",
            "Add -Identity {mailbox} -User {signer} \"{client_id}\"",
        );
        let filled = grant.fill(&names(
            "a'; rm $(x)\u{2019}\n@b.example",
            "{mailbox}@c.example",
        ));
        assert_eq!(
            filled.text,
            "Add -Identity 'a''; rm $(x)\u{2019}\u{2019}@b.example' -User '{mailbox}@c.example' \"1-aRemove-Mailbox\""
        );
    }

    #[test]
    fn words_and_pages_are_filled_plainly() {
        let link = FixTemplate::link("x", "Open {mailbox} {unknown}", "{admin_center}/users");
        let filled = link.fill(&names("help@contoso.example", ""));
        assert_eq!(filled.text, "Open help@contoso.example {unknown}");
        assert_eq!(filled.url.as_deref(), Some("https://admin.example/users"));
    }
}
