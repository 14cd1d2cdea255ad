// The forms of pages: plain HTML, and the values of form libraries.

import { check, checkKind, checkResource, checkValue, findingsOf, type CheckedValue } from "./core.js";
import { controlsOf, pathOfName, readControls, type Control, type FieldElement, type Reading } from "./controls.js";
import type { PageForm, ZoneOption } from "./dom.js";
import { isLoaded, loadingNow } from "./engine.js";
import { applyFix } from "./fixes.js";
import { byField, messagesOf, worded, type FieldMessage, type Wording } from "./messages.js";
import { checkNames, named } from "./misuse.js";
import type { Options } from "./options.js";
import { pointerOf } from "./paths.js";
import type { Kind } from "./payload.js";
import type { Report } from "./report.js";

/** Options of {@link checkForm}. */
export interface FormOptions {
  /** The collection of the resource that the form edits. By default it edits a payload. */
  kind?: Kind | undefined;
  /** Options of the check. */
  options?: Options | undefined;
  /** Words messages anew: for another language or tone. */
  message?: Wording | undefined;
  /** Leaves out empty fields (`""`, `NaN`, `undefined`). Always on in {@link bindForm}. */
  emptyAsAbsent?: boolean | undefined;
}

/** Words that {@link bindForm} shows beside messages. */
export interface Labels {
  error: string;
  warning: string;
  info: string;
  /** The button of a fix, before the value: `Use 09:00`. */
  use: string;
  /** While the module is being loaded. */
  loading: string;
  /** The form could not be checked, and is not sent. */
  failed: string;
}

/** Options of {@link bindForm}. */
export interface BindOptions extends Omit<FormOptions, "emptyAsAbsent"> {
  /** Reads the form: returns a value, or JSON text. Default {@link readForm}. */
  read?: ((form: PageForm) => unknown) | undefined;
  /**
   * When a field speaks for the first time: from the first key, when it is left, or when the form is
   * sent. After that its messages follow what is typed. Default `"blur"`.
   */
  on?: "input" | "blur" | "submit" | undefined;
  /** The zone of `datetime-local` fields. Default: that of the form's space. */
  timeZone?: ZoneOption | undefined;
  /** Offers each fix as a button after its message. */
  fixes?: boolean | undefined;
  /** Words beside the messages. */
  labels?: Partial<Labels> | undefined;
  /** The package's `load`: the form is held until the module is loaded. */
  load?: (() => Promise<void>) | undefined;
}

/** The result of {@link bindForm}. */
export interface Binding {
  /** Checks now and shows the messages of all fields. True if the form would be sent. */
  validate(): boolean;
  /** The latest report; undefined before the first check. */
  readonly report: Report | undefined;
  /** Removes listeners and messages, and leaves the form as it was. */
  unbind(): void;
}

const FORM_OPTIONS = ["kind", "options", "message", "emptyAsAbsent"];
const BIND_OPTIONS = ["kind", "options", "message", "read", "on", "timeZone", "fixes", "labels", "load"];
const LABELS: Labels = {
  error: "Error",
  warning: "Warning",
  info: "Note",
  use: "Use",
  loading: "The form is sent when its check is loaded.",
  failed: "The form could not be checked, and was not sent.",
};

/** More messages at one place help nobody. */
const MAX_SHOWN = 10;

/**
 * Checks the value of a form library and returns messages like {@link fieldMessages}. A value that
 * JSON cannot hold, such as the `NaN` of an empty number field, is an error at its field with the code
 * `not-json`; the rest of the value is still checked.
 *
 * @throws {TypeError} if there is no such collection, or the options are invalid.
 */
export function checkForm(value: unknown, form: FormOptions = {}): Record<string, FieldMessage[]> {
  checkNames(form, FORM_OPTIONS);
  const { kind, options, message, emptyAsAbsent } = form;
  return byField(messagesOf(checkValue(kind, value, options, emptyAsAbsent), message));
}

