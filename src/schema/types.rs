//! Sets of JSON types, as the keyword `type` has them.

use json_document::{Kind, Node};

/// A set of JSON types: the bit of each kind, see [`Node::kind_bit`], and one for whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Types(u8);

/// JSON Schema's type names in the order in which messages list them.
const TYPE_NAMES: [(&str, &str, u8); 7] = [
    ("string", "a string", 1 << Kind::String as u8),
    ("integer", "a whole number", Types::INTEGER),
    ("number", "a number", 1 << Kind::Number as u8),
    ("boolean", "true or false", 1 << Kind::Boolean as u8),
    ("array", "an array", 1 << Kind::Array as u8),
    ("object", "an object", 1 << Kind::Object as u8),
    ("null", "null", 1 << Kind::Null as u8),
];

impl Types {
    const INTEGER: u8 = 1 << 7;
    /// Every set contains invalid values: each has its syntax error already.
    pub(super) const NONE: Self = Self(1 << Kind::Invalid as u8);
    pub(super) const ANY: Self = Self(u8::MAX);

    /// The set and one more type; `None` if JSON Schema has no type of that name.
    pub(super) fn with(self, name: &str) -> Option<Self> {
        let mut known = TYPE_NAMES.iter();
        let (_, _, bit) = known.find(|(known, ..)| *known == name)?;
        Some(Self(self.0 | bit))
    }

    /// Whether every value of this kind has one of the types; of numbers, also those with a fraction.
    pub(crate) const fn admits(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    /// Whether a value has one of the types, as far as its kind says.
    pub(super) const fn admits_node(self, node: &Node) -> bool {
        self.0 & node.kind_bit() != 0
    }

    /// The kinds of values that have one of the types, a bit each: see [`Node::kind_bit`].
    pub(super) const fn kinds(self) -> u8 {
        let number = if self.admits_integer() {
            1 << Kind::Number as u8
        } else {
            0
        };
        self.0 & !Self::INTEGER | number
    }

    /// Whether whole numbers have one of the types.
    pub(crate) const fn admits_integer(self) -> bool {
        self.0 & Self::INTEGER != 0
    }

    /// The types as messages name them: `a string or null`.
    pub(crate) fn phrase(self) -> String {
        let names: Vec<&str> = TYPE_NAMES
            .iter()
            .filter(|(.., bit)| self.0 & bit != 0)
            .map(|(_, phrase, _)| *phrase)
            .collect();
        join_or(&names)
    }
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn join_or(parts: &[&str]) -> String {
    match parts {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_list_types_in_one_order() {
        for (names, phrase) in [
            (&[][..], ""),
            (&["null"], "null"),
            (&["null", "string"], "a string or null"),
            (
                &["null", "integer", "boolean"],
                "a whole number, true or false or null",
            ),
        ] {
            let types = names.iter().fold(Types::NONE, |types, name| {
                types.with(name).expect("a type of JSON Schema")
            });
            assert_eq!(types.phrase(), phrase);
        }
        assert_eq!(Types::NONE.with("date"), None);
    }

    #[test]
    fn integers_are_not_all_numbers() {
        let integers = Types::NONE.with("integer").expect("a type");
        assert!(integers.admits_integer() && !integers.admits(Kind::Number));
        let numbers = Types::NONE.with("number").expect("a type");
        assert!(numbers.admits(Kind::Number) && !numbers.admits_integer());
        assert!(numbers.admits(Kind::Invalid), "it has a syntax error");
    }
}
