//! Slips of syntax as people and programs make them: what is said of each, what its fix makes of
//! the text, and that the rest of the text is still read.

use json_document::{Document, SyntaxErrorKind};
use seamlint::report::Safety;
use seamlint::{Diagnostic, Linter, Severity};

use Safety::{Safe, Unsafe};
use SyntaxErrorKind::{
    BareName, BareWord, ByteOrderMark, Comment, ControlCharacter, Empty, ExtraComma,
    ForeignLiteral, InvalidEscape, InvalidNumber, InvalidUnicodeEscape, LeadingZero, LoneSurrogate,
    MismatchedCloser, MissingColon, MissingComma, MissingValue, NameNotString, NestingTooDeep,
    NoExponentDigits, NoFractionDigits, NoIntegerPart, NotFinite, PlusSign, SingleQuotes,
    TextAfterValue, TooLarge, TooManyNames, TrailingComma, Unclosed, UnexpectedCharacter,
    UnterminatedString,
};

/// The codes that stand for problems of the text itself.
const TEXT_CODES: [&str; 4] = [
    "json-syntax",
    "invalid-unicode",
    "byte-order-mark",
    "nesting-too-deep",
];

/// One slip in a text; and what is said of it.
struct Slip {
    kind: SyntaxErrorKind,
    /// Where it says `"sites":5`, that has to be found too.
    text: &'static str,
    /// Pointer, and the text under the span.
    at: (&'static str, &'static str),
    message: &'static str,
    help: &'static str,
    /// The whole text after the fix.
    fix: Option<(Safety, &'static str)>,
}

const LATER: &str = "\"sites\":5";

#[rustfmt::skip]
#[expect(clippy::needless_raw_string_hashes, reason = "one form for all rows")]
const SLIPS: &[Slip] = &[
    Slip { kind: Empty, text: "", at: ("", ""), message: "the text is empty", help: r#"a payload is an object with customer_key: { "customer_key": "…" }"#, fix: None },
    Slip { kind: Empty, text: " \n", at: ("", ""), message: "the text is empty", help: r#"a payload is an object with customer_key: { "customer_key": "…" }"#, fix: None },
    Slip { kind: ByteOrderMark, text: "\u{feff}{\"customer_key\":\"c\",\"x\":1,\"sites\":5}", at: ("", "\u{feff}"), message: "the text starts with a byte order mark (U+FEFF)", help: "save the file as UTF-8 without a byte order mark", fix: Some((Safe, r#"{"customer_key":"c","x":1,"sites":5}"#)) },
    Slip { kind: TrailingComma, text: r#"{"customer_key":"c","x":[1,],"sites":5}"#, at: ("/x", ","), message: "a comma stands after the last value", help: "JSON has no trailing commas: remove it", fix: Some((Safe, r#"{"customer_key":"c","x":[1],"sites":5}"#)) },
    Slip { kind: TrailingComma, text: r#"{"customer_key":"c","sites":5,}"#, at: ("", ","), message: "a comma stands after the last value", help: "JSON has no trailing commas: remove it", fix: Some((Safe, r#"{"customer_key":"c","sites":5}"#)) },
    Slip { kind: TrailingComma, text: r#"{"customer_key":"c","x":[1, ],"sites":5}"#, at: ("/x", ","), message: "a comma stands after the last value", help: "JSON has no trailing commas: remove it", fix: Some((Safe, r#"{"customer_key":"c","x":[1 ],"sites":5}"#)) },
    Slip { kind: ExtraComma, text: r#"{"customer_key":"c","x":[1,,2],"sites":5}"#, at: ("/x", ","), message: "a comma stands where a value is due", help: "remove the comma, or write the value that is missing before it", fix: Some((Unsafe, r#"{"customer_key":"c","x":[1,2],"sites":5}"#)) },
    Slip { kind: ExtraComma, text: r#"{"customer_key":"c","x":[,1],"sites":5}"#, at: ("/x", ","), message: "a comma stands where a value is due", help: "remove the comma, or write the value that is missing before it", fix: Some((Unsafe, r#"{"customer_key":"c","x":[1],"sites":5}"#)) },
    Slip { kind: ExtraComma, text: r#"{"customer_key":"c",,"sites":5}"#, at: ("", ","), message: "a comma stands where a value is due", help: "remove the comma, or write the value that is missing before it", fix: Some((Unsafe, r#"{"customer_key":"c","sites":5}"#)) },
    Slip { kind: ExtraComma, text: r#"{"customer_key":"c","x":1,,"sites":5}"#, at: ("", ","), message: "a comma stands where a value is due", help: "remove the comma, or write the value that is missing before it", fix: Some((Unsafe, r#"{"customer_key":"c","x":1,"sites":5}"#)) },
    Slip { kind: MissingComma, text: r#"{"customer_key":"c" "sites":5}"#, at: ("", ""), message: "a comma is missing", help: "write a comma between two values", fix: Some((Safe, r#"{"customer_key":"c", "sites":5}"#)) },
    Slip { kind: MissingComma, text: "{\"customer_key\":\"c\"\n\"sites\":5}", at: ("", ""), message: "a comma is missing", help: "write a comma between two values", fix: Some((Safe, "{\"customer_key\":\"c\",\n\"sites\":5}")) },
    Slip { kind: MissingComma, text: r#"{"customer_key":"c","x":[{} {}],"sites":5}"#, at: ("/x", ""), message: "a comma is missing", help: "write a comma between two values", fix: Some((Safe, r#"{"customer_key":"c","x":[{}, {}],"sites":5}"#)) },
    Slip { kind: MissingComma, text: r#"{"customer_key":"c","x":[1 2],"sites":5}"#, at: ("/x", ""), message: "a comma is missing", help: "write a comma between two values", fix: Some((Unsafe, r#"{"customer_key":"c","x":[1, 2],"sites":5}"#)) },
    Slip { kind: MissingComma, text: r#"{"customer_key":"c","x":["a" "b"],"sites":5}"#, at: ("/x", ""), message: "a comma is missing", help: "write a comma between two values", fix: Some((Unsafe, r#"{"customer_key":"c","x":["a", "b"],"sites":5}"#)) },
    Slip { kind: MissingColon, text: r#"{"customer_key" "c","sites":5}"#, at: ("", ""), message: "a colon is missing after the member's name", help: r#"write the member as "name": value"#, fix: None },
    Slip { kind: MissingColon, text: r#"{"customer_key" = "c","sites":5}"#, at: ("", "="), message: "= stands where a colon is due", help: "JSON writes a colon between name and value", fix: Some((Safe, r#"{"customer_key" : "c","sites":5}"#)) },
    Slip { kind: MissingColon, text: r#"{"customer_key" => "c","sites":5}"#, at: ("", "=>"), message: "=> stands where a colon is due", help: "JSON writes a colon between name and value", fix: Some((Safe, r#"{"customer_key" : "c","sites":5}"#)) },
    Slip { kind: MissingColon, text: r#"{"customer_key"; "c","sites":5}"#, at: ("", ";"), message: "; stands where a colon is due", help: "JSON writes a colon between name and value", fix: Some((Safe, r#"{"customer_key": "c","sites":5}"#)) },
    Slip { kind: MissingColon, text: r#"{"customer_key","sites":5}"#, at: ("/customer_key", ""), message: "colon and value are missing after the member's name", help: r#"write the member as "name": value"#, fix: None },
    Slip { kind: MissingValue, text: r#"{"customer_key":,"sites":5}"#, at: ("/customer_key", ""), message: "a value is missing", help: "write the value, or remove the member", fix: None },
    Slip { kind: MissingValue, text: r#"{"customer_key":"c","x":,"sites":5}"#, at: ("/x", ""), message: "a value is missing", help: "write the value, or remove the member", fix: None },
    Slip { kind: Comment, text: "// c\n{\"customer_key\":\"c\",\"sites\":5}", at: ("", "// c"), message: "a comment stands in the text", help: "JSON has no comments: remove it", fix: Some((Unsafe, "\n{\"customer_key\":\"c\",\"sites\":5}")) },
    Slip { kind: Comment, text: r#"{"customer_key":"c","x":1 /* c */,"sites":5}"#, at: ("", "/* c */"), message: "a comment stands in the text", help: "JSON has no comments: remove it", fix: Some((Unsafe, r#"{"customer_key":"c","x":1 ,"sites":5}"#)) },
    Slip { kind: Comment, text: "{\"customer_key\":\"c\",\"x\":1 # c\n,\"sites\":5}", at: ("", "# c"), message: "a comment stands in the text", help: "JSON has no comments: remove it", fix: Some((Unsafe, "{\"customer_key\":\"c\",\"x\":1 \n,\"sites\":5}")) },
    Slip { kind: Comment, text: r#"{"customer_key":"c","sites":5} /* c"#, at: ("", "/* c"), message: "a comment stands in the text", help: "JSON has no comments: remove it", fix: Some((Unsafe, r#"{"customer_key":"c","sites":5} "#)) },
    Slip { kind: SingleQuotes, text: r#"{"customer_key":"c","x":'a',"sites":5}"#, at: ("/x", "'a'"), message: "a string stands in single quotes", help: "JSON strings have double quotes", fix: Some((Safe, r#"{"customer_key":"c","x":"a","sites":5}"#)) },
    Slip { kind: SingleQuotes, text: r#"{"customer_key":"c","x":'it\'s',"sites":5}"#, at: ("/x", r#"'it\'s'"#), message: "a string stands in single quotes", help: "JSON strings have double quotes", fix: Some((Safe, r#"{"customer_key":"c","x":"it's","sites":5}"#)) },
    Slip { kind: SingleQuotes, text: r#"{"customer_key":"c","x":'it's',"sites":5}"#, at: ("/x", "'it's'"), message: "a string stands in single quotes", help: "JSON strings have double quotes", fix: Some((Safe, r#"{"customer_key":"c","x":"it's","sites":5}"#)) },
    Slip { kind: SingleQuotes, text: r#"{"customer_key":"c","x":'say "hi"',"sites":5}"#, at: ("/x", r#"'say "hi"'"#), message: "a string stands in single quotes", help: "JSON strings have double quotes", fix: Some((Safe, r#"{"customer_key":"c","x":"say \"hi\"","sites":5}"#)) },
    Slip { kind: SingleQuotes, text: r#"{"customer_key":"c","x":'a\"b',"sites":5}"#, at: ("/x", r#"'a\"b'"#), message: "a string stands in single quotes", help: "JSON strings have double quotes", fix: None },
    Slip { kind: SingleQuotes, text: r#"{'customer_key':"c","sites":5}"#, at: ("", "'customer_key'"), message: "a string stands in single quotes", help: "JSON strings have double quotes", fix: Some((Safe, r#"{"customer_key":"c","sites":5}"#)) },
    Slip { kind: BareName, text: r#"{customer_key:"c","sites":5}"#, at: ("", "customer_key"), message: "the member's name customer_key has no quotes", help: r#"write "customer_key""#, fix: Some((Safe, r#"{"customer_key":"c","sites":5}"#)) },
    Slip { kind: BareName, text: r#"{"customer_key":"c",null:1,"sites":5}"#, at: ("", "null"), message: "the member's name null has no quotes", help: r#"write "null""#, fix: Some((Safe, r#"{"customer_key":"c","null":1,"sites":5}"#)) },
    Slip { kind: BareName, text: r#"{"customer_key":"c",größe:1,"sites":5}"#, at: ("", "größe"), message: "the member's name größe has no quotes", help: r#"write "größe""#, fix: Some((Safe, r#"{"customer_key":"c","größe":1,"sites":5}"#)) },
    Slip { kind: NameNotString, text: r#"{"customer_key":"c",1:2,"sites":5}"#, at: ("", "1"), message: "1 stands where a member's name is due", help: "names of members are strings in double quotes", fix: Some((Safe, r#"{"customer_key":"c","1":2,"sites":5}"#)) },
    Slip { kind: NameNotString, text: r#"{"customer_key":"c",:2,"sites":5}"#, at: ("", ":"), message: ": stands where a member's name is due", help: "names of members are strings in double quotes", fix: None },
    Slip { kind: NameNotString, text: r#"{"customer_key":"c",{"a":1},"sites":5}"#, at: ("", "{"), message: "{ stands where a member's name is due", help: "names of members are strings in double quotes", fix: None },
    Slip { kind: NameNotString, text: r#"{"customer_key":"c",-1:2,"sites":5}"#, at: ("", "-1"), message: "-1 stands where a member's name is due", help: "names of members are strings in double quotes", fix: None },
    Slip { kind: BareWord, text: r#"{"customer_key":"c","x":undefined,"sites":5}"#, at: ("/x", "undefined"), message: "undefined is no JSON value", help: "leave the member out", fix: None },
    Slip { kind: BareWord, text: r#"{"customer_key":"c","x":hello,"sites":5}"#, at: ("/x", "hello"), message: "hello is no JSON value", help: r#"if it is text, write "hello""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"hello","sites":5}"#)) },
    Slip { kind: BareWord, text: r#"{"customer_key":"c","x":hello world,"sites":5}"#, at: ("/x", "hello world"), message: "hello world is no JSON value", help: r#"if it is text, write "hello world""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"hello world","sites":5}"#)) },
    Slip { kind: BareWord, text: r#"{"customer_key":"c","x":$name,"sites":5}"#, at: ("/x", "$name"), message: "$name is no JSON value", help: r#"if it is text, write "$name""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"$name","sites":5}"#)) },
    Slip { kind: ForeignLiteral, text: r#"{"customer_key":"c","x":True,"sites":5}"#, at: ("/x", "True"), message: "True is no JSON value", help: "JSON writes true", fix: Some((Safe, r#"{"customer_key":"c","x":true,"sites":5}"#)) },
    Slip { kind: ForeignLiteral, text: r#"{"customer_key":"c","x":FALSE,"sites":5}"#, at: ("/x", "FALSE"), message: "FALSE is no JSON value", help: "JSON writes false", fix: Some((Safe, r#"{"customer_key":"c","x":false,"sites":5}"#)) },
    Slip { kind: ForeignLiteral, text: r#"{"customer_key":"c","x":None,"sites":5}"#, at: ("/x", "None"), message: "None is no JSON value", help: "JSON writes null", fix: Some((Safe, r#"{"customer_key":"c","x":null,"sites":5}"#)) },
    Slip { kind: ForeignLiteral, text: r#"{"customer_key":"c","x":NULL,"sites":5}"#, at: ("/x", "NULL"), message: "NULL is no JSON value", help: "JSON writes null", fix: Some((Safe, r#"{"customer_key":"c","x":null,"sites":5}"#)) },
    Slip { kind: ForeignLiteral, text: r#"{"customer_key":"c","x":nil,"sites":5}"#, at: ("/x", "nil"), message: "nil is no JSON value", help: "JSON writes null", fix: Some((Safe, r#"{"customer_key":"c","x":null,"sites":5}"#)) },
    Slip { kind: NotFinite, text: r#"{"customer_key":"c","x":NaN,"sites":5}"#, at: ("/x", "NaN"), message: "NaN is no JSON number", help: "JSON has no NaN and no infinity: leave the member out", fix: None },
    Slip { kind: NotFinite, text: r#"{"customer_key":"c","x":Infinity,"sites":5}"#, at: ("/x", "Infinity"), message: "Infinity is no JSON number", help: "JSON has no NaN and no infinity: leave the member out", fix: None },
    Slip { kind: NotFinite, text: r#"{"customer_key":"c","x":-Infinity,"sites":5}"#, at: ("/x", "-Infinity"), message: "-Infinity is no JSON number", help: "JSON has no NaN and no infinity: leave the member out", fix: None },
    Slip { kind: LeadingZero, text: r#"{"customer_key":"c","x":007,"sites":5}"#, at: ("/x", "007"), message: "the number 007 has leading zeros", help: r#"JSON numbers have none; if it is a code or a key, write "007""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"007","sites":5}"#)) },
    Slip { kind: LeadingZero, text: r#"{"customer_key":"c","x":-01,"sites":5}"#, at: ("/x", "-01"), message: "the number -01 has leading zeros", help: r#"JSON numbers have none; if it is a code or a key, write "-01""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"-01","sites":5}"#)) },
    Slip { kind: PlusSign, text: r#"{"customer_key":"c","x":+1,"sites":5}"#, at: ("/x", "+1"), message: "the number +1 has a plus sign", help: r#"JSON numbers have none; if it is a phone number, write "+1""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"+1","sites":5}"#)) },
    Slip { kind: PlusSign, text: r#"{"customer_key":"c","x":+15551234567,"sites":5}"#, at: ("/x", "+15551234567"), message: "the number +15551234567 has a plus sign", help: r#"JSON numbers have none; if it is a phone number, write "+15551234567""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"+15551234567","sites":5}"#)) },
    Slip { kind: NoIntegerPart, text: r#"{"customer_key":"c","x":.5,"sites":5}"#, at: ("/x", ".5"), message: "the number .5 has no digit before its point", help: "write 0 before the point", fix: Some((Safe, r#"{"customer_key":"c","x":0.5,"sites":5}"#)) },
    Slip { kind: NoIntegerPart, text: r#"{"customer_key":"c","x":-.5,"sites":5}"#, at: ("/x", "-.5"), message: "the number -.5 has no digit before its point", help: "write 0 before the point", fix: Some((Safe, r#"{"customer_key":"c","x":-0.5,"sites":5}"#)) },
    Slip { kind: NoFractionDigits, text: r#"{"customer_key":"c","x":5.,"sites":5}"#, at: ("/x", "5."), message: "the number 5. has no digit after its point", help: "write a digit after the point, or leave the point out", fix: Some((Safe, r#"{"customer_key":"c","x":5,"sites":5}"#)) },
    Slip { kind: NoFractionDigits, text: r#"{"customer_key":"c","x":5.e1,"sites":5}"#, at: ("/x", "5.e1"), message: "the number 5.e1 has no digit after its point", help: "write a digit after the point, or leave the point out", fix: None },
    Slip { kind: NoExponentDigits, text: r#"{"customer_key":"c","x":1e,"sites":5}"#, at: ("/x", "1e"), message: "the number 1e has no digits after its e", help: "write the exponent's digits", fix: None },
    Slip { kind: NoExponentDigits, text: r#"{"customer_key":"c","x":1e+,"sites":5}"#, at: ("/x", "1e+"), message: "the number 1e+ has no digits after its e", help: "write the exponent's digits", fix: None },
    Slip { kind: InvalidNumber, text: r#"{"customer_key":"c","x":12abc,"sites":5}"#, at: ("/x", "12abc"), message: "12abc is no JSON number", help: r#"if it is text, such as a date or a key, write "12abc""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"12abc","sites":5}"#)) },
    Slip { kind: InvalidNumber, text: r#"{"customer_key":"c","x":0x1F,"sites":5}"#, at: ("/x", "0x1F"), message: "0x1F is no JSON number", help: r#"if it is text, such as a date or a key, write "0x1F""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"0x1F","sites":5}"#)) },
    Slip { kind: InvalidNumber, text: r#"{"customer_key":"c","x":1_000,"sites":5}"#, at: ("/x", "1_000"), message: "1_000 is no JSON number", help: r#"if it is text, such as a date or a key, write "1_000""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"1_000","sites":5}"#)) },
    Slip { kind: InvalidNumber, text: r#"{"customer_key":"c","x":2026-08-12,"sites":5}"#, at: ("/x", "2026-08-12"), message: "2026-08-12 is no JSON number", help: r#"if it is text, such as a date or a key, write "2026-08-12""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"2026-08-12","sites":5}"#)) },
    Slip { kind: InvalidNumber, text: r#"{"customer_key":"c","x":2026-08-12T15:00:00Z,"sites":5}"#, at: ("/x", "2026-08-12T15:00:00Z"), message: "2026-08-12T15:00:00Z is no JSON number", help: r#"if it is text, such as a date or a key, write "2026-08-12T15:00:00Z""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"2026-08-12T15:00:00Z","sites":5}"#)) },
    Slip { kind: InvalidNumber, text: r#"{"customer_key":"c","x":09:00,"sites":5}"#, at: ("/x", "09:00"), message: "09:00 is no JSON number", help: r#"if it is text, such as a date or a key, write "09:00""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"09:00","sites":5}"#)) },
    Slip { kind: InvalidNumber, text: r#"{"customer_key":"c","x":-,"sites":5}"#, at: ("/x", "-"), message: "- is no JSON number", help: r#"if it is text, such as a date or a key, write "-""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"-","sites":5}"#)) },
    Slip { kind: ControlCharacter, text: "{\"customer_key\":\"c\",\"x\":\"a\tb\",\"sites\":5}", at: ("/x", "\t"), message: "a tab stands unescaped in a string", help: r#"write \t for it"#, fix: Some((Safe, r#"{"customer_key":"c","x":"a\tb","sites":5}"#)) },
    Slip { kind: ControlCharacter, text: "{\"customer_key\":\"c\",\"x\":\"a\nb\",\"sites\":5}", at: ("/x", "\n"), message: "a line break stands unescaped in a string", help: r#"write \n for it"#, fix: Some((Safe, r#"{"customer_key":"c","x":"a\nb","sites":5}"#)) },
    Slip { kind: ControlCharacter, text: "{\"customer_key\":\"c\",\"x\":\"a\r\nb\tc\",\"sites\":5}", at: ("/x", "\r"), message: "a line break stands unescaped in a string", help: r#"write \r for it"#, fix: Some((Safe, r#"{"customer_key":"c","x":"a\r\nb\tc","sites":5}"#)) },
    Slip { kind: ControlCharacter, text: "{\"customer_key\":\"c\",\"x\":\"\0\",\"sites\":5}", at: ("/x", "\0"), message: "the control character U+0000 stands unescaped in a string", help: r#"write \u0000 for it"#, fix: Some((Safe, r#"{"customer_key":"c","x":"\u0000","sites":5}"#)) },
    Slip { kind: UnterminatedString, text: "{\"customer_key\":\"c\",\"x\":\"open\n,\"sites\":5}", at: ("/x", r#""open"#), message: "the string has no closing quote", help: "write a double quote at its end", fix: None },
    Slip { kind: UnterminatedString, text: "{\"customer_key\":\"c\",\"x\":\"open,\n\"sites\":5}", at: ("/x", r#""open"#), message: "the string has no closing quote", help: "write a double quote at its end", fix: None },
    Slip { kind: UnterminatedString, text: "{\"customer_key\":\"c\",\"x\":'open,\n\"sites\":5}", at: ("/x", "'open"), message: "the string has no closing quote", help: "write a double quote at its end", fix: None },
    Slip { kind: InvalidEscape, text: r#"{"customer_key":"c","x":"\x41","sites":5}"#, at: ("/x", r#"\x"#), message: r#"\x is no escape of JSON"#, help: r#"JSON knows \" \\ \/ \b \f \n \r \t and \u with four digits; write \\ for a backslash"#, fix: None },
    Slip { kind: InvalidEscape, text: r#"{"customer_key":"c","x":"it\'s","sites":5}"#, at: ("/x", r#"\'"#), message: r#"\' is no escape of JSON"#, help: r#"JSON knows \" \\ \/ \b \f \n \r \t and \u with four digits; write \\ for a backslash"#, fix: Some((Safe, r#"{"customer_key":"c","x":"it's","sites":5}"#)) },
    Slip { kind: InvalidEscape, text: r#"{"customer_key":"c","x":"C:\data","sites":5}"#, at: ("/x", r#"\d"#), message: r#"\d is no escape of JSON"#, help: r#"JSON knows \" \\ \/ \b \f \n \r \t and \u with four digits; write \\ for a backslash"#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"C:\\data","sites":5}"#)) },
    Slip { kind: InvalidEscape, text: r#"{"customer_key":"c","x":"\é","sites":5}"#, at: ("/x", r#"\é"#), message: r#"\é is no escape of JSON"#, help: r#"JSON knows \" \\ \/ \b \f \n \r \t and \u with four digits; write \\ for a backslash"#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"\\é","sites":5}"#)) },
    Slip { kind: InvalidEscape, text: "{\"customer_key\":\"c\",\"x\":\"a\\\nb\",\"sites\":5}", at: ("/x", "\\\n"), message: "a backslash stands before a line break", help: r#"a JSON string does not go on in the next line: write \n for the break"#, fix: None },
    Slip { kind: InvalidUnicodeEscape, text: r#"{"customer_key":"c","x":"\u12","sites":5}"#, at: ("/x", r#"\u12"#), message: r#"\u12 lacks hexadecimal digits"#, help: r#"\u is followed by exactly four hexadecimal digits, as in \u00e9; write \\ for a backslash"#, fix: None },
    Slip { kind: InvalidUnicodeEscape, text: r#"{"customer_key":"c","x":"C:\users","sites":5}"#, at: ("/x", r#"\u"#), message: r#"\u lacks hexadecimal digits"#, help: r#"\u is followed by exactly four hexadecimal digits, as in \u00e9; write \\ for a backslash"#, fix: None },
    Slip { kind: InvalidUnicodeEscape, text: r#"{"customer_key":"c","x":"\u{41}","sites":5}"#, at: ("/x", r#"\u"#), message: r#"\u lacks hexadecimal digits"#, help: r#"\u is followed by exactly four hexadecimal digits, as in \u00e9; write \\ for a backslash"#, fix: None },
    Slip { kind: Unclosed, text: r#"{"customer_key":"c""#, at: ("", ""), message: "the text ends before an object is closed", help: "write the missing }; if the text was cut off, send all of it", fix: None },
    Slip { kind: Unclosed, text: r#"{"customer_key":"c","sites":5"#, at: ("", ""), message: "the text ends before an object is closed", help: "write the missing }; if the text was cut off, send all of it", fix: None },
    Slip { kind: Unclosed, text: r#"{"customer_key":"c","x":[1"#, at: ("/x", ""), message: "the text ends before an array is closed", help: "write the missing ]; if the text was cut off, send all of it", fix: None },
    Slip { kind: Unclosed, text: r#"{"customer_key":"c","x":["#, at: ("/x", ""), message: "the text ends before an array is closed", help: "write the missing ]; if the text was cut off, send all of it", fix: None },
    Slip { kind: Unclosed, text: r#"{"customer_key":"c","x":"#, at: ("", ""), message: "the text ends before an object is closed", help: "write the missing }; if the text was cut off, send all of it", fix: None },
    Slip { kind: Unclosed, text: r#"{"customer_key":"c","x""#, at: ("", ""), message: "the text ends before an object is closed", help: "write the missing }; if the text was cut off, send all of it", fix: None },
    Slip { kind: Unclosed, text: r#"{"customer_key":"c","#, at: ("", ""), message: "the text ends before an object is closed", help: "write the missing }; if the text was cut off, send all of it", fix: None },
    Slip { kind: Unclosed, text: r#"{"customer_key":"c","x":[{"a":1},{"#, at: ("/x/1", ""), message: "the text ends before an object is closed", help: "write the missing }; if the text was cut off, send all of it", fix: None },
    Slip { kind: MismatchedCloser, text: r#"{"customer_key":"c","x":[{"a":1],"sites":5}"#, at: ("/x/0", "]"), message: "] stands where an object is still open", help: "close it with } first", fix: None },
    Slip { kind: MismatchedCloser, text: r#"{"customer_key":"c","x":{"a":[1},"sites":5}"#, at: ("/x/a", "}"), message: "} stands where an array is still open", help: "close it with ] first", fix: None },
    Slip { kind: MismatchedCloser, text: r#"{"customer_key":"c"]"#, at: ("", "]"), message: "] stands where an object is still open", help: "close it with } first", fix: None },
    Slip { kind: UnexpectedCharacter, text: r#"{"customer_key":"c","x":[1]],"sites":5}"#, at: ("", "]"), message: "] closes nothing", help: "remove it, or look for the bracket that should open before it", fix: Some((Unsafe, r#"{"customer_key":"c","x":[1],"sites":5}"#)) },
    Slip { kind: UnexpectedCharacter, text: r#"{"customer_key":"c","x":(a),"sites":5}"#, at: ("/x", "(a)"), message: "(a) is no JSON value", help: r#"if it is text, write "(a)""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"(a)","sites":5}"#)) },
    Slip { kind: UnexpectedCharacter, text: r#"{"customer_key":"c","x":@,"sites":5}"#, at: ("/x", "@"), message: "@ means nothing here", help: "remove it", fix: None },
    Slip { kind: UnexpectedCharacter, text: r#"{"customer_key":"c","x":“a”,"sites":5}"#, at: ("/x", "“a”"), message: "“a” is not in JSON's quotes", help: r#"JSON strings have straight double quotes: "…""#, fix: Some((Safe, r#"{"customer_key":"c","x":"a","sites":5}"#)) },
    Slip { kind: UnexpectedCharacter, text: r#"{"customer_key":"c","x":`a`,"sites":5}"#, at: ("/x", "`a`"), message: "`a` is not in JSON's quotes", help: r#"JSON strings have straight double quotes: "…""#, fix: Some((Safe, r#"{"customer_key":"c","x":"a","sites":5}"#)) },
    Slip { kind: UnexpectedCharacter, text: r#"{"customer_key":"c","x":<b>,"sites":5}"#, at: ("/x", "<b>"), message: "<b> is no JSON value", help: r#"if it is text, write "<b>""#, fix: Some((Unsafe, r#"{"customer_key":"c","x":"<b>","sites":5}"#)) },
    Slip { kind: UnexpectedCharacter, text: r#"{"customer_key"::"c","sites":5}"#, at: ("", ":"), message: ": means nothing here", help: "remove it", fix: None },
    Slip { kind: UnexpectedCharacter, text: r#"{"customer_key":"c";"sites":5}"#, at: ("", ";"), message: "; means nothing here", help: "remove it", fix: None },
    Slip { kind: UnexpectedCharacter, text: "<html></html>", at: ("", "<html><"), message: "the text looks like HTML or XML", help: "a payload is JSON; an error page may have been saved in its place", fix: None },
    Slip { kind: UnexpectedCharacter, text: r#"]{"customer_key":"c","sites":5}"#, at: ("", "]"), message: "] closes nothing", help: "remove it, or look for the bracket that should open before it", fix: Some((Unsafe, r#"{"customer_key":"c","sites":5}"#)) },
    Slip { kind: ExtraComma, text: r#",{"customer_key":"c","sites":5}"#, at: ("", ","), message: "a comma stands where a value is due", help: "remove the comma, or write the value that is missing before it", fix: Some((Unsafe, r#"{"customer_key":"c","sites":5}"#)) },
    Slip { kind: TextAfterValue, text: r#"{"customer_key":"c"}}"#, at: ("", "}"), message: "something stands after the end of the JSON value", help: "remove it, or look for a bracket that is missing or closed too early", fix: None },
    Slip { kind: TextAfterValue, text: "{\"customer_key\":\"c\"}\n{\"customer_key\":\"d\"}", at: ("", r#"{"customer_key":"d"}"#), message: "something stands after the end of the JSON value", help: "a request body is one JSON value: send the second one by itself", fix: None },
    Slip { kind: TextAfterValue, text: r#"{"customer_key":"c"};"#, at: ("", ";"), message: "something stands after the end of the JSON value", help: "remove it, or look for a bracket that is missing or closed too early", fix: None },
    Slip { kind: TextAfterValue, text: r#"{"customer_key":"c"} x"#, at: ("", "x"), message: "something stands after the end of the JSON value", help: "remove it, or look for a bracket that is missing or closed too early", fix: None },
    Slip { kind: LoneSurrogate, text: r#"{"customer_key":"c","x":"\ud800","sites":5}"#, at: ("/x", r#"\ud800"#), message: r#"\ud800 is half of a surrogate pair"#, help: "write both halves, or the character itself; text cut in the middle of an emoji looks like this", fix: None },
    Slip { kind: LoneSurrogate, text: r#"{"customer_key":"c","x":"\ude00\u0041","sites":5}"#, at: ("/x", r#"\ude00"#), message: r#"\ude00 is half of a surrogate pair"#, help: "write both halves, or the character itself; text cut in the middle of an emoji looks like this", fix: None },
    Slip { kind: BareWord, text: "customer_key: c\nsites: 5\n", at: ("", "customer_key"), message: "customer_key is no JSON value", help: r#"a payload is an object with customer_key: { "customer_key": "…" }"#, fix: None },
];

/// Every kind. The match below keeps it complete.
const KINDS: &[SyntaxErrorKind] = &[
    Empty,
    TrailingComma,
    ExtraComma,
    MissingComma,
    MissingColon,
    MissingValue,
    Comment,
    SingleQuotes,
    BareName,
    NameNotString,
    BareWord,
    ForeignLiteral,
    NotFinite,
    LeadingZero,
    PlusSign,
    NoIntegerPart,
    NoFractionDigits,
    NoExponentDigits,
    InvalidNumber,
    ControlCharacter,
    UnterminatedString,
    InvalidEscape,
    InvalidUnicodeEscape,
    Unclosed,
    MismatchedCloser,
    UnexpectedCharacter,
    TextAfterValue,
    LoneSurrogate,
    ByteOrderMark,
    NestingTooDeep,
    TooLarge,
    TooManyNames,
];

/// Whether the table can hold a slip of the kind.
const fn fits_into_the_table(kind: SyntaxErrorKind) -> bool {
    match kind {
        // Is a test of its own below.
        NestingTooDeep
        // Takes a text of over 4 GiB.
        | TooLarge
        // Takes as many names.
        | TooManyNames => false,
        Empty | TrailingComma | ExtraComma | MissingComma | MissingColon | MissingValue
        | Comment | SingleQuotes | BareName | NameNotString | BareWord | ForeignLiteral
        | NotFinite | LeadingZero | PlusSign | NoIntegerPart | NoFractionDigits
        | NoExponentDigits | InvalidNumber | ControlCharacter | UnterminatedString
        | InvalidEscape | InvalidUnicodeEscape | Unclosed | MismatchedCloser
        | UnexpectedCharacter | TextAfterValue | LoneSurrogate | ByteOrderMark => true,
    }
}

fn fixed(text: &str, found: &Diagnostic) -> Option<(Safety, String)> {
    let fix = found.fix.as_ref()?;
    let mut text = text.to_owned();
    for edit in fix.edits.iter().rev() {
        text.replace_range(edit.range.bytes(), &edit.text);
    }
    Some((fix.safety, text))
}

#[test]
fn each_slip_is_one_finding_that_helps() {
    let linter = Linter::new();
    for slip in SLIPS {
        let text = slip.text;
        let kinds: Vec<SyntaxErrorKind> = Document::parse(text)
            .syntax_errors()
            .iter()
            .map(|problem| problem.kind)
            .collect();
        assert_eq!(kinds, [slip.kind], "{text:?}");
        let report = linter.check(text);
        let (of_text, others): (Vec<_>, Vec<_>) = report
            .iter()
            .partition(|found| TEXT_CODES.contains(&found.code.as_ref()));
        let [found] = of_text.as_slice() else {
            unreachable!("one finding of {text:?}: {of_text:?}")
        };
        assert_eq!(found.message, slip.message, "{text:?}");
        assert_eq!(found.help.as_deref(), Some(slip.help), "{text:?}");
        let under = &text[found.range.bytes()];
        assert_eq!((found.pointer.as_str(), under), slip.at, "{text:?}");
        let after = fixed(text, found);
        let after = after
            .as_ref()
            .map(|(safety, text)| (*safety, text.as_str()));
        assert_eq!(after, slip.fix, "{text:?}");
        if let Some((_, after)) = after {
            let left = Document::parse(after).syntax_error_count();
            assert_eq!(left, 0, "the fix mends {text:?}: {after:?}");
        }
        let errors: Vec<_> = others
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .map(|found| (found.code.as_ref(), found.pointer.as_str()))
            .collect();
        let wanted: &[_] = if text.contains(LATER) {
            &[("schema-type", "/sites")]
        } else {
            &[]
        };
        assert_eq!(errors, wanted, "the rest of {text:?}");
    }
}

#[test]
fn each_kind_has_a_slip() {
    assert!(SLIPS.len() >= 100, "{}", SLIPS.len());
    for kind in KINDS {
        let has = SLIPS.iter().any(|slip| slip.kind == *kind);
        assert_eq!(has, fits_into_the_table(*kind), "{kind:?}");
    }
    let later = SLIPS
        .iter()
        .filter(|slip| slip.text.contains(LATER))
        .count();
    assert!(later >= 90, "{later}");
}

#[test]
fn what_is_nested_too_deep_is_one_finding() {
    let deep = "[".repeat(128) + "1 2" + &"]".repeat(128);
    let text = format!(r#"{{"customer_key":"c","x":{deep},"y":{deep},"sites":5}}"#);
    let report = Linter::new().check(&text);
    let errors: Vec<_> = report
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| (found.code.as_ref(), found.message.as_str()))
        .collect();
    assert_eq!(
        errors,
        [
            ("nesting-too-deep", "nested more than 128 levels deep"),
            (
                "schema-type",
                "sites is the number 5; the API takes an array"
            ),
        ]
    );
}

/// Six slips of syntax and four breaks of the schema.
const TEN: &str = r#"{
  // Nightly export
  "customer_key": "c",
  "sites": [
    { "site_key": "north", "name": "North" },
    { "site_key": "south", "name": 'South' },
    { "site_key": 7, "name": "West" },
  ],
  "rooms": [
    { "room_key": "101" }
    { "room_key": "102", name: "Double" }
  ],
  "spaces": [
    {
      "space_key": "s1", "name": "Suite", "duration_minutes": 0,
      "geolocation": { "latitude": 047.6, "longitude": -122.3 },
      "customer_data": { "default_checkin_time": "9:00" }
    }
  ]
}
"#;

#[test]
fn six_slips_and_four_breaks_are_ten_findings() {
    let report = Linter::new().check(TEN);
    let found: Vec<_> = report
        .iter()
        .map(|found| {
            assert_eq!(found.severity, Severity::Error);
            let start = found.range.start;
            (
                found.code.as_ref(),
                found.pointer.as_str(),
                (start.line, start.column),
                &TEN[found.range.bytes()],
                found.message.as_str(),
            )
        })
        .collect();
    let wanted = [
        (
            "json-syntax",
            "",
            (2, 3),
            "// Nightly export",
            "a comment stands in the text",
        ),
        (
            "json-syntax",
            "/sites/1/name",
            (6, 36),
            "'South'",
            "a string stands in single quotes",
        ),
        (
            "schema-type",
            "/sites/2/site_key",
            (7, 19),
            "7",
            "site_key is the number 7; the API takes a string",
        ),
        (
            "json-syntax",
            "/sites",
            (7, 38),
            ",",
            "a comma stands after the last value",
        ),
        (
            "schema-required",
            "/rooms/0",
            (10, 5),
            "{",
            "rooms[0] has no name",
        ),
        ("json-syntax", "/rooms", (10, 26), "", "a comma is missing"),
        (
            "json-syntax",
            "/rooms/1",
            (11, 26),
            "name",
            "the member's name name has no quotes",
        ),
        (
            "schema-minimum",
            "/spaces/0/duration_minutes",
            (15, 63),
            "0",
            "duration_minutes is 0; the API takes numbers above 0",
        ),
        (
            "json-syntax",
            "/spaces/0/geolocation/latitude",
            (16, 36),
            "047.6",
            "the number 047.6 has leading zeros",
        ),
        (
            "schema-pattern",
            "/spaces/0/customer_data/default_checkin_time",
            (17, 50),
            "\"9:00\"",
            "default_checkin_time is \"9:00\"; the API takes HH:mm or HH:mm:ss with two-digit hours",
        ),
    ];
    assert_eq!(found, wanted);
    assert_eq!(report.counts().total(), 10);
}
