//! The rules as data: how mail programs begin the history. Each with where it was learned.

use std::sync::LazyLock;

use regex::Regex;

/// A line, or a few, that begin the history.
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) pattern: Regex,
    /// The pattern begins with a word of its own, not with whatever stands there.
    pub(super) anchored: bool,
}

/// Name and origin, pattern. Patterns are matched against one line, trimmed, and for attributions against up to
/// four lines joined by a space.
const ATTRIBUTIONS: &[(&str, &str)] = &[
    (
        "attribution en (Gmail, Apple Mail, Thunderbird: On DATE, NAME wrote:)",
        r"(?i)^on\b.{3,300}\bwrote\s*:?$",
    ),
    (
        "attribution (older Gmail, Yandex: DATE TIME NAME <ADDRESS>:)",
        r"^(\w{3,4}\.?,? )?\d{1,4}[-./ ]\w{2,5}\.?[-./ ]\d{2,4},?\s.{0,160}<\s*[^<>\s]+@[^<>\s]+\s*>\s*:?$",
    ),
    (
        "attribution (older Gmail: DATE TIME GMT NAME)",
        r"^\d{4}-\d{2}-\d{2} \d{1,2}:\d{2} GMT[+-]\d{2}:\d{2} .{1,80}$",
    ),
    (
        "attribution en (NAME wrote on DATE:)",
        r"(?i)^.{2,120}\s(wrote|writes)\s+(on|at)?\b.{3,120}:$",
    ),
    (
        "attribution en (DATE, NAME wrote:)",
        r"(?i)^.{0,80}\d{1,2}[:.]\d{2}.{0,160}\b(wrote|writes|sent)\s*:$",
    ),
    (
        "attribution en, de, pl, uk (NAME <ADDRESS> wrote:)",
        r"(?i)^.{0,160}<?[^\s<>]+@[^\s<>]+>.{0,40}\b(wrote|writes|sent|schrieb|skrev|napisał|пише|пишет|napsal)(\s+am\b.{3,80})?\S{0,4}\s*:$",
    ),
    (
        "attribution en (Zoho, Samsung: ---- NAME wrote ----)",
        r"(?i)^-{2,}\s*.{0,200}\bwrote\b.{0,40}-{2,}$",
    ),
    (
        "attribution de (Am DATE schrieb NAME:)",
        r"(?i)^am\b.{3,300}\bschrieb\b.{0,300}:?$",
    ),
    (
        "attribution fr (Le DATE, NAME a écrit :)",
        r"(?i)^le\b.{3,300}\ba\s+[ée]crit\s*:?$",
    ),
    (
        "attribution es (El DATE, NAME escribió:)",
        r"(?i)^el\b.{3,300}\bescribi[oó]\s*:?$",
    ),
    (
        "attribution it (Il giorno DATE NAME ha scritto:)",
        r"(?i)^il\b.{3,300}\bha\s+scritto\s*:?$",
    ),
    (
        "attribution pt (Em DATE, NAME escreveu:)",
        r"(?i)^(em|a)\b.{3,300}\bescreveu\s*:?$",
    ),
    (
        "attribution nl (Op DATE schreef NAME:)",
        r"(?i)^op\b.{3,300}\bschreef\b.{0,300}:?$",
    ),
    (
        "attribution nl (Apple Mail: Op DATE heeft NAME het volgende geschreven:)",
        r"(?i)^op\b.{3,300}\bgeschreven\s*:?$",
    ),
    (
        "attribution vi (Vào DATE, NAME đã viết:)",
        r"(?i)^(vào|lúc)\b.{3,300}\bđã viết\s*:?$",
    ),
    (
        "attribution pl (W dniu DATE NAME napisał:)",
        r"(?i)^(w\s+dniu|dnia)\b.{3,300}\b(napisał|pisze)\S{0,6}\s*:?$",
    ),
    (
        "attribution sv, no, da (Den DATE skrev NAME:)",
        r"(?i)^(den|på|fre|man|tir|ons|tor|lør|søn)\b.{3,300}\bskrev\b.{0,300}:?$",
    ),
    (
        "attribution ru (DATE пользователь NAME написал:)",
        r"(?i)^.{3,300}\bнаписал(а|\(а\))?\s*:?$",
    ),
    (
        "attribution zh, ja, ko (DATE NAME 写道：)",
        r"^.{3,300}(写道|寫道|のメール|작성)\s*[:：]$",
    ),
];

