import { bindForm, load, readForm } from "/seamlint/browser.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("#stay"));
const outcome = /** @type {HTMLOutputElement} */ (document.querySelector("#outcome"));

await load();
bindForm(form, { options: { closedWorld: true } });

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
