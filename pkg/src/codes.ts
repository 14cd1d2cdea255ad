// Made from schema/rules.json by `npm run types`; a test fails when it is stale.

import type { Data } from "./report.js";

/** The code of a rule. */
export type Code =
  | "json-syntax"
  | "wrapped-payload"
  | "invalid-unicode"
  | "byte-order-mark"
  | "duplicate-member"
  | "nesting-too-deep"
  | "document-too-large"
  | "schema-type"
  | "schema-required"
  | "schema-min-length"
  | "schema-max-length"
  | "schema-pattern"
  | "schema-format"
  | "schema-minimum"
  | "schema-one-of"
  | "schema-keyword"
  | "key-whitespace"
  | "metadata-too-many-entries"
  | "metadata-name-too-long"
  | "metadata-name-period"
  | "metadata-value-too-long"
  | "date-time-not-accepted"
  | "threshold-out-of-range"
  | "dangling-reference"
  | "wrong-kind-reference"
  | "empty-reference"
  | "repeated-reference"
  | "duplicate-key"
  | "key-collision"
  | "multiple-person-references"
  | "look-alike-keys"
  | "key-of-another-customer"
  | "derived-reservation-key"
  | "reservation-spans-rooms"
  | "placeholder-value"
  | "unknown-member"
  | "unconfirmed-stay"
  | "empty-payload"
  | "unknown-time-zone"
  | "time-zone-alias"
  | "time-zone-without-place"
  | "ends-before-starts"
  | "half-open-stay"
  | "stay-without-times"
  | "implausible-date"
  | "date-without-time"
  | "local-time-as-utc"
  | "offset-mismatch"
  | "nonexistent-local-time"
  | "ambiguous-local-time"
  | "checkin-before-checkout"
  | "checkin-without-time-zone"
  | "overlapping-stays"
  | "very-long-stay"
  | "long-past-stay"
  | "conflicting-contact"
  | "unreachable-person"
  | "invalid-email"
  | "invalid-phone-number"
  | "blank-name"
  | "invalid-preferred-code"
  | "weak-preferred-code"
  | "shared-preferred-code"
  | "nothing-to-open"
  | "nobody-to-admit"
  | "coordinate-out-of-range"
  | "null-island"
  | "nul-character"
  | "mojibake"
  | "invisible-character"
  | "surrounding-whitespace"
  | "unfilterable-metadata-name"
  | "metadata-removal";

