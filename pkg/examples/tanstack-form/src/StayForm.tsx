import { useForm, useStore } from "@tanstack/react-form";
import { useState } from "react";
import { pushDataWith, withoutEmpty, type PushDataPayload } from "seamlint";

import { useSeamWarnings } from "../../useSeamWarnings.js";

const FIELDS = {
  Space: {
    Key: "spaces[0].space_key",
    Name: "spaces[0].name",
    "Time zone": "spaces[0].customer_data.time_zone",
    "Check-in": "spaces[0].customer_data.default_checkin_time",
  },
  Guest: { Key: "guests[0].guest_key", Name: "guests[0].name" },
  Reservation: {
    Key: "reservations[0].reservation_key",
    Guest: "reservations[0].guest_key",
    Space: "reservations[0].space_keys[0]",
    From: "reservations[0].starts_at",
    To: "reservations[0].ends_at",
  },
} as const;

// What is entered here is all there is: a reference to anything else is an error.
const options = { closedWorld: true };
const schema = pushDataWith({ ...options, emptyAsAbsent: true });
// TanStack Form makes objects of lists that are not there.
const defaultValues: PushDataPayload = {
  customer_key: "hotel_17",
  spaces: [{ space_key: "", name: "" }],
  guests: [{ guest_key: "", name: "" }],
  reservations: [{ reservation_key: "", space_keys: [""] }],
};
const dotted = (name: string) => name.replace(/\[(\d+)\]/g, ".$1");

export function StayForm() {
  const [outcome, setOutcome] = useState("");
  const form = useForm({
    defaultValues,
    validators: { onChange: schema },
    onSubmit: async ({ value }) => {
      const response = await fetch("/api/push_data", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(withoutEmpty(value)),
      });
      setOutcome(response.ok ? "Sent" : `The server answers ${response.status}`);
    },
  });
  const warnings = useSeamWarnings(useStore(form.store, ({ values }) => values), { options });
  const isSent = useStore(form.store, ({ submissionAttempts }) => submissionAttempts > 0);

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.handleSubmit();
      }}
    >
      <h1>TanStack Form</h1>
      {Object.entries(FIELDS).map(([title, fields]) => (
        <fieldset key={title}>
          <legend>{title}</legend>
          {Object.entries(fields).map(([label, name]) => (
            <form.Field key={name} name={name}>
              {(field) => {
                // Silent until the field is left, or the form is sent.
                const mayShow = field.state.meta.isBlurred || isSent;
                const [error] = mayShow ? field.state.meta.errors : [];
                const [warning] = (mayShow && warnings[dotted(name)]) || [];
                return (
                  <label>
                    {label}
                    <input
                      name={name}
                      value={field.state.value ?? ""}
                      onBlur={field.handleBlur}
                      onChange={({ target }) => field.handleChange(target.value)}
                      aria-invalid={error !== undefined}
                      aria-describedby={`${name}-message`}
                    />
                    <output
                      id={`${name}-message`}
                      className="seamlint-message"
                      data-for={name}
                      data-severity={error ? "error" : warning ? "warning" : undefined}
                    >
                      {(error ?? warning)?.message}
                    </output>
                  </label>
                );
              }}
            </form.Field>
          ))}
        </fieldset>
      ))}
      <button>Send</button>
      <output id="outcome">{outcome}</output>
    </form>
  );
}
