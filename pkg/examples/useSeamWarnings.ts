import { useMemo } from "react";
import { checkForm, type FieldMessage, type FormOptions } from "seamlint";

/**
 * The warnings of a form's value by dotted path, for any form library in React. Errors are the
 * schema's: it holds the form. Give `watch()` of react-hook-form, or the values of a TanStack store.
 */
export function useSeamWarnings(value: unknown, { kind, options, message }: FormOptions = {}): Record<string, FieldMessage[]> {
  return useMemo(() => {
    const fields = Object.entries(checkForm(value, { kind, options, message, emptyAsAbsent: true }));
    return Object.fromEntries(
      fields.map(([name, messages]) => [name, messages.filter(({ severity }) => severity === "warning")]),
    );
  }, [value, kind, options, message]);
}
