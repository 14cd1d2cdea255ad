import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [svelte()],
  base: "./",
  // In development, so that the module is found beside the package's JavaScript.
  optimizeDeps: { exclude: ["seamlint"] },
});
