import { useForm } from "@tanstack/react-form";
import { useState } from "react";
import { pushDataWith, type PushDataPayload } from "seamlint";

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
const schema = pushDataWith({ closedWorld: true });
// TanStack Form makes objects of lists that are not there.
const defaultValues: PushDataPayload = {
  customer_key: "hotel_17",
  spaces: [{ space_key: "", name: "" }],
  guests: [{ guest_key: "", name: "" }],
  reservations: [{ reservation_key: "", space_keys: [""] }],
};
/** A field that is empty is a member that is not there; a list has no such. */
const entered = (name: string, text: string) => text || (name.endsWith("]") ? "" : undefined);

export function StayForm() {
  const [outcome, setOutcome] = useState("");
  const form = useForm({
    defaultValues,
    validators: { onChange: schema },
    onSubmit: async ({ value }) => {
      const response = await fetch("/api/push_data", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(value),
      });
      setOutcome(response.ok ? "Sent" : `The server answers ${response.status}`);
    },
  });

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
                const [error] = field.state.meta.isBlurred ? field.state.meta.errors : [];
                return (
                  <label>
                    {label}
                    <input
                      name={name}
                      value={field.state.value ?? ""}
                      onBlur={field.handleBlur}
                      onChange={({ target }) => field.handleChange(entered(name, target.value))}
                      aria-invalid={error !== undefined}
                      aria-describedby={`${name}-message`}
                    />
                    <output
                      id={`${name}-message`}
                      className="seamlint-message"
                      data-for={name}
                      data-severity={error && "error"}
                    >
                      {error?.message}
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
