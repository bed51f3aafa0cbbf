import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { precompress } from "./scripts/precompress.js";
import { preloadLandingPage } from "./scripts/preload-landing-page.js";

const SERVER = process.env["WEIHU_SERVER"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [
    { ...optimizeLocales.vite({ locales: ["zh-CN", "en-US"] }), enforce: "pre" },
    react(),
    preloadLandingPage("work-queue-page"),
    precompress(),
  ],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  build: {
    // Domestic browsers were reported at Chromium 110 in 2024; nothing newer is taken for granted.
    target: ["chrome100", "firefox100"],
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // Two shared groups, so that the landing page needs few requests on HTTP/1.1.
        codeSplitting: {
          groups: [
            { name: "view", test: /node_modules[\\/](react|react-dom|scheduler|use-sync-external-store)[\\/]/, priority: 2 },
          ],
        },
      },
    },
  },
  server: { proxy: { "/graphql": SERVER, "/demo.json": SERVER } },
});
