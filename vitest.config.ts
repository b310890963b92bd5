import { defineConfig } from "vitest/config";

const conditions = ["@amazon-pay-kit/source", "module", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["packages/*/src/**/*.test.{ts,tsx}", "tests/**/*.test.ts", "examples/**/*.test.ts", "simulation/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    reporters: ["default", "./tools/closing-line-reporter.mjs"],
  },
});
