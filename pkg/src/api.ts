// What every entry exports beside `load` and `loadSync`.

export { check, checkResource, explain, fix, keys, rules, schema, version } from "./core.js";
export type { Fixed, FixOptions, Rule, Versions } from "./core.js";
export type { WasmSource } from "./engine.js";
export { bindForm, checkForm, fieldMessages, readForm } from "./forms.js";
export type { Binding, BindOptions, FieldMessage, FormOptions } from "./forms.js";
export type { KnownKeys, Level, Options } from "./options.js";
export type { PathItem } from "./paths.js";
export type * from "./payload.js";
export type * from "./report.js";
export { pushData, pushDataWith, resource } from "./standard.js";
export type { Schema } from "./standard.js";
export { NotJsonError } from "./text.js";
export type { Input } from "./text.js";
