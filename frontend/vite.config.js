import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { precompress } from "./scripts/precompress.js";

const SERVER = process.env["WEIHU_SERVER"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [
    { ...optimizeLocales.vite({ locales: ["zh-CN", "en-US"] }), enforce: "pre" },
    react(),
    precompress(),
  ],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  build: {
    // Domestic browsers were reported at Chromium 110 in 2024; nothing newer is taken for granted.
    target: ["chrome100", "firefox100"],
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // Two groups for the landing page, so that it needs few requests on HTTP/1.1; one for what later parts share.
        codeSplitting: {
          groups: [
            { name: "view", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 3 },
            { name: "landing", tags: ["$initial"], priority: 2 },
            { name: "later", test: /node_modules|src[\\/](ui|lib)[\\/]/, minShareCount: 5, includeDependenciesRecursively: false },
          ],
        },
      },
    },
  },
  server: { proxy: { "/graphql": SERVER, "/demo.json": SERVER } },
});
