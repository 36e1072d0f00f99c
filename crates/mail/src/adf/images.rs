use std::collections::HashMap;

use crate::ParsedMail;

/// What an image in the HTML becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Image {
    /// The words `[image: name]`: the file is, or will be, an attachment of this name.
    Named(String),
    /// The image itself, at the address where Jira has it.
    At {
        /// The https address.
        url: String,
        /// The file's name, shown where the image cannot be.
        name: String,
    },
}

/// Which image each `cid:` address means.
#[derive(Clone, Debug, Default)]
pub struct ImageNames {
    by_content_id: HashMap<String, Image>,
}

impl ImageNames {
    /// Knows no image.
    pub fn none() -> Self {
        Self::default()
    }

    /// The attachments of a mail, by their names.
    pub fn of(mail: &ParsedMail) -> Self {
        let named = mail.attachments.iter().filter_map(|file| {
            let id = file.content_id.clone()?;
            Some((id, Image::Named(file.name.clone())))
        });
        Self {
            by_content_id: named.collect(),
        }
    }

    /// The attachment `name` was uploaded and stands at `url`: only https and http count.
    #[must_use]
    pub fn uploaded(mut self, name: &str, url: &str) -> Self {
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return self;
        }
        for image in self.by_content_id.values_mut() {
            if matches!(image, Image::Named(own) if own == name) {
                *image = Image::At {
                    url: url.to_owned(),
                    name: name.to_owned(),
                };
            }
        }
        self
    }

    /// Says what one Content-ID means.
    #[must_use]
    pub fn with(mut self, content_id: impl Into<String>, image: Image) -> Self {
        self.by_content_id.insert(content_id.into(), image);
        self
    }

    pub(super) fn get(&self, content_id: &str) -> Option<&Image> {
        self.by_content_id.get(content_id)
    }
}
