//! Understanding mail: what it says, what in it is new, which thread it belongs to, whether a machine wrote it,
//! and what it looks like in Jira. No I/O: bytes in, values out, and every input gives a value.
//!
//! ```
//! use postroom_mail::{ParsedMail, adf, reply, thread};
//!
//! let mail = ParsedMail::parse(b"From: Ann <ann@example.com>\r\nSubject: Re: Printer\r\n\r\nIt works.\r\n\r\nOn Mon, Bob <bob@example.com> wrote:\r\n> Does it?\r\n");
//! assert_eq!(thread::summary(&mail.subject), "Re: Printer");
//! let visible = reply::visible(&mail);
//! assert_eq!(visible.text, "It works.");
//! let document = adf::fit(adf::from_text(&visible.text), adf::MAX_CHARS).document;
//! assert_eq!(document.to_value()["content"][0]["content"][0]["text"], "It works.");
//! ```

mod address;
mod attachment;
mod automatic;
mod charset;
mod hash;
mod html;
mod parsed;
mod problem;

pub mod adf;
pub mod compose;
pub mod inspect;
pub mod mime;
pub mod reply;
pub mod thread;

pub use address::Address;
pub use attachment::Attachment;
pub use automatic::{Automatic, Kind};
pub use hash::content_hash;
pub use parsed::ParsedMail;
pub use problem::Problem;
