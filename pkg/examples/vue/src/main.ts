import { load } from "seamlint";
import { createApp } from "vue";

import "../../style.css";
import StayForm from "./StayForm.vue";

// Checks are synchronous once this is done.
await load();
createApp(StayForm).mount("#root");
