//! Facts of a finding for programs: what its message says beside the value at its place.

use serde::Serialize;

/// Declares the fields with name, type and description in one place.
macro_rules! fields {
    ($(#[doc = $outer:literal])+ $name:ident: $($(#[doc = $doc:literal])+ $field:ident = ($text:literal, $type:ident),)+) => {
        $(#[doc = $outer])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $doc])+ $field,)+
        }

        impl $name {
            /// All fields, in the order of a report.
            #[cfg(feature = "cli")]
            pub(crate) const ALL: &[Self] = &[$(Self::$field),+];

            /// The name in a report.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$field => $text,)+
                }
            }

            /// The type of its values.
            #[must_use]
            pub const fn data_type(self) -> DataType {
                match self {
                    $(Self::$field => DataType::$type,)+
                }
            }

            /// What it is, in one sentence.
            #[cfg(feature = "cli")]
            pub(crate) fn description(self) -> &'static str {
                let text = match self {
                    $(Self::$field => concat!($($doc),+),)+
                };
                text.trim_start()
            }
        }
    };
}

fields! {
    /// Names a fact of a finding. Each rule declares which of them its findings have.
    DataField:
        /// The part of the message that differs from finding to finding: one of the clauses that the rule declares.
        Reason = ("reason", String),
        /// Several such clauses, where more than one thing is wrong.
        Faults = ("faults", Strings),
        /// The member that is missing, unknown, double or meant.
        Member = ("member", String),
        /// The members that exclude one another.
        Members = ("members", Strings),
        /// The collection that a reference names, such as `rooms`.
        Collection = ("collection", String),
        /// The collection of the other resource.
        OtherCollection = ("other_collection", String),
        /// The own key of the resource.
        Key = ("key", String),
        /// The other value that the one at the place is held against.
        Other = ("other", String),
        /// The file that has the other value.
        File = ("file", String),
        /// The JSON Schema keyword that the value breaks.
        Keyword = ("keyword", String),
        /// What the value should be.
        Expected = ("expected", String),
        /// What the value is, or has.
        Found = ("found", String),
        /// How long the value is or how many there are; the message names the unit.
        Count = ("count", Integer),
        /// How long it may be or how many there may be.
        Limit = ("limit", Integer),
        /// The IANA time zone of the space.
        TimeZone = ("time_zone", String),
        /// The clock time there.
        Time = ("time", String),
        /// How many minutes a clock is ahead of UTC; negative behind it.
        Minutes = ("minutes", Integer),
        /// What is probably intended.
        Suggestion = ("suggestion", String),
}

/// What type the values of a field have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DataType {
    /// A string.
    String,
    /// A whole number.
    Integer,
    /// A list of strings.
    Strings,
}

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum DataValue {
    /// [`DataType::String`]
    String(String),
    /// [`DataType::Integer`]
    Integer(i64),
    /// [`DataType::Strings`]
    Strings(Vec<String>),
}

/// Facts of a finding for programs, such as those that translate messages. Values of the payload are left out of a redacted report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Data(Vec<(DataField, DataValue)>);

impl Data {
    /// Whether no fact is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All facts, in the order of [`DataField`].
    pub fn iter(&self) -> impl Iterator<Item = (DataField, &DataValue)> {
        self.0.iter().map(|(field, value)| (*field, value))
    }

    /// A fact.
    #[must_use]
    pub fn get(&self, field: DataField) -> Option<&DataValue> {
        self.iter()
            .find(|(of, _)| *of == field)
            .map(|(_, value)| value)
    }

    /// A fact that is a string.
    #[must_use]
    pub fn string(&self, field: DataField) -> Option<&str> {
        match self.get(field) {
            Some(DataValue::String(text)) => Some(text),
            _ => None,
        }
    }

    /// A fact that is a number.
    #[must_use]
    pub fn integer(&self, field: DataField) -> Option<i64> {
        match self.get(field) {
            Some(DataValue::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    /// Leaves out the facts that are a text.
    pub(super) fn remove(&mut self, text: &str) {
        self.0.retain_mut(|(_, value)| match value {
            DataValue::String(one) => one != text,
            DataValue::Strings(list) => {
                list.retain(|one| one != text);
                true
            }
            DataValue::Integer(_) => true,
        });
    }

    /// Once, and not in each place that reports.
    #[inline(never)]
    pub(super) fn set(&mut self, field: DataField, value: DataValue) {
        let at = self.0.partition_point(|(other, _)| *other < field);
        match self.0.get_mut(at) {
            Some((other, old)) if *other == field => *old = value,
            _ => self.0.insert(at, (field, value)),
        }
    }
}
