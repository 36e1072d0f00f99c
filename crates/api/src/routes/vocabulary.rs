//! Closed sets of words of other crates, as the OpenAPI document describes them.

/// An enum with the variants of another: the same words in JSON, and a description.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident of $other:ty { $($(#[$variant_doc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum $name {
            $($(#[$variant_doc])* $variant),+
        }

        impl From<$other> for $name {
            fn from(other: $other) -> Self {
                match other {
                    $(<$other>::$variant => Self::$variant),+
                }
            }
        }

        impl From<$name> for $other {
            fn from(word: $name) -> Self {
                match word {
                    $($name::$variant => Self::$variant),+
                }
            }
        }
    };
}

pub(crate) use words;
