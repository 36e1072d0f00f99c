//! Which fields and properties a caller wants to see.

use serde_json::Value;

/// Names as REST takes them: `*all`, `*navigable`, `name`, `-name`.
#[derive(Clone, Debug)]
pub(crate) struct Selection {
    fields: Vec<String>,
    properties: Vec<String>,
}

impl Selection {
    /// From comma-separated lists; `default` where no field is named.
    pub(crate) fn new(fields: &[String], properties: &[String], default: &str) -> Self {
        let split = |all: &[String]| -> Vec<String> {
            all.iter()
                .flat_map(|one| one.split(','))
                .map(|name| name.trim().to_owned())
                .filter(|name| !name.is_empty())
                .collect()
        };
        let mut fields = split(fields);
        if fields.is_empty() {
            fields.push(default.to_owned());
        }
        Self {
            fields,
            properties: split(properties),
        }
    }

    /// Whether more than the id is wanted.
    pub(crate) fn asks_fields(&self) -> bool {
        self.fields.iter().any(|name| name != "id")
    }

    pub(crate) fn asks_properties(&self) -> bool {
        !self.properties.is_empty()
    }

    pub(crate) fn has_field(&self, name: &str) -> bool {
        let has = |wanted: &str| self.fields.iter().any(|field| field == wanted);
        let navigable = !matches!(name, "comment" | "attachment" | "description");
        let only_minus = self.fields.iter().all(|field| field.starts_with('-'));
        let included = has(name) || has("*all") || only_minus || navigable && has("*navigable");
        included && !has(&format!("-{name}"))
    }

    pub(crate) fn has_property(&self, key: &str) -> bool {
        self.properties
            .iter()
            .any(|wanted| wanted == "*all" || wanted == key)
    }
}

/// A list of names in a JSON body.
pub(crate) fn names(value: &Value) -> Vec<String> {
    let list = value.as_array().into_iter().flatten();
    list.filter_map(|one| one.as_str().map(str::to_owned))
        .collect()
}