/**
 * Reads the value of a form. Names are paths: `customer_data.time_zone`, `spaces.0.name` or
 * `spaces[0][name]`. Numbers order rows, and gaps between them close. Empty fields and rows are left out.
 * All values of a `<select multiple>`, of checkboxes that share a name, of `name[]`, and of a list of
 * keys in the schema (`space_keys`) become an array. Local dates and times get the offset of the zone.
 *
 * @throws {TypeError} if names collide.
 */
export function readForm(form: PageForm, options: { timeZone?: ZoneOption | undefined } = {}): Record<string, unknown> {
  return readControls(asForm(form, "readForm"), options.timeZone).value;
}

function asForm(form: HTMLFormElement, name: string): HTMLFormElement {
  if ((form as HTMLFormElement | null | undefined)?.localName === "form") return form;
  throw new TypeError(`${name}: a form element was expected, not ${named(form)}`);
}

const bindings = new WeakMap<HTMLFormElement, Binding>();
let count = 0;

/**
 * Checks a plain HTML form, and lets it be sent only if the report has no error: a check that fails
 * holds it too. A button with `formnovalidate` sends without a check. `form.submit()` asks nobody, as
 * the browser has it.
 *
 * Messages go into the element with `data-seamlint-for="NAME"`, or into a new one after the field, with
 * the class `seamlint-message`. Messages of no visible field go into `data-seamlint-for=""`, or into a new
 * element before the button. A form has one binding: a second one replaces the first.
 *
 * @throws {TypeError} if an option is wrong, or names of fields collide. The form is held then, too.
 */
