//! What a payload is wrapped in, and what is said of it.

use json_document::Span;

use crate::text::escape::in_quotes;

/// What a payload is wrapped in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wrapper {
    Utf16 {
        is_little_endian: bool,
    },
    Utf32,
    HtmlPage,
    Markup,
    Fence,
    QuotedLines,
    Assignment,
    Call,
    AntiHijacking,
    HttpHeaders,
    LogPrefix,
    ByteOrderMarks,
    Nul,
    AnsiCodes,
    Prose,
    /// A member, by its name.
    Member(String),
    /// An array with so many payloads.
    List(usize),
    /// So many payloads, one after the other.
    Several(usize),
    JsonString,
    StringLiteral,
    HtmlEscaped,
    PercentEncoded,
    Conflict,
    Template,
    Python,
    Php,
    Ruby,
    Java,
}

impl Wrapper {
    /// What is said of the payload, with `{member}` and `{count}` for the values.
    pub(super) fn clause(&self) -> &'static str {
        match self {
            Self::Utf16 {
                is_little_endian: true,
            } => "is UTF-16, little-endian",
            Self::Utf16 {
                is_little_endian: false,
            } => "is UTF-16, big-endian",
            Self::Utf32 => "is UTF-32",
            Self::HtmlPage => "is missing: the text is an HTML page",
            Self::Markup => "is in HTML or XML",
            Self::Fence => "is in a Markdown fence",
            Self::QuotedLines => "has a > before each line",
            Self::Assignment => "is assigned to a variable",
            Self::Call => "is the argument of a call",
            Self::AntiHijacking => "has a prefix against JSON hijacking",
            Self::HttpHeaders => "is behind HTTP headers",
            Self::LogPrefix => "is behind the prefix of a log line",
            Self::ByteOrderMarks => "has more than one byte order mark (U+FEFF) before it",
            Self::Nul => "has NUL characters (U+0000) before it",
            Self::AnsiCodes => "has colour codes of a terminal in it",
            Self::Prose => "has other text around it",
            Self::Member(_) => "is in the member {member}",
            Self::List(1) => "is in an array",
            Self::List(_) => "is one of {count} in an array",
            Self::Several(_) => "is one of {count} that follow one another",
            Self::JsonString => "is encoded twice: it is a string that contains JSON",
            Self::StringLiteral => "is in the string of a program",
            Self::HtmlEscaped => "has HTML entities, such as &quot;, for its quotes",
            Self::PercentEncoded => "is percent-encoded",
            Self::Conflict => "has the markers of a merge conflict",
            Self::Template => "is a template that was not rendered",
            Self::Python => "is what Python prints, not JSON",
            Self::Php => "is what PHP prints, not JSON",
            Self::Ruby => "is what Ruby prints, not JSON",
            Self::Java => "is what Java prints of a map, not JSON",
        }
    }

    /// The clause with its value.
    pub(super) fn message(&self) -> String {
        let clause = self.clause();
        match self {
            Self::Member(name) => clause.replace("{member}", &in_quotes(name)),
            Self::List(count) | Self::Several(count) => {
                clause.replace("{count}", &count.to_string())
            }
            _ => clause.to_owned(),
        }
    }

    /// What to do about it.
    pub(super) fn help(&self) -> String {
        match self {
            Self::Utf16 { .. } | Self::Utf32 => "save it as UTF-8",
            Self::HtmlPage => "an error page may have been saved in place of the payload",
            Self::Member(name) => {
                return format!("send what is in {} as the body", in_quotes(name));
            }
            Self::List(1) => "send the object without the array",
            Self::List(_) | Self::Several(_) => {
                "send each in a request of its own; in a .jsonl file, each line is a payload"
            }
            Self::JsonString => "encode it once: send the object, not a string that contains it",
            Self::HtmlEscaped => "send it as it was before it was escaped for HTML",
            Self::PercentEncoded => "send it as the body, with Content-Type: application/json",
            Self::Conflict => "choose one side and remove the markers; the first side was checked",
            Self::Template => "render the template, and check what comes out",
            Self::Python => "write it with json.dumps",
            Self::Php => "write it with json_encode",
            Self::Ruby => "write it with to_json",
            Self::Java => "write it with a JSON library, such as Jackson",
            _ => "send the payload alone: remove what is around it",
        }
        .to_owned()
    }
}

/// What is around the payload of a text. Spans are those of the outer text.
#[derive(Debug)]
pub(crate) struct Wrapping {
    /// From the outside to the inside.
    pub(crate) wrappers: Vec<Wrapper>,
    pub(crate) place: Span,
    /// Edits that leave the payload alone.
    pub(crate) edits: Vec<(Span, String)>,
}
