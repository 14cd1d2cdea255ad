import { bindForm, load, readForm } from "/seamlint/browser.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("#stay"));
const outcome = /** @type {HTMLOutputElement} */ (document.querySelector("#outcome"));

// The form is held until the module is loaded, and while there is an error.
bindForm(form, { load, fixes: true, options: { closedWorld: true } });

// Only a form without errors comes this far.
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const response = await fetch(form.action, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(readForm(form)),
  });
  outcome.value = response.ok ? "Sent" : `The server answers ${response.status}`;
});
