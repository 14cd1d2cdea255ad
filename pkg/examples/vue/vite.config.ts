import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [vue()],
  base: "./",
  // In development, so that the module is found beside the package's JavaScript.
  optimizeDeps: { exclude: ["seamlint"] },
});
