import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  base: "./",
  // In development, so that the module is found beside the package's JavaScript.
  optimizeDeps: { exclude: ["seamlint"] },
});
