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
    // One worker for all files of a mutant: loading the modules anew for each file takes longer than its tests. Each mutant has a
    // worker of its own all the same, so what is computed when a module loads is mutated too.
    isolate: false,
    setupFiles: [fileURLToPath(new URL("fewer-runs.mjs", import.meta.url))],
    testTimeout: 20_000,
  },
});
