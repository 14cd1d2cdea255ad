// Findings at the fields of a form.

import { check, checkResource, checkValue, type CheckedValue } from "./core.js";
import type { Options } from "./options.js";
import { pathOf, type PathItem } from "./paths.js";
import { KEY_LISTS, type Kind } from "./payload.js";
import type { Finding, Report } from "./report.js";
import type { NotJsonError } from "./text.js";

/** A message at a field. */
export interface FieldMessage {
  severity: Finding["severity"];
  code: string;
  /** The finding's message, with its help if there is one. */
  message: string;
  path: PathItem[];
}

/**
 * Groups messages by the dotted path of their field, such as `customer_data.time_zone` or
 * `spaces.0.name`. Messages of no field are at `""`. Errors come before warnings.
 */
export function fieldMessages(report: Report): Record<string, FieldMessage[]> {
  return byField(report.files.flatMap((file) => file.diagnostics), []);
}

/** Options of {@link checkForm}. */
export interface FormOptions {
  /** The collection of the resource that the form edits. By default it edits a payload. */
  kind?: Kind;
  /** Options of the check. */
  options?: Options;
}

/**
 * Checks the value of a form library and returns messages like {@link fieldMessages}. A value that
 * JSON cannot hold, such as the `NaN` of an empty number field, is an error at its field with the code
 * `not-json`; the rest of the value is still checked.
 *
 * @throws {TypeError} if there is no such collection, or the options are invalid.
 */
export function checkForm(value: unknown, { kind, options }: FormOptions = {}): Record<string, FieldMessage[]> {
  const { findings, unfit } = checkValue(kind, value, options);
  return byField(findings, unfit);
}

function byField(findings: Finding[], unfit: NotJsonError[]): Record<string, FieldMessage[]> {
  // A member may be called `__proto__`.
  const fields: Record<string, FieldMessage[]> = Object.create(null);
  const severities = ["error", "warning", "info"];
  for (const { message, path } of unfit) {
    (fields[path.join(".")] ??= []).push({ severity: "error", code: "not-json", message, path: [...path] });
  }
  findings.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  for (const finding of findings) {
    const path = pathOf(finding);
    (fields[path.join(".")] ??= []).push({
      severity: finding.severity,
      code: finding.code,
      message: finding.help ? `${finding.message}: ${finding.help}` : finding.message,
      path,
    });
  }
  return fields;
}

/** Options of {@link bindForm}. */
export interface BindOptions extends FormOptions {
  /** Reads the form: returns a value, or JSON text. Default {@link readForm}. */
  read?: (form: HTMLFormElement) => unknown;
}

/** The result of {@link bindForm}. */
export interface Binding {
  /** Checks now and shows the messages of all fields. True if the API would accept it. */
  validate(): boolean;
  /** The latest report; undefined before the first check. */
  readonly report: Report | undefined;
  /** Removes listeners and messages. */
  unbind(): void;
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/**
 * Reads the value of a form. Names are dotted paths (`customer_data.time_zone`, `spaces.0.name`).
 * Empty fields are left out, number fields are numbers, a single checkbox without a value is true
 * or false. All values of a `<select multiple>`, of checkboxes that share a name, and of a member
 * that is a list of keys in the schema (`space_keys`) become an array.
 */
export function readForm(form: HTMLFormElement): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  const named = fields(form).filter((field) => !field.disabled);
  const lists = new Set(named.filter((field) => isList(field, named)).map((field) => field.name));
  const values = new Map<string, unknown[]>();
  for (const field of named) {
    const read = valuesOf(field).filter((value) => value !== "");
    if (read.length > 0) values.set(field.name, [...(values.get(field.name) ?? []), ...read]);
  }
  for (const [name, all] of values) set(root, name.split("."), lists.has(name) ? all : all.at(-1));
  return root;
}

/** Whether the values of a field are read as an array. */
function isList(field: Field, all: readonly Field[]): boolean {
  if (field.type === "select-multiple") return true;
  const path = field.name.split(".");
  // Key lists are members of a resource: `space_keys`, or `reservations.0.space_keys`.
  if ((path.length === 1 || path.length === 3) && KEY_LISTS.includes(path.at(-1) ?? "")) return true;
  return field.type === "checkbox" && all.some((other) => other !== field && other.type === "checkbox" && other.name === field.name);
}

/** What a field contributes: no value, one, or several. */
function valuesOf(field: Field): unknown[] {
  if (field instanceof HTMLSelectElement) return [...field.selectedOptions].map((option) => option.value);
  switch (field.type) {
    case "submit":
    case "button":
    case "reset":
    case "image":
    case "file":
      return [];
    case "radio":
      return (field as HTMLInputElement).checked ? [field.value] : [];
    case "checkbox": {
      const { checked } = field as HTMLInputElement;
      if (!field.hasAttribute("value")) return [checked];
      return checked ? [field.value] : [];
    }
    case "number":
    case "range":
      // A text that is not a number stays a text: the check reports it.
      return field.value === "" ? [] : [(field as HTMLInputElement).valueAsNumber];
    default:
      return [field.value];
  }
}

function set(root: Record<string, unknown>, path: string[], value: unknown): void {
  let at: Record<string, unknown> = root;
  for (const [index, name] of path.entries()) {
    const next = path[index + 1];
    if (next === undefined) {
      // No assignment: a field may be called `__proto__`.
      Object.defineProperty(at, name, { value, writable: true, enumerable: true, configurable: true });
    } else {
      if (!Object.hasOwn(at, name)) {
        const fresh = /^\d+$/.test(next) ? [] : {};
        Object.defineProperty(at, name, { value: fresh, writable: true, enumerable: true, configurable: true });
      }
      const inner = at[name];
      if (typeof inner !== "object" || inner === null) return;
      at = inner as Record<string, unknown>;
    }
  }
}

