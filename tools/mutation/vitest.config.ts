import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const conditions = ["@amazon-pay-kit/source", "node"];

/** The tests of one area, without the database server that the whole suite starts. */
export default defineConfig({
  root: fileURLToPath(new URL("../../", import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: (process.env["MUTATION_TESTS"] ?? "").split(" "),
    exclude: ["**/node_modules/**", "**/dist/**"],
    setupFiles: [fileURLToPath(new URL("fewer-runs.mjs", import.meta.url))],
    testTimeout: 20_000,
  },
});
