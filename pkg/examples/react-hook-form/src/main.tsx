import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { load } from "seamlint";

import "../../style.css";
import { StayForm } from "./StayForm.js";

// Validation is synchronous once this is done.
await load();
createRoot(document.querySelector("#root")!).render(
  <StrictMode>
    <StayForm />
  </StrictMode>,
);
