import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import LongestFirst from "./tools/longest-first.ts";

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
    // Modules stay loaded for the worker's next file: loading them anew takes longer than most tests do. A test that changes what
    // others import, or a global, puts it back.
    isolate: false,
    // Many tests wait for other processes, so a third worker pays on two processors as well.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // vitest's own limit for a poll is one second, which a busy machine exceeds.
    expect: { poll: { timeout: 120_000 } },
    reporters: ["default", "./tools/closing-line-reporter.mjs"],
  },
});