/** The named fields, in order. */
function fields(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement) &&
      element.name !== "",
  );
}

/**
 * Checks a plain HTML form on input and on submit. Errors become the fields' custom validity and
 * block the submission; warnings are shown only.
 *
 * Messages go into the element with `data-seamlint-for="NAME"`, or into a new one after the field, with
 * the class `seamlint-message` and `data-severity`. Messages of no field go into
 * `data-seamlint-for=""`, or errors to the first field. Call `load()` first.
 */
export function bindForm(form: HTMLFormElement, bind: BindOptions = {}): Binding {
  const read = bind.read ?? readForm;
  const touched = new Set<string>();
  const made = new Map<string, HTMLElement>();
  let latest: CheckedValue | undefined;

  const place = (name: string, field: Field | undefined): HTMLElement | undefined => {
    const own = [...form.querySelectorAll<HTMLElement>("[data-seamlint-for]")];
    const given = own.find((element) => element.dataset["seamlintFor"] === name);
    if (given || !field) return given;
    let element = made.get(name);
    if (!element) {
      element = form.ownerDocument.createElement("output");
      made.set(name, element);
      // Inside a label the message would be read as part of the field's name.
      (field.closest("label") ?? field).after(element);
    }
    return element;
  };

  const show = (all: boolean): void => {
    const value = read(form);
    // A string is JSON text, as for `check`.
    latest = typeof value === "string" ? checkJson(bind.kind, value, bind.options) : checkValue(bind.kind, value, bind.options);
    const messages = byField(latest.findings, latest.unfit);
    const named = fields(form);
    const names = new Set(named.map((field) => field.name));
    const shown = new Map<string, FieldMessage[]>();
    for (const list of Object.values(messages)) {
      for (const message of list) {
        // Without a field of its own, a finding goes to the nearest one above it.
        let path = message.path.map(String);
        while (path.length > 0 && !names.has(path.join("."))) path = path.slice(0, -1);
        const name = path.join(".");
        shown.set(name, [...(shown.get(name) ?? []), message]);
      }
    }
    const fieldless = shown.get("") ?? [];
    const common = place("", undefined);
    if (common) write(common, fieldless);
    const done = new Set<string>();
    for (const field of named) {
      const isFirst = field === named[0];
      const list = [...(shown.get(field.name) ?? [])];
      const errors = list.filter((message) => message.severity === "error");
      // The browser blocks the submission only for an error at a field.
      const stray = isFirst ? fieldless.filter((message) => message.severity === "error") : [];
      field.setCustomValidity([...errors, ...stray][0]?.message ?? "");
      if (!all && !touched.has(field.name)) continue;
      if (errors.length > 0) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      if (done.has(field.name)) continue;
      done.add(field.name);
      if (isFirst && !common) list.push(...stray);
      const known = made.has(field.name) || list.length > 0;
      const element = known ? place(field.name, field) : place(field.name, undefined);
      if (!element) continue;
      write(element, list);
      element.id ||= `seamlint-${form.id || "form"}-${field.name}`;
      describe(field, element.id, list.length > 0);
    }
  };

  const onInput = (event: Event): void => {
    const { target } = event;
    if (target instanceof Element && "name" in target) touched.add(String(target.name));
    show(false);
  };
  const onSubmit = (event: Event): void => {
    show(true);
    if (!form.reportValidity()) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
  // The browser may block before `submit`: then each field gets this event.
  const onInvalid = (): void => show(true);

  form.addEventListener("input", onInput);
  form.addEventListener("change", onInput);
  form.addEventListener("submit", onSubmit, { capture: true });
  form.addEventListener("invalid", onInvalid, { capture: true });

  return {
    validate() {
      show(true);
      return latest?.report.summary.errors === 0 && latest.unfit.length === 0;
    },
    get report() {
      return latest?.report;
    },
    unbind() {
      form.removeEventListener("input", onInput);
      form.removeEventListener("change", onInput);
      form.removeEventListener("submit", onSubmit, { capture: true });
      form.removeEventListener("invalid", onInvalid, { capture: true });
      for (const field of fields(form)) {
        field.setCustomValidity("");
        field.removeAttribute("aria-invalid");
      }
      for (const element of made.values()) element.remove();
    },
  };
}

function checkJson(kind: Kind | undefined, text: string, options: Options | undefined): CheckedValue {
  const report = kind === undefined ? check(text, options) : checkResource(kind, text, options);
  return { report, unfit: [], findings: report.files.flatMap((file) => file.diagnostics) };
}

function write(element: HTMLElement, messages: readonly FieldMessage[]): void {
  element.classList.add("seamlint-message");
  element.textContent = messages.map((message) => message.message).join("\n");
  const [first] = messages;
  if (first) element.dataset["severity"] = first.severity;
  else delete element.dataset["severity"];
}

function describe(field: Field, id: string, on: boolean): void {
  const ids = (field.getAttribute("aria-describedby") ?? "").split(/\s+/).filter((one) => one && one !== id);
  if (on) ids.push(id);
  if (ids.length > 0) field.setAttribute("aria-describedby", ids.join(" "));
  else field.removeAttribute("aria-describedby");
}
