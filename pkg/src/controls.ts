// Reads the controls of a form as a value, and remembers which control each part comes from.

import type { ZoneOption } from "./dom.js";
import { withOffset } from "./local-time.js";
import type { FieldMessage } from "./messages.js";
import { pathOf, pointerOf } from "./paths.js";
import { DATE_TIMES, NUMBERS } from "./payload.js";

/** An element of a form that has a value: a native one, or a custom element. */
export type FieldElement = HTMLElement & {
  readonly type?: string;
  readonly validity?: ValidityState;
  readonly willValidate?: boolean;
  readonly validationMessage?: string;
  value: string;
};

/** The elements of one name: one, or a group of radio buttons or checkboxes. */
export interface Control {
  path: string[];
  elements: FieldElement[];
  /** Whether the values are an array. */
  isList: boolean;
}

/** What {@link readControls} returns. */
export interface Reading {
  value: Record<string, unknown>;
  controls: Control[];
  /** Controls by the JSON Pointer of their value, whether they have one or not. */
  at: Map<string, Control>;
  /** Times that clocks skip or have twice. */
  messages: FieldMessage[];
}

/** Longer names are refused: payloads are five deep. */
const MAX_DEPTH = 32;

/** Hidden fields of frameworks, which are no part of the payload. */
const TOKENS = /^[_$]|csrf|xsrf|^(authenticity_token|utf8)$/i;

/** A form's field may be called `elements`, and hides the property. */
const elementsOf = (form: HTMLFormElement): Iterable<Element> =>
  Reflect.get(HTMLFormElement.prototype, "elements", form) as HTMLFormControlsCollection;

const nameOf = (element: Element): string => element.getAttribute("name") ?? "";
const isCustom = (element: Element): boolean => element.localName.includes("-");
const typeOf = (element: FieldElement): string => (isCustom(element) ? "" : element.type ?? "");

/**
 * The controls of a form, in order.
 *
 * @throws {TypeError} if names make no sense, or collide.
 */
export function controlsOf(form: HTMLFormElement): Control[] {
  const elements = new Set<Element>(elementsOf(form));
  // Older custom elements take part in a form by its `formdata` event alone.
  for (const element of form.querySelectorAll("[name]")) if (isCustom(element)) elements.add(element);
  const controls = new Map<string, Control>();
  for (const element of elements as Set<FieldElement>) {
    if (!isField(element)) continue;
    const name = nameOf(element);
    const path = pathOfName(name);
    const key = pointerOf(path);
    const control = controls.get(key) ?? { path, elements: [], isList: false };
    controls.set(key, control);
    const other = control.elements.find((one) => isText(one) && isText(element) && !isDateAndTime(one, element));
    control.elements.push(element);
    const boxes = control.elements.filter((one) => typeOf(one) === "checkbox");
    control.isList ||= isKeyList(path) || boxes.length > 1 || name.endsWith("[]") || typeOf(element) === "select-multiple";
    if (other && !control.isList) {
      throw new TypeError(`two fields have the name ${JSON.stringify(name)}: the form has one value for it`);
    }
  }
  return [...controls.values()];
}

/** Lists of keys are members of a resource: `space_keys`, or `reservations.0.space_keys`. */
const isKeyList = (path: readonly string[]): boolean => (path.length === 1 || path.length === 3) && /_keys$/.test(path.at(-1) ?? "");

function isField(element: FieldElement): boolean {
  const name = nameOf(element);
  if (name === "" || element.closest("[data-seamlint-ignore]") || element.matches(":disabled")) return false;
  if (isCustom(element)) return true;
  if (!/^(input|select|textarea)$/.test(element.localName) || /^(submit|button|reset|image|file)$/.test(typeOf(element))) return false;
  return typeOf(element) !== "hidden" || !TOKENS.test(name);
}

const isText = (element: FieldElement): boolean => !/^(radio|checkbox|hidden)$/.test(typeOf(element));
const isDateAndTime = (a: FieldElement, b: FieldElement): boolean => [typeOf(a), typeOf(b)].sort().join() === "date,time";

