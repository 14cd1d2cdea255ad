// Standard Schema (https://standardschema.dev), for form libraries and routers.

import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";

import { checkValue, schema } from "./core.js";
import type { Options } from "./options.js";
import { pathOf } from "./paths.js";
import type { Kind, PushDataPayload, Resources } from "./payload.js";

/** A Standard Schema with its JSON Schema. */
export interface Schema<T> {
  readonly "~standard": StandardSchemaV1.Props<T, T> & StandardJSONSchemaV1.Props<T, T>;
}

/**
 * The Standard Schema of a payload. `validate` is synchronous; call `load()` first. Only errors become
 * issues, because any issue means failure. `check` returns the warnings.
 */
export const pushData: Schema<PushDataPayload> = /* @__PURE__ */ standard(undefined, undefined);

/** Like {@link pushData}, with options. */
export function pushDataWith(options: Options): Schema<PushDataPayload> {
  return standard(undefined, options);
}

/** The Standard Schema of one resource, for the form that edits it. */
export function resource<K extends Kind>(kind: K, options?: Options): Schema<Resources[K]> {
  return standard(kind, options);
}

function standard<T>(kind: Kind | undefined, options: Options | undefined): Schema<T> {
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
      validate: (value) => validate<T>(kind, options, value),
      jsonSchema: { input: jsonSchema, output: jsonSchema },
    },
  };
}

function validate<T>(
  kind: Kind | undefined,
  options: Options | undefined,
  value: unknown,
): StandardSchemaV1.Result<T> {
  const { unfit, findings } = checkValue(kind, value, options);
  const issues = unfit.map(({ message, path }) => ({ message, path: [...path] }));
  for (const finding of findings) {
    if (finding.severity !== "error") continue;
    issues.push({
      message: finding.help ? `${finding.message}: ${finding.help}` : finding.message,
      path: pathOf(finding, value),
    });
  }
  return issues.length > 0 ? { issues } : { value: value as T };
}