export function bindForm(form: PageForm, bind: BindOptions = {}): Binding {
  bindings.get(asForm(form, "bindForm"))?.unbind();
  const wasNoValidate = form.hasAttribute("novalidate");
  let labels = LABELS;
  /** Why the form can never be checked. */
  let misuse: { error: unknown } | undefined;
  let latest: CheckedValue | undefined;
  /** Fields that may speak; all may after `isAll`. */
  let touched = new WeakSet<Element>();
  let isAll = false;
  /** Whether a button is being clicked. */
  let isPressed = false;
  let sendWhenLoaded: { submitter: HTMLElement | null } | undefined;
  /** Regions of the page's own, by the pointer of their name. */
  const given = new Map<string, HTMLElement>();
  /** Regions that were made, by the first element of their field. */
  const made = new Map<Element | undefined, HTMLElement>();
  /** Brings regions and fields back to what they were. */
  const undo = new Map<Element, () => void>();
  /** What regions say, so that a screen reader hears changes alone. */
  const says = new WeakMap<Element, string>();

  function validate(): boolean {
    isAll = true;
    try {
      return show();
    } catch (error) {
      fail(error);
      return false;
    }
  }

  function listen(change: "addEventListener" | "removeEventListener"): void {
    // A field may have the name of a method.
    const { [change]: call } = EventTarget.prototype;
    for (const type of ["input", "change", "focusout", "reset", "pointerdown", "click"]) call.call(form, type, onEvent);
    call.call(form, "submit", onSubmit, { capture: true });
  }

  /** Loads the module, and then sends the form if that was asked for. */
  async function loadModule(): Promise<void> {
    if (isLoaded() || misuse) return;
    try {
      await (loadingNow() ?? bind.load?.());
    } catch (error) {
      if (sendWhenLoaded) fail(error);
      sendWhenLoaded = undefined;
      return;
    }
    const send = sendWhenLoaded;
    if (!send || !isLoaded()) return;
    sendWhenLoaded = undefined;
    write(regionOf(undefined), []);
    const { submitter } = send;
    form.requestSubmit(submitter?.isConnected ? submitter : undefined);
  }

  function onSubmit(event: Event): void {
    const { submitter } = event as SubmitEvent;
    // "Save as a draft".
    if (submitter?.hasAttribute("formnovalidate")) return;
    let isRight = false;
    try {
      if (!isLoaded() && !misuse && (loadingNow() ?? bind.load)) {
        sendWhenLoaded = { submitter };
        tell(labels.loading);
        void loadModule();
      } else {
        isRight = validate();
      }
    } finally {
      if (!isRight) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    }
    if (!isRight) focusWrong();
  }

  function onEvent(event: Event): void {
    const { type } = event;
    const target = event.target as FieldElement;
    const { on = "blur" } = bind;
    if (type === "reset") {
      // The fields are reset after the event.
      setTimeout(() => {
        if (event.defaultPrevented) return;
        touched = new WeakSet();
        isAll = false;
        update();
      });
      return;
    }
    if (type === "pointerdown") {
      isPressed = target.closest("button, [type=submit], [type=image]") !== null;
      return;
    }
    if (type === "click") {
      if (isPressed) setTimeout(update);
      isPressed = false;
      return;
    }
    if (type === "focusout") {
      if (on !== "blur") return;
      touched.add(target);
      // A message that comes before the click ends would move the button away from the pointer.
      if (isPressed) return;
    }
    if (on === "input") touched.add(target);
    // A choice is made at once; a text is written until the field is left.
    if (on === "blur" && type === "change" && isChoice(target)) touched.add(target);
    update();
  }

  /** Shows what the form says while it is filled in. What fails then is said when it is sent. */
  function update(): void {
    if (misuse || !isLoaded()) return;
    try {
      show();
    } catch (error) {
      if (isAll) fail(error);
    }
  }

  /** The form could not be checked: says so. */
  function fail(error: unknown): void {
    tell(`${labels.failed} ${error instanceof Error ? error.message : String(error)}`);
    (globalThis.reportError ?? console.error)(error);
  }

  /** Checks, and shows the messages of fields that may speak. True if there is no error. */
  function show(): boolean {
    if (misuse) throw misuse.error;
    const { kind, options, message, timeZone, read } = bind;
    const reading = readControls(form, timeZone);
    findRegions(reading.controls);
    const value = read ? read(form) : reading.value;
    // A string is JSON text, as for `check`.
    const isJson = typeof value === "string";
    const checked = isJson ? checkJson(kind, value, options) : checkValue(kind, value, options, true);
    latest = checked;
    const isJudged = options?.known ?? options?.context ?? options?.closedWorld;
    const messages = messagesOf(checked, message, { isText: isJson });
    if (!read) messages.unshift(...reading.messages.map((one) => worded(one, message)));
    const shown = new Map<Control | undefined, FieldMessage[]>();
    let isRight = true;
    const add = (control: Control | undefined, one: FieldMessage): void => {
      if (one.severity === "error") isRight = false;
      const list = shown.get(control);
      if (list) list.push(one);
      else shown.set(control, [one]);
    };
    for (const one of messages) {
      const control = nearest(reading, one.pointer);
      // The choices are resources that exist.
      if (one.code === "dangling-reference" && !isJudged && control?.elements.some(isChoice)) continue;
      add(control, one);
    }
    for (const control of reading.controls) {
      const invalid = control.elements.find((element) => element.willValidate && element.validity?.valid === false);
      // What is unfinished in a field of dates or numbers is not in the value.
      if (!invalid || (wasNoValidate && !invalid.validity?.badInput)) continue;
      if (shown.get(control)?.some(({ severity }) => severity === "error")) continue;
      const pointer = pointerOf(control.path);
      const text = invalid.validationMessage ?? "";
      add(control, worded({ severity: "error", code: "browser", message: text, pointer, path: [...control.path] }, message));
    }
    const common = shown.get(undefined) ?? [];
    for (const control of reading.controls) {
      const list = shown.get(control) ?? [];
      if (control.elements.some(isVisible)) showAt(control, list, checked.value);
      else common.push(...list);
    }
    write(regionOf(undefined), isAll ? common : []);
    return isRight;
  }

  function showAt(control: Control, list: readonly FieldMessage[], value: unknown): void {
    const { elements } = control;
    const mayShow = isAll || elements.some((element) => touched.has(element));
    const messages = mayShow ? list : [];
    const region = regionOf(control);
    write(region, messages);
    if (bind.fixes) offer(region, control, messages, value);
    const group = groupOf(control);
    if (group) describe(group, region.id, messages.length > 0);
    const isInvalid = messages.some(({ severity }) => severity === "error");
    for (const element of elements) {
      if (!group) describe(element, region.id, messages.length > 0);
      if (isInvalid) remember(element);
      // What the app has set itself is left alone.
      if (undo.has(element)) setAttribute(element, "aria-invalid", isInvalid ? "true" : null);
    }
  }

  /** Keeps attributes for `unbind`. */
  function remember(element: Element, names: readonly string[] = ["aria-describedby", "aria-invalid"]): void {
    if (undo.has(element)) return;
    const before = names.map((name) => [name, element.getAttribute(name)] as const);
    undo.set(element, () => {
      for (const [name, value] of before) setAttribute(element, name, value);
    });
  }

  function describe(element: Element, id: string, isOn: boolean): void {
    const name = "aria-describedby";
    const before = element.getAttribute(name) ?? "";
    const ids = before.split(/\s+/).filter((one) => one && one !== id);
    if (isOn) {
      remember(element);
      ids.push(id);
    }
    if (ids.join(" ") !== before) setAttribute(element, name, ids.join(" ") || null);
  }

  /** Finds the regions of the page's own, and makes the others. */
  function findRegions(controls: readonly Control[]): void {
    given.clear();
    for (const region of form.querySelectorAll<HTMLElement>("[data-seamlint-for]")) {
      const name = region.dataset["seamlintFor"];
      given.set(name ? pointerOf(pathOfName(name)) : "", region);
    }
    for (const control of [undefined, ...controls]) regionOf(control);
  }

  /** The region of a field's messages, or of the form's. */
  function regionOf(control: Control | undefined): HTMLElement {
    const own = given.get(control ? pointerOf(control.path) : "");
    if (own) return prepare(own);
    const key = control?.elements[0];
    let region = made.get(key);
    if (!region) {
      region = form.ownerDocument.createElement("output");
      made.set(key, region);
      prepare(region);
    }
    if (!region.isConnected) place(form, control, region);
    return region;
  }

  function prepare(region: HTMLElement): HTMLElement {
    if (undo.has(region)) return region;
    remember(region, ["class", "id", "role", "tabindex"]);
    const attributes = undo.get(region);
    const { textContent } = region;
    undo.set(region, () => {
      attributes?.();
      region.textContent = textContent;
    });
    region.classList.add("seamlint-message");
    // An `output` is a status already.
    if (region.localName !== "output") region.role ??= "status";
    while (!region.id) {
      const free = `seamlint-${++count}`;
      if (!region.ownerDocument.getElementById(free)) region.id = free;
    }
    return region;
  }

  /** Writes messages into a region. */
  function write(region: HTMLElement, messages: readonly Pick<FieldMessage, "severity" | "message">[]): void {
    const what = messages.map(({ severity, message }) => severity + message).join("\n");
    if (says.get(region) === what) return;
    says.set(region, what);
    const make = (name: string, className: string, content: string): HTMLElement => {
      const element = region.ownerDocument.createElement(name);
      element.className = className;
      element.textContent = content;
      return element;
    };
    const lines = messages.slice(0, MAX_SHOWN).map(({ severity, message }) => {
      const line = make("span", "seamlint-text", ` ${message}`);
      line.dataset["severity"] = severity;
      line.prepend(make("strong", "seamlint-severity", labels[severity]));
      return line;
    });
    if (messages.length > MAX_SHOWN) lines.push(make("span", "seamlint-text", "…"));
    region.replaceChildren(...lines);
  }

  /** Writes a text of the form's own. */
  function tell(message: string): void {
    write(regionOf(undefined), [{ severity: "error", message }]);
  }

  /** Puts the button of a fix after each message that has one for this field. */
  function offer(region: HTMLElement, { elements }: Control, messages: readonly FieldMessage[], value: unknown): void {
    const [element] = elements;
    if (elements.length !== 1 || !element || isChoice(element) || element.type?.startsWith("date")) return;
    for (const [at, message] of messages.slice(0, MAX_SHOWN).entries()) {
      const line = region.children[at];
      if (!message.fix || !line || line.querySelector("button")) continue;
      const fixed = scalarAt(applyFix(value, message), message.path);
      if (fixed === undefined || fixed === element.value) continue;
      const button = region.ownerDocument.createElement("button");
      button.type = "button";
      button.className = "seamlint-fix";
      button.textContent = `${labels.use} ${fixed}`;
      button.addEventListener("click", () => {
        element.value = fixed;
        element.focus();
        // Frameworks listen to these.
        for (const type of ["input", "change"]) element.dispatchEvent(new Event(type, { bubbles: true }));
      });
      line.append(" ", button);
    }
  }

  /** Moves the focus to the first field with an error, or to the form's own messages. */
  function focusWrong(): void {
    const wrong = [...form.querySelectorAll<HTMLElement>("[aria-invalid=true]")].find(isVisible);
    if (wrong) return wrong.focus();
    const region = regionOf(undefined);
    region.tabIndex = -1;
    region.focus();
  }

  const binding: Binding = {
    validate,
    get report() {
      return latest?.report;
    },
    unbind() {
      listen("removeEventListener");
      sendWhenLoaded = undefined;
      form.toggleAttribute("novalidate", wasNoValidate);
      for (const restore of undo.values()) restore();
      for (const region of made.values()) region.remove();
      if (bindings.get(form) === binding) bindings.delete(form);
    },
  };
  bindings.set(form, binding);
  // The browser's bubbles would say the same a second time.
  form.toggleAttribute("novalidate", true);
  listen("addEventListener");
  try {
    checkBindOptions(bind);
    labels = { ...LABELS, ...bind.labels };
    // A screen reader announces what comes into a region that is there.
    findRegions(controlsOf(form));
  } catch (error) {
    misuse = { error };
    throw error;
  }
  void loadModule();
  return binding;
}

