import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useState } from "react";
import { useForm, type FieldPath } from "react-hook-form";
import { pushDataWith, type PushDataPayload } from "seamlint";

import { useSeamWarnings } from "../../useSeamWarnings.js";

const FIELDS = {
  Space: {
    Key: "spaces.0.space_key",
    Name: "spaces.0.name",
    "Time zone": "spaces.0.customer_data.time_zone",
    "Check-in": "spaces.0.customer_data.default_checkin_time",
  },
  Guest: { Key: "guests.0.guest_key", Name: "guests.0.name" },
  Reservation: {
    Key: "reservations.0.reservation_key",
    Guest: "reservations.0.guest_key",
    Space: "reservations.0.space_keys.0",
    From: "reservations.0.starts_at",
    To: "reservations.0.ends_at",
  },
} as const satisfies Record<string, Record<string, FieldPath<PushDataPayload>>>;

// A field that is empty is a member that is not there.
const schema = pushDataWith({ emptyAsAbsent: true });

export function StayForm() {
  const [outcome, setOutcome] = useState("");
  const { formState, getFieldState, handleSubmit, register, watch } = useForm<PushDataPayload>({
    // Errors hold the form back.
    resolver: standardSchemaResolver(schema),
    mode: "onBlur",
    defaultValues: { customer_key: "hotel_17", reservations: [{ space_keys: [""] }] },
  });
  // Warnings do not: the API takes the payload, and then something goes wrong at a door.
  const warnings = useSeamWarnings(watch());

  const send = async (payload: PushDataPayload) => {
    const response = await fetch("/api/push_data", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(payload),
    });
    setOutcome(response.ok ? "Sent" : `The server answers ${response.status}`);
  };

  return (
    <form onSubmit={handleSubmit(send)} noValidate>
      <h1>react-hook-form</h1>
      {Object.entries(FIELDS).map(([title, fields]) => (
        <fieldset key={title}>
          <legend>{title}</legend>
          {Object.entries(fields).map(([label, name]) => {
            const error = getFieldState(name, formState).error?.message;
            const warning = getFieldState(name, formState).isTouched
              ? warnings[name]?.[0]?.message
              : undefined;
            return (
              <label key={name}>
                {label}
                <input
                  {...register(name)}
                  aria-invalid={error !== undefined}
                  aria-describedby={`${name}-message`}
                />
                <output
                  id={`${name}-message`}
                  className="seamlint-message"
                  data-for={name}
                  data-severity={error ? "error" : warning ? "warning" : undefined}
                >
                  {error ?? warning}
                </output>
              </label>
            );
          })}
        </fieldset>
      ))}
      <button>Send</button>
      <output id="outcome">{outcome}</output>
    </form>
  );
}