/// What every attribution has: one of its verbs, or an address. Looked for first, because it is quick.
const HINT: &str = r"(?i)wrote|writes|sent|schrieb|[ée]crit|escribi|scritto|escreveu|schreef|geschreven|viết|napisał|pisze|skrev|написал|пише|napsal|写道|寫道|のメール|작성|@|GMT";

const SPLITTERS: &[(&str, &str)] = &[
    (
        "splitter (our own notifications)",
        r"^#{2,}\s*(Please )?(reply|answer) above this line\s*#{2,}$",
    ),
    (
        "splitter (Outlook: -----Original Message-----)",
        r"(?i)^[-_=*\s>]{2,}\s*(original message|reply message|original appointment|ursprüngliche nachricht|originalnachricht|antwort nachricht|message d'origine|message original|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|oprindelig meddelelse|ursprungligt meddelande|opprinnelig melding|original-nachricht|pierwotna wiadomość|wiadomość oryginalna|исходное сообщение|原始邮件|原始郵件|元のメッセージ)\s*[-_=*\s]*$",
    ),
    (
        "splitter (Outlook mobile: a line of 32 underscores)",
        r"^_{30,}$",
    ),
];

/// A mail passed on: what stands below is the point of it.
pub(super) const FORWARDED: &str = r"(?i)^[-_=*\s>]*(begin forwarded message|anfang der weitergeleiteten (nachricht|e-mail)|forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht)\s*[-_=*\s:]*$";

/// A line of dashes and the like: it goes with the history below it.
pub(super) const RULER: &str = r"^[\s>]*([-_=*~#+]\s?){3,}$";

/// Labels of the header block that Outlook and others write, by what they say.
pub(super) const FROM: &str = r"(?i)^[\s>*_]*(from|von|de|da|van|fra|från|od|от|发件人|寄件者|差出人|de la|expéditeur|mittente|afzender)\s*[*_]*\s*[:：]";
pub(super) const OTHER_LABEL: &str = r"(?i)^[\s>*_]*(sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|date|à|objet|enviado( el)?|fecha|para|asunto|assunto|data|inviato|oggetto|a|verzonden|aan|onderwerp|sendt|til|emne|skickat|till|ämne|wysłano|do|temat|отправлено|дата|кому|тема|копия|发送时间|收件人|主题|日期|日時|宛先|件名|reply-to|importance|priority|organization|x-mailer)\s*[*_]*\s*[:：]";

pub(super) struct Rules {
    pub(super) attributions: Vec<Rule>,
    pub(super) splitters: Vec<Rule>,
    pub(super) hint: Option<Regex>,
    pub(super) forwarded: Option<Regex>,
    pub(super) ruler: Option<Regex>,
    pub(super) from: Option<Regex>,
    pub(super) other_label: Option<Regex>,
}

pub(super) static RULES: LazyLock<Rules> = LazyLock::new(|| Rules {
    attributions: compiled(ATTRIBUTIONS),
    splitters: compiled(SPLITTERS),
    hint: Regex::new(HINT).ok(),
    forwarded: Regex::new(FORWARDED).ok(),
    ruler: Regex::new(RULER).ok(),
    from: Regex::new(FROM).ok(),
    other_label: Regex::new(OTHER_LABEL).ok(),
});

/// A pattern that does not compile is no rule; a test says that there is none.
fn compiled(table: &'static [(&'static str, &'static str)]) -> Vec<Rule> {
    let rule = |(name, pattern): &(&'static str, &'static str)| {
        Some(Rule {
            name,
            pattern: Regex::new(pattern).ok()?,
            anchored: !pattern.trim_start_matches("(?i)").starts_with("^."),
        })
    };
    table.iter().filter_map(rule).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(RULES.attributions.len(), ATTRIBUTIONS.len());
        assert_eq!(RULES.splitters.len(), SPLITTERS.len());
        assert!(RULES.from.is_some() && RULES.other_label.is_some());
        assert!(RULES.hint.is_some() && RULES.forwarded.is_some() && RULES.ruler.is_some());
    }
}