function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

function checkBindOptions(bind: BindOptions): void {
  checkNames(bind, BIND_OPTIONS);
  checkKind(bind.kind);
  checkNames(bind.labels ?? {}, Object.keys(LABELS));
  const { on = "blur" } = bind;
  if (!["input", "blur", "submit"].includes(on)) {
    throw new TypeError(`on is ${JSON.stringify(on)}: "input", "blur" or "submit" was expected`);
  }
}

/** The control of a message: the nearest above its place. */
function nearest({ at }: Reading, pointer: string): Control | undefined {
  for (let end = pointer.length; end > 0; end = pointer.lastIndexOf("/", end - 1)) {
    const control = at.get(pointer.slice(0, end));
    if (control) return control;
  }
  return undefined;
}

const isChoice = (element: FieldElement): boolean => /^(select|radio|checkbox|range|color)/.test(element.type ?? "");

/** Whether a message beside the element can be seen. */
function isVisible(element: HTMLElement): boolean {
  return (element as FieldElement).type !== "hidden" && (element.checkVisibility?.() ?? true);
}

/** The element that holds the fields of a group and no others. */
function groupOf({ elements }: Control): Element | undefined {
  const [first] = elements;
  if (!first || elements.length === 1) return undefined;
  const group = first.closest("fieldset, [role=radiogroup], [role=group]");
  const fields = group?.querySelectorAll("input, select, textarea") ?? [];
  return group && [...fields].every((one) => elements.includes(one as FieldElement)) ? group : undefined;
}

function place(form: HTMLFormElement, control: Control | undefined, region: HTMLElement): void {
  if (!control) {
    const button = form.querySelector("button:not([type=button], [type=reset]), [type=submit], [type=image]");
    if (button) button.before(region);
    else form.append(region);
    return;
  }
  const group = groupOf(control);
  const last = control.elements.at(-1);
  // Inside a label the message would be read as part of the field's name.
  if (group) group.append(region);
  else (last?.closest("label") ?? last)?.after(region);
}

/** The string or number at a path, as a field holds it. */
function scalarAt(value: unknown, path: FieldMessage["path"]): string | undefined {
  let at: any = value;
  for (const name of path) at = typeof at === "object" && at !== null && Object.hasOwn(at, name) ? at[name] : undefined;
  return typeof at === "string" || typeof at === "number" ? String(at) : undefined;
}

function checkJson(kind: Kind | undefined, text: string, options: Options | undefined): CheckedValue {
  const report = kind === undefined ? check(text, options) : checkResource(kind, text, options);
  return { report, unfit: [], findings: findingsOf(report), value: text };
}
