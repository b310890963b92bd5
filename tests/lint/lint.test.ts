import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Lints one made-up file with the rules of this repository only and gives the messages. */
function lint(path: string, code: string): string {
  const folder = mkdtempSync(join(tmpdir(), "apay-lint-"));
  writeFileSync(
    join(folder, ".oxlintrc.json"),
    JSON.stringify({
      jsPlugins: [join(root, "tools/lint/boundaries.mjs")],
      categories: { correctness: "off" },
      rules: { "kit/boundaries": "error", "kit/ambient": "error", "kit/names": "error" },
    }),
  );
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), code);
  const result = spawnSync(process.execPath, [join(root, "node_modules/oxlint/bin/oxlint"), "."], {
    cwd: folder,
    encoding: "utf8",
  });
  return result.stdout;
}

describe("lint rules of this repository", () => {
  it("keep each package to what it may import", () => {
    expect(lint("packages/money/src/a.ts", 'import "@amazon-pay-kit/sdk";')).toContain(
      "packages/money must not import @amazon-pay-kit/sdk",
    );
    expect(lint("packages/dashboard/src/a.ts", 'export * from "@amazon-pay-kit/reports";')).toContain(
      "must not import",
    );
    expect(lint("packages/sandbox/src/a.ts", 'import "@amazon-pay-kit/sdk";')).toContain("must not import");
    expect(lint("packages/sandbox/src/a.ts", 'import "@amazon-pay-kit/sdk/signing";')).not.toContain("must not import");
    expect(lint("packages/ledger/src/a.ts", 'import "../../sdk/src/index.ts";')).toContain("by its published name");
    expect(lint("packages/cli/src/a.ts", 'import "@amazon-pay-kit/ledger";')).not.toContain("must not import");
  });

  it("keep the sdk free of Node outside its adapters", () => {
    expect(lint("packages/sdk/src/retry/a.ts", 'import "node:crypto";')).toContain("runs on every runtime");
    expect(lint("packages/sdk/src/transport/node.ts", 'import "node:https";')).not.toContain("runs on every runtime");
  });

  it("ban ambient time and chance outside the adapters of Clock and Random", () => {
    for (const code of [
      "Date.now();",
      "new Date();",
      "Math.random();",
      "setTimeout(() => {}, 1);",
      "globalThis.setInterval(() => {}, 1);",
      "performance.now();",
      'import { randomUUID } from "node:crypto"; randomUUID();',
      "crypto.randomUUID();",
    ]) {
      expect(lint("packages/ledger/src/a.ts", code), code).toContain("kit(ambient)");
      expect(lint("packages/sdk/src/clock/a.ts", code), code).not.toContain("kit(ambient)");
    }
    expect(lint("packages/ledger/src/a.ts", "new Date(0);")).not.toContain("kit(ambient)");
  });

  it("refuse junk drawers", () => {
    expect(lint("packages/ledger/src/utils.ts", "export const a = 1;")).toContain("name the concept");
    expect(lint("packages/ledger/src/helpers/a.ts", "export const a = 1;")).toContain("name the concept");
    expect(lint("packages/ledger/src/settlement.ts", "export const a = 1;")).not.toContain("name the concept");
  });
});