/** `spaces[0].name`, `spaces[0][name]` and `spaces.0.name` are the same path. */
export function pathOfName(name: string): string[] {
  const path = name.replace(/\[\]$/, "").replace(/\[([^[\]]*)\]/g, ".$1").split(".");
  const isEmpty = path.includes("");
  if (isEmpty || path.length > MAX_DEPTH) {
    throw new TypeError(`the field name ${JSON.stringify(name.slice(0, 80))} has ${isEmpty ? "an empty part" : "too many parts"}`);
  }
  return path;
}

/**
 * Reads the controls of a form.
 *
 * @throws {TypeError} if names make no sense, or collide.
 */
export function readControls(form: HTMLFormElement, zone?: ZoneOption): Reading {
  const controls = controlsOf(form);
  let entries: FormData | undefined;
  const values = new Map<Control, unknown>();
  for (const control of controls) {
    const all = control.elements
      .flatMap((element) => valuesOf(element, () => (entries ??= new FormData(form))))
      .filter((value) => value !== "");
    const [date, time] = ["date", "time"].map((type) => control.elements.find((one) => typeOf(one) === type)?.value);
    if (date && time) values.set(control, `${date}T${time}`);
    else if (all.length > 0) values.set(control, control.isList ? all : typed(control.path, all.at(-1)));
  }
  const problems = new Map<Control, FieldMessage>();
  for (const control of controls) {
    const message = zoned(form, control, controls, values, zone);
    if (message) problems.set(control, message);
  }
  const at = new Map<string, Control>();
  const value = build(treeOf(controls), [], values, at) ?? {};
  const messages: FieldMessage[] = [];
  for (const [pointer, control] of at) {
    const message = problems.get(control);
    if (message) messages.push({ ...message, pointer, path: pathOf({ pointer }) });
  }
  return { value: value as Record<string, unknown>, controls, at, messages };
}

/** What an element contributes: no value, one, or several. */
function valuesOf(element: FieldElement, entries: () => FormData): unknown[] {
  if (isCustom(element)) {
    const all = entries().getAll(nameOf(element)).filter((value) => typeof value === "string");
    return all.length > 0 || !("value" in element) ? all : [element.value].flat().filter((value) => value != null);
  }
  if (element.localName === "select") {
    return [...(element as unknown as HTMLSelectElement).selectedOptions].filter((option) => !option.disabled).map((option) => option.value);
  }
  const { checked, value, valueAsNumber } = element as unknown as HTMLInputElement;
  switch (typeOf(element)) {
    case "radio":
      return checked ? [value] : [];
    case "checkbox":
      if (!element.hasAttribute("value")) return [checked];
      return checked ? [value] : [];
    case "number":
    case "range":
      return value === "" ? [] : [valueAsNumber];
    default:
      return [value];
  }
}

/** The schema knows numbers; a text that is none is left for the check. */
function typed(path: readonly string[], value: unknown): unknown {
  if (typeof value !== "string" || !isSchemas(path, NUMBERS)) return value;
  const text = value.trim();
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : value;
}

/** Whether the last name is one of the schema's. All names of metadata are the integration's own. */
function isSchemas(path: readonly string[], names: readonly string[]): boolean {
  return names.includes(path.at(-1) ?? "") && !path.includes("custom_metadata");
}

