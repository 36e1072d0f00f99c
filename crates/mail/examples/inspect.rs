//! The back ends of `postroom mail` on paths from stdin, a JSON line each:
//! `inspect show`, `inspect reply [--mode quotes|full]`, `inspect adf`.

use std::io::{BufRead as _, Write as _};

use postroom_mail::{
    inspect::{self, Source},
    reply::Extent,
};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let extent = if arguments.iter().any(|argument| argument == "full") {
        Extent::Full
    } else {
        Extent::Quotes
    };
    let mut out = std::io::stdout().lock();
    for path in std::io::stdin().lock().lines() {
        let path = path?;
        let raw = std::fs::read(&path)?;
        let kind = Source::of_name(&path);
        let mut line = match arguments.first().map(String::as_str) {
            Some("reply") => inspect::reply(&raw, kind, extent),
            Some("adf") => inspect::adf(&raw, kind),
            _ => inspect::show(&raw),
        };
        line["path"] = path.into();
        writeln!(out, "{line}")?;
    }
    Ok(())
}
