import { defineConfig } from "vitest/config";

// Not "import": vitest hands these to the worker's Node, where "import" would break every require() of a dual package.
const conditions = ["@amazon-pay-kit/source", "node"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      "packages/*/src/**/*.test.{ts,tsx}",
      "tests/**/*.test.ts",
      "examples/**/*.test.ts",
      "simulation/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**"],
    globalSetup: ["tests/scratch/global-setup.ts", "tests/postgres/global-setup.ts"],
    // A file's modules stay for the next one, and both processors work: loading them anew takes longer than most tests do.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    reporters: ["default", "./tools/closing-line-reporter.mjs"],
  },
});