/** What `data` has for each code. A `{found}` in a `reason` stands for that field. */
export interface DataByCode {
  "json-syntax": { reason: "the text is empty" | "trailing comma" | "comma without a value before it" | "second colon" | "missing comma" | "{found} instead of a comma" | "missing colon and value after the member name" | "missing colon after the member name" | "{found} instead of a colon" | "missing value" | "JSON has no comments" | "string in single quotes" | "{found} is not in straight double quotes" | "member name {found} without quotes" | "{found} instead of a member name" | "undefined is not a JSON value" | "{found} is not a JSON value" | "{found} is not a JSON number" | "the number {found} has leading zeros" | "the number {found} has a plus sign" | "the number {found} has no digit before the decimal point" | "the number {found} has no digit after the decimal point" | "the number {found} has no digits in its exponent" | "the number {found} has a decimal comma" | "line break in a member name" | "unescaped line break in a string" | "unescaped tab in a string" | "unescaped control character {found} in a string" | "unescaped quote inside the string" | "unterminated string" | "missing double quote at the start of a string" | "missing double quote at the end of a string" | "unexpected double quote" | "backslash before the quote that ends the string" | "backslash before a line break" | "{found} is not a JSON escape" | "{found} is an incomplete Unicode escape" | "unclosed array" | "unclosed object" | "{found} instead of {expected}" | "missing {expected}" | "{found} between values" | "unmatched {found}" | "the text looks like HTML or XML" | "unexpected {found}" | "{found} syntax errors: the rest of the text is not read" | "text after the end of the JSON value"; expected?: string; found?: string; };
  "wrapped-payload": { faults: ("is UTF-16, little-endian" | "is UTF-16, big-endian" | "is UTF-32" | "is missing: the text is an HTML page" | "is in HTML or XML" | "is in a Markdown fence" | "has a > before each line" | "is assigned to a variable" | "is the argument of a call" | "has a prefix against JSON hijacking" | "is behind HTTP headers" | "is behind the prefix of a log line" | "has more than one byte order mark (U+FEFF) before it" | "has NUL characters (U+0000) before it" | "has colour codes of a terminal in it" | "has other text around it" | "is in the member {member}" | "is in an array" | "is one of {count} in an array" | "is one of {count} that follow one another" | "is encoded twice: it is a string that contains JSON" | "is in the string of a program" | "has HTML entities, such as &quot;, for its quotes" | "is percent-encoded" | "has the markers of a merge conflict" | "is a template that was not rendered" | "is what Python prints, not JSON" | "is what PHP prints, not JSON" | "is what Ruby prints, not JSON" | "is what Java prints of a map, not JSON")[]; member?: string; count?: number; };
  "invalid-unicode": { reason: "{found} is a lone surrogate" | "the byte {found} is not UTF-8" | "the bytes {found} are not UTF-8"; found: string; };
  "byte-order-mark": { };
  "duplicate-member": { member: string; };
  "nesting-too-deep": { limit: number; };
  "document-too-large": { reason: "the text is longer than 4 GiB" | "the text has more than 16,777,215 different names of members"; };
  "schema-type": { keyword: string; expected: string; found: string; };
  "schema-required": { keyword: string; member: string; };
  "schema-min-length": { keyword: string; count: number; limit: number; };
  "schema-max-length": { keyword: string; count: number; limit: number; };
  "schema-pattern": { reason?: "it is empty" | "the API takes 24 hours, not AM and PM" | "white space is around it" | "it is not written with a colon" | "its hour has one digit" | "the T of a date and time is before it" | "it is a date and time, and the API takes the time alone" | "it has an offset, and the API takes the clock time at the space" | "it has a fraction of a second" | "it has no colon" | "it has no minutes" | "there is no hour 24; midnight is 00:00" | "hours go to 23" | "minutes go to 59" | "seconds go to 59" | "the API takes HH:mm or HH:mm:ss with two-digit hours"; keyword: string; expected: string; suggestion?: string; };
  "schema-format": { reason?: "{found} has {limit} days" | "there is no day 00" | "there is no month {found}" | "there is no hour 24; midnight is 00:00:00 of the next day" | "there is no hour {found}" | "there is no minute {found}" | "there is no second {found}" | "there is no offset of {found} hours" | "its offset has {found} minutes, of at most 59" | "it is empty" | "it has white space around it" | "it is a number; write date and time out" | "it does not start with a date as YYYY-MM-DD" | "it has a space instead of T between date and time" | "it has no T between date and time" | "its time is not written HH:mm:ss" | "it has no seconds" | "second 60 exists only at 23:59:60 UTC" | "it has a comma instead of a point before the fraction of the second" | "it has no digit after the point" | "it has no offset from UTC, so it could be any of 24 hours" | "its offset is neither Z nor of the form +HH:mm or -HH:mm" | "it has a zone in brackets after the offset" | "it has more text after the offset" | "it is a number of {found} since 1970"; faults?: ("no time of day" | "a lower-case t" | "a space instead of the T" | "no seconds" | "no offset")[]; keyword: string; expected: string; found?: string; limit?: number; suggestion?: string; };
  "schema-minimum": { keyword: string; expected: string; };
  "schema-one-of": { reason: "; the API takes" | ", which fits more than one of:"; keyword: string; expected: string; found: string; count?: number; };
  "schema-keyword": { reason: string; member?: string; keyword: string; };
  "key-whitespace": { reason: "white space at its start" | "white space at its end" | "white space at both ends" | "nothing but white space"; suggestion?: string; };
  "metadata-too-many-entries": { count: number; limit: number; };
  "metadata-name-too-long": { count: number; limit: number; };
  "metadata-name-period": { member: string; suggestion: string; };
  "metadata-value-too-long": { count: number; limit: number; };
  "date-time-not-accepted": { reason: "is a leap second" | "has a lower-case t or z"; suggestion?: string; };
  "threshold-out-of-range": { suggestion?: string; };
  "dangling-reference": { reason: "in the payload" | "in the payload or among the known keys" | "in the set" | "in the set or among the known keys"; collection: string; count?: number; suggestion?: string; };
  "wrong-kind-reference": { reason: "which is {other_collection}" | "which is known as the key of {other_collection}"; collection: string; other_collection: string; };
  "empty-reference": { reason: "is empty" | "is nothing but white space"; };
  "repeated-reference": { };
  "duplicate-key": { reason: "an earlier" | "another file's"; };
  "key-collision": { other_collection: string; };
  "multiple-person-references": { members: string[]; };
  "look-alike-keys": { reason: "case" | "white space" | "Unicode normalization" | "invisible characters" | "case, white space or characters that cannot be seen"; other: string; };
  "key-of-another-customer": { other_collection?: string; other: string; file?: string; };
  "derived-reservation-key": { member: string; };
  "reservation-spans-rooms": { count: number; };
  "placeholder-value": { reason: "which is no value and no key" | "which is no value and no name" | "which is no value and no contact" | "which ends in no value" | "a template that nothing filled in"; };
  "unknown-member": { member: string; suggestion?: string; };
  "unconfirmed-stay": { member: string; };
  "empty-payload": { reason: "the payload has nothing but customer_key" | "the payload has no resource: its collections are empty"; };
  "unknown-time-zone": { reason: "is not an IANA time zone" | "is empty" | "is nothing but white space"; suggestion?: string; };
  "time-zone-alias": { suggestion: string; };
  "time-zone-without-place": { reason: "names no place" | "is UTC, not a place" | "is {minutes} all year, not a place" | "is {minutes}: its sign is inverted"; minutes?: number; suggestion?: string; };
  "ends-before-starts": { reason: "before" | "the same instant as"; };
  "half-open-stay": { member: string; };
  "stay-without-times": { };
  "implausible-date": { };
  "date-without-time": { reason: "at midnight in UTC" | "the same day" | "the day before"; time_zone?: string; time?: string; };
  "local-time-as-utc": { reason: "the day before" | "the same day" | "the next day"; time_zone: string; time: string; minutes: number; suggestion?: string; };
  "offset-mismatch": { expected: string; found: string; time_zone: string; suggestion?: string; };
  "nonexistent-local-time": { time_zone: string; };
  "ambiguous-local-time": { reason: "earlier" | "later"; time_zone: string; };
  "checkin-before-checkout": { other: string; };
  "checkin-without-time-zone": { member: string; };
  "overlapping-stays": { reason: "{count} stays are at this space at once" | "at the same space to the same end" | "before the end of another stay"; other_collection: string; count?: number; };
  "very-long-stay": { count: number; limit: number; };
  "long-past-stay": { };
  "conflicting-contact": { };
  "unreachable-person": { key?: string; };
  "invalid-email": { reason: "it is empty" | "it has a name or brackets around the address" | "it is more than one address" | "it has no @" | "nothing is before the @" | "nothing is after the @" | "the part before the @ is longer than 64 bytes" | "its domain is too long" | "its domain has no dot" | "its domain has a dot too many" | "its domain is an IP address" | "its domain has {found}" | "it has {found}, which an address cannot have there" | "it has a character or a dot where none is allowed" | "letters beyond ASCII" | "quotes" | "a top-level domain that is not two letters or more"; found?: string; };
  "invalid-phone-number": { reason: "it is empty" | "E.164 has only digits after the +" | "a zero in brackets is not dialled after a country code" | "the zero after the country code is dialled within the country only" | "tel: is a scheme of links and no part of the number" | "it has an extension, which E.164 does not know" | "it has no digits" | "00 stands for the + of E.164" | "it has no + with a country code" | "no country code starts with 0" | "it has fewer than 7 digits" | "it has more than 15 digits" | "it has characters that a phone number cannot have"; suggestion?: string; };
  "blank-name": { reason: "is empty" | "is nothing but white space"; };
  "invalid-preferred-code": { reason: "it is empty" | "it has characters other than digits" | "it has fewer than 4 digits" | "it has more than 9 digits"; count: number; };
  "weak-preferred-code": { reason: "has the same digit throughout" | "is an ascending run" | "is a descending run" | "starts with 12" | "has fewer than three different digits" | "has three equal digits in a row" | "has three consecutive digits in a row" | "is easy to guess"; };
  "shared-preferred-code": { };
  "nothing-to-open": { key?: string; };
  "nobody-to-admit": { key?: string; };
  "coordinate-out-of-range": { reason?: "swapped?"; limit: number; };
  "null-island": { };
  "nul-character": { };
  "mojibake": { reason: "is UTF-8 that was read as Latin-1" | "has U+FFFD, which stands for a letter that was lost"; suggestion?: string; };
  "invisible-character": { found: string; count: number; suggestion?: string; };
  "surrounding-whitespace": { reason: "its start" | "its end" | "both ends"; suggestion: string; };
  "unfilterable-metadata-name": { member: string; suggestion?: string; };
  "metadata-removal": { reason: "null" | "empty"; };
}

/** What `data` has for a code. With `redact`, what is a value of the payload is left out. */
export type DataOf<C extends Code> = DataByCode[C] & { [field in Exclude<keyof Data, keyof DataByCode[C]>]?: never };

/** A code with its data: where the code is known, so is the data. */
export type CodeAndData = {
  [C in Code]: object extends DataByCode[C] ? { code: C; data?: DataOf<C> } : { code: C; data: DataOf<C> };
}[Code];
