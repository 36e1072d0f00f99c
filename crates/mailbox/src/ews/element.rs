//! Writing a request: a small tree of elements, and the SOAP envelope around it.

use std::borrow::Cow;
use std::io;

use bytes::Bytes;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::MailboxError;

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const MESSAGES: &str = "http://schemas.microsoft.com/exchange/services/2006/messages";
const TYPES: &str = "http://schemas.microsoft.com/exchange/services/2006/types";

/// The schema that we write. Later ones change nothing in what we use, and Exchange 2013 SP1 knows it.
const VERSION: &str = "Exchange2013_SP1";

/// An element with attributes, and children or a text. The names are ours; values and texts are escaped.
#[derive(Clone, Debug)]
pub(crate) struct Element<'a> {
    name: &'static str,
    attributes: Vec<(&'static str, Cow<'a, str>)>,
    text: Cow<'a, str>,
    children: Vec<Element<'a>>,
}

/// An element without anything in it yet.
pub(crate) fn element<'a>(name: &'static str) -> Element<'a> {
    Element {
        name,
        attributes: Vec::new(),
        text: Cow::Borrowed(""),
        children: Vec::new(),
    }
}

impl<'a> Element<'a> {
    pub(crate) fn attribute(mut self, name: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub(crate) fn text(mut self, text: impl Into<Cow<'a, str>>) -> Self {
        self.text = text.into();
        self
    }

    pub(crate) fn child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    pub(crate) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// The request around this element of a SOAP body.
    ///
    /// # Errors
    /// [`MailboxError::Unwritable`] when a value holds a character that XML does not have.
    pub(crate) fn into_request(self) -> Result<Bytes, MailboxError> {
        let version = element("t:RequestServerVersion").attribute("Version", VERSION);
        let envelope = element("s:Envelope")
            .attribute("xmlns:s", SOAP)
            .attribute("xmlns:m", MESSAGES)
            .attribute("xmlns:t", TYPES)
            .child(element("s:Header").child(version))
            .child(element("s:Body").child(self));
        if !envelope.is_writable() {
            return Err(MailboxError::Unwritable);
        }
        let mut writer = Writer::new(Vec::new());
        let declaration = BytesDecl::new("1.0", Some("utf-8"), None);
        writer
            .write_event(Event::Decl(declaration))
            .and_then(|()| envelope.write(&mut writer))
            .map_err(|_| MailboxError::Unwritable)?;
        Ok(Bytes::from(writer.into_inner()))
    }

    fn is_writable(&self) -> bool {
        let values = self.attributes.iter().map(|(_, value)| value);
        values
            .chain([&self.text])
            .all(|text| text.chars().all(is_xml))
            && self.children.iter().all(Self::is_writable)
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let attributes = self.attributes.iter();
        let start = BytesStart::new(self.name)
            .with_attributes(attributes.map(|(name, value)| (*name, value.as_ref())));
        writer.write_event(Event::Start(start))?;
        if !self.text.is_empty() {
            writer.write_event(Event::Text(BytesText::new(&self.text)))?;
        }
        for child in &self.children {
            child.write(writer)?;
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}

/// `Char` of XML 1.0, section 2.2.
pub(super) fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(element: Element<'_>) -> String {
        String::from_utf8(element.into_request().unwrap().to_vec()).unwrap()
    }

    #[test]
    fn values_and_texts_cannot_leave_their_place() {
        let request = written(
            element("m:X")
                .attribute("Id", "\"/><m:Evil a=\"'&")
                .child(element("t:Y").text("</t:Y><m:Evil>]]>&amp;")),
        );
        let read = roxmltree::Document::parse(&request).unwrap();
        let x = read
            .descendants()
            .find(|node| node.has_tag_name("X"))
            .unwrap();
        assert_eq!(x.attribute("Id"), Some("\"/><m:Evil a=\"'&"));
        assert_eq!(
            x.first_child().unwrap().text(),
            Some("</t:Y><m:Evil>]]>&amp;")
        );
        assert!(!read.descendants().any(|node| node.has_tag_name("Evil")));
    }

    #[test]
    fn what_xml_cannot_carry_is_refused() {
        for text in ["a\0b", "\u{1}", "\u{ffff}"] {
            let request = element("m:X")
                .child(element("t:Y").text(text))
                .into_request();
            assert!(matches!(request, Err(MailboxError::Unwritable)), "{text:?}");
        }
        let tab = element("m:X").attribute("Id", "\u{b}").into_request();
        assert!(matches!(tab, Err(MailboxError::Unwritable)));
        assert!(written(element("m:X").text("naïve 🦀\t")).contains("naïve 🦀\t"));
    }
}
