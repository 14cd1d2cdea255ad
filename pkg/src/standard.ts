// Standard Schema (https://standardschema.dev), for form libraries and routers.

import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";

import { checkKind, checkValue, schema } from "./core.js";
import { isLoaded, loadingNow } from "./engine.js";
import { messagesOf, type FieldMessage, type Wording } from "./messages.js";
import type { Options } from "./options.js";
import type { Kind, PushDataPayload, Resources } from "./payload.js";

/** A Standard Schema with its JSON Schema. */
export interface Schema<T> {
  readonly "~standard": StandardSchemaV1.Props<T, T> & StandardJSONSchemaV1.Props<T, T>;
}

/** Options of a schema: those of a check, and of a form. */
export interface SchemaOptions extends Options {
  /** Leaves out empty fields (`""`, `NaN`, `undefined`), in the value that `validate` returns too. */
  emptyAsAbsent?: boolean | undefined;
  /** Words issues anew: for another language or tone. */
  message?: Wording | undefined;
  /** The package's `load`: `validate` waits for it, if the module is not loaded. */
  load?: (() => Promise<void>) | undefined;
}

/** An issue, with what some libraries have room for. */
export type Issue = StandardSchemaV1.Issue & Partial<FieldMessage>;

/**
 * The Standard Schema of a payload. `validate` is synchronous once the module is loaded. Only errors
 * become issues, because any issue means failure. `check` returns the warnings.
 */
export const pushData: Schema<PushDataPayload> = /* @__PURE__ */ standard(undefined, {});

/** Like {@link pushData}, with options. */
export function pushDataWith(options: SchemaOptions): Schema<PushDataPayload> {
  return standard(undefined, options);
}

/**
 * The Standard Schema of one resource, for the form that edits it.
 *
 * @throws {TypeError} if there is no such collection.
 */
export function resource<K extends Kind>(kind: K, options: SchemaOptions = {}): Schema<Resources[K]> {
  checkKind(kind);
  return standard(kind, options);
}

function standard<T>(kind: Kind | undefined, options: SchemaOptions): Schema<T> {
  const jsonSchema = ({ target }: StandardJSONSchemaV1.Options): Record<string, unknown> => {
    if (target !== "draft-2020-12") {
      throw new TypeError(`seamlint has its JSON Schema in draft-2020-12, not in ${target}`);
    }
    const whole = schema();
    if (kind === undefined) return whole;
    const collections = whole["properties"] as Record<string, { items: Record<string, unknown> }>;
    return { $schema: whole["$schema"], ...collections[kind]?.items };
  };
  return {
    "~standard": {
      version: 1,
      vendor: "seamlint",
      validate(value) {
        const loading = isLoaded() ? undefined : loadingNow() ?? options.load?.();
        return loading ? loading.then(() => validate<T>(kind, options, value)) : validate<T>(kind, options, value);
      },
      jsonSchema: { input: jsonSchema, output: jsonSchema },
    },
  };
}

function validate<T>(
  kind: Kind | undefined,
  { emptyAsAbsent, message, load: _, ...options }: SchemaOptions,
  value: unknown,
): StandardSchemaV1.Result<T> {
  const checked = checkValue(kind, value, options, emptyAsAbsent);
  const issues: Issue[] = messagesOf(checked, message, { value }).filter(({ severity }) => severity === "error");
  return issues.length > 0 ? { issues } : { value: checked.value as T };
}
