//! Reading request elements as strictly as the schema has them.

use roxmltree::Node;

use super::Problem;

/// Namespace of operations and what is directly in them.
pub(super) const MESSAGES: &str = "http://schemas.microsoft.com/exchange/services/2006/messages";
/// Namespace of everything below.
pub(super) const TYPES: &str = "http://schemas.microsoft.com/exchange/services/2006/types";
/// SOAP 1.1.
pub(super) const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// The child elements.
pub(super) fn elements<'a, 'i>(parent: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    parent.children().filter(Node::is_element)
}

/// The children of a sequence: of this namespace, of these names, each once at most and in this order.
pub(super) fn sequence<'a, 'i, const N: usize>(
    parent: Node<'a, 'i>,
    namespace: &str,
    names: [&str; N],
) -> Result<[Option<Node<'a, 'i>>; N], Problem> {
    let mut found = [None; N];
    let mut next = 0;
    for child in elements(parent) {
        let name = child.tag_name().name();
        let here = names[next..].iter().position(|known| *known == name);
        let place = here
            .filter(|_| child.tag_name().namespace() == Some(namespace))
            .ok_or_else(|| invalid_child(parent, child))?;
        found[next + place] = Some(child);
        next += place + 1;
    }
    Ok(found)
}

/// The children of a list, each of one of these names in the types' namespace; at least one.
pub(super) fn list<'a, 'i>(
    parent: Node<'a, 'i>,
    names: &[&str],
) -> Result<Vec<Node<'a, 'i>>, Problem> {
    let children: Vec<_> = elements(parent).collect();
    for child in &children {
        let known =
            child.tag_name().namespace() == Some(TYPES) && names.contains(&child.tag_name().name());
        if !known {
            return Err(invalid_child(parent, *child));
        }
    }
    if children.is_empty() {
        return Err(incomplete(parent, names.first().unwrap_or(&"element")));
    }
    Ok(children)
}

/// What must be there.
pub(super) fn needed<'a, 'i>(
    found: Option<Node<'a, 'i>>,
    parent: Node<'_, '_>,
    name: &str,
) -> Result<Node<'a, 'i>, Problem> {
    found.ok_or_else(|| incomplete(parent, name))
}

/// An attribute that must be there.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Result<&'a str, Problem> {
    node.attribute(name).ok_or_else(|| {
        Problem::schema(format_args!(
            "The required attribute '{name}' is missing from '{}'.",
            node.tag_name().name()
        ))
    })
}

/// One of the values that an attribute may have.
pub(super) fn one_of<'a>(
    node: Node<'a, '_>,
    name: &str,
    values: &[&str],
) -> Result<&'a str, Problem> {
    let value = attribute(node, name)?;
    match values.contains(&value) {
        true => Ok(value),
        false => Err(invalid_value(name, value)),
    }
}

/// The text of an element, trimmed.
pub(super) fn text<'a>(node: Node<'a, '_>) -> &'a str {
    node.text().unwrap_or_default().trim()
}

/// `true` or `false` as XML Schema writes them.
pub(super) fn boolean(node: Node<'_, '_>) -> Result<bool, Problem> {
    flag(node.tag_name().name(), text(node))
}

pub(super) fn flag(name: &str, value: &str) -> Result<bool, Problem> {
    match value {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        other => Err(invalid_value(name, other)),
    }
}

pub(super) fn number(name: &str, value: &str) -> Result<usize, Problem> {
    value.parse().map_err(|_| invalid_value(name, value))
}

pub(super) fn invalid_value(name: &str, value: &str) -> Problem {
    Problem::schema(format_args!(
        "The '{name}' element is invalid - The value '{value}' is invalid according to its datatype."
    ))
}

pub(super) fn invalid_child(parent: Node<'_, '_>, child: Node<'_, '_>) -> Problem {
    Problem::schema(format_args!(
        "The element '{}' has invalid child element '{}' in namespace '{}'.",
        parent.tag_name().name(),
        child.tag_name().name(),
        child.tag_name().namespace().unwrap_or_default(),
    ))
}

fn incomplete(parent: Node<'_, '_>, name: &str) -> Problem {
    Problem::schema(format_args!(
        "The element '{}' has incomplete content. Expected: '{name}'.",
        parent.tag_name().name()
    ))
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn read(xml: &str) -> Result<Vec<bool>, Problem> {
        let document = Document::parse(xml).unwrap();
        let found = sequence(document.root_element(), "n", ["a", "b", "c"])?;
        Ok(found.iter().map(Option::is_some).collect())
    }

    #[test]
    fn a_sequence_keeps_its_order_and_its_namespace() {
        assert_eq!(
            read(r#"<x xmlns="n"><a/><c/></x>"#),
            Ok(vec![true, false, true])
        );
        assert!(read(r#"<x xmlns="n"><c/><a/></x>"#).is_err());
        assert!(read(r#"<x xmlns="n"><a/><a/></x>"#).is_err());
        assert!(read(r#"<x xmlns="n"><a xmlns="other"/></x>"#).is_err());
        assert!(read(r#"<x xmlns="n"><d/></x>"#).is_err());
    }
}