/** Gives a local date and time the offset of its zone. Returns what has to be said of it. */
function zoned(
  form: HTMLFormElement,
  control: Control,
  controls: readonly Control[],
  values: Map<Control, unknown>,
  option: ZoneOption | undefined,
): FieldMessage | undefined {
  const { path } = control;
  const value = values.get(control);
  if (typeof value !== "string" || !isSchemas(path, DATE_TIMES)) return undefined;
  if (!control.elements.some((element) => typeOf(element).startsWith("date"))) return undefined;
  const zone = typeof option === "function" ? option(form, path) : option ?? zoneOf(control, controls, values);
  const time = zone && withOffset(value, zone);
  if (!time) return undefined;
  values.set(control, time.text);
  const { problem } = time;
  if (!problem) return undefined;
  const name = path.at(-1) ?? "";
  const local = value.replace("T", " ");
  return {
    severity: problem === "skipped" ? "error" : "warning",
    code: `local-time-${problem}`,
    message:
      problem === "skipped"
        ? `${name} is ${local}, a time that the clocks of ${zone} skip`
        : `${name} is ${local}, a time that the clocks of ${zone} show twice; the first is sent`,
    help: problem === "skipped" ? "choose another time" : "choose another time if the second is meant",
    data: { found: value, expected: time.text },
    pointer: "",
    path: [],
  };
}

/** The time zone that the form has for a stay: that of its spaces, or the only one. */
function zoneOf(stay: Control, controls: readonly Control[], values: ReadonlyMap<Control, unknown>): string | undefined {
  const within = ({ path }: Control, levels: number): string => pointerOf(path.slice(0, -levels));
  const valuesOf = (some: readonly Control[]): unknown[] => some.flatMap((one) => values.get(one) ?? []);
  const only = (some: readonly Control[]): string | undefined => {
    const zones = new Set(valuesOf(some));
    return zones.size === 1 ? ([...zones][0] as string) : undefined;
  };
  const resource = within(stay, 1);
  // `space_keys`, or `space_keys.0`.
  const isOfStay = (one: Control): boolean =>
    [one.path, one.path.slice(0, -1)].some((path) => isKeyList(path) && pointerOf(path.slice(0, -1)) === resource);
  const keys = valuesOf(controls.filter(isOfStay));
  const zones = controls.filter(({ path }) => path.at(-1) === "time_zone");
  const own = zones.filter((zone) =>
    controls.some((one) => /_key$/.test(one.path.at(-1) ?? "") && within(one, 1) === within(zone, 2) && keys.includes(values.get(one))),
  );
  return only(own) ?? only(zones);
}

interface Node {
  children: Map<string, Node>;
  control?: Control;
}

/** The controls by their names, as a tree. */
function treeOf(controls: readonly Control[]): Node {
  const root: Node = { children: new Map() };
  for (const control of controls) {
    let node = root;
    for (const [at, name] of control.path.entries()) {
      if (node.control) collide(control.path.slice(0, at), name);
      let child = node.children.get(name);
      if (!child) node.children.set(name, (child = { children: new Map() }));
      node = child;
    }
    node.control = control;
    for (const name of node.children.keys()) collide(control.path, name);
  }
  return root;
}

function collide(path: readonly string[], member: string): never {
  const name = path.join(".");
  throw new TypeError(`the fields "${name}" and "${name}.${member}" collide: one is a value, the other a member of it`);
}

/** The value of a node; undefined if all its controls are empty. */
function build(node: Node, path: readonly (string | number)[], values: ReadonlyMap<Control, unknown>, at: Map<string, Control>): unknown {
  if (node.control) {
    at.set(pointerOf(path), node.control);
    return values.get(node.control);
  }
  const names = [...node.children.keys()];
  if (path.at(-1) !== "custom_metadata" && names.every((name) => /^\d+$/.test(name)) && names.length > 0) {
    // The numbers order rows, and are no indexes: scripts number new rows by the time, and remove others.
    const rows: unknown[] = [];
    for (const name of names.sort((a, b) => Number(a) - Number(b))) {
      const of = new Map<string, Control>();
      const row = build(node.children.get(name) as Node, [...path, rows.length], values, of);
      if (row === undefined) continue;
      rows.push(row);
      for (const [pointer, control] of of) at.set(pointer, control);
    }
    return rows.length > 0 ? rows : undefined;
  }
  const members = [...node.children].map(([name, child]) => [name, build(child, [...path, name], values, at)] as const);
  const filled = members.filter(([, value]) => value !== undefined);
  // No assignment: a field may be called `__proto__`.
  return filled.length > 0 ? Object.fromEntries(filled) : undefined;
}
