import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  worker: { format: "es" },
  // In development, so that the module is found beside the package's JavaScript.
  optimizeDeps: { exclude: ["seamlint"] },
});
