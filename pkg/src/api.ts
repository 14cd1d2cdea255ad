// What every entry exports beside `load` and `loadSync`.

export { check, checkResource, explain, fix, keys, rules, schema, version } from "./core.js";
export type { CheckReport, Fixed, FixOptions, Rule, RuleData, Versions } from "./core.js";
export type { Code, CodeAndData, DataByCode, DataOf } from "./codes.js";
export type { WasmSource, ZoneOption } from "./dom.js";
export { withoutEmpty } from "./empty.js";
export { applyFix } from "./fixes.js";
export { bindForm, checkForm, readForm } from "./forms.js";
export type { Binding, BindOptions, FormOptions, Labels } from "./forms.js";
export { fieldMessages } from "./messages.js";
export type { FieldMessage, FormCode, MessageFields, Wording } from "./messages.js";
export type { KnownKeys, Level, Options } from "./options.js";
export type { PathItem } from "./paths.js";
export type * from "./payload.js";
export type * from "./report.js";
export { assertPushData, safeCheck, SeamlintError } from "./services.js";
export type { GuardOptions, SafeCheck } from "./services.js";
export { pushData, pushDataWith, resource } from "./standard.js";
export type { Issue, Schema, SchemaOptions } from "./standard.js";
export { NotJsonError } from "./text.js";
export type { Input } from "./text.js";
