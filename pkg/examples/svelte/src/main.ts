import { mount } from "svelte";

import "../../style.css";
import "seamlint/style.css";
import StayForm from "./StayForm.svelte";

mount(StayForm, { target: document.querySelector("#root")! });
