import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { capture, settlementFile, transfer } from "../../packages/ledger/src/reconcile/testing/books-fixture.ts";
import { canFail, failingRuns, makeFailingDisk } from "./failing-runs.ts";
import type { Outcome } from "./outcome.ts";
import { type Fault, FAULTS, Plan } from "./plan.ts";

/** So many of the calls of each fault; `npm run test:io-errors` takes them all. */
const SAMPLE = 14;
const APAY = fileURLToPath(new URL("../../packages/cli/bin/apay.js", import.meta.url));

// What fails is put before the C library, which takes Linux and a C compiler; CI has both.
describe.skipIf(!canFail())("a disk that fails at any write, sync, rename or making of a file", () => {
  it(
    "leaves nothing half loaded, and books without a difference after the next run",
    { timeout: 900_000 },
    async () => {
      const faults = Object.keys(FAULTS) as Fault[];
      const outcomes: Outcome[] = [];
      for await (const line of failingRuns({ faults, sample: SAMPLE, days: 5, orders: 8 })) {
        if ("at" in line) outcomes.push(line);
        else expect(line.rows).toBeGreaterThan(50);
      }
      expect(outcomes.filter(({ problems }) => problems.length > 0)).toEqual([]);
      expect(outcomes.length).toBeGreaterThanOrEqual(SAMPLE * faults.length);
      // Most faults end the run: a test in which none is noticed says nothing.
      expect(outcomes.filter(({ ended }) => ended !== "ended").length).toBeGreaterThan(outcomes.length / 2);
    },
  );

  it("is told in words that say what to do, with a status that says that it failed", () => {
    const disk = makeFailingDisk();
    const plan = new Plan(disk.plan);
    try {
      const rows = [capture("2026-04-02T00:00:00", "P01-1111111-1000001-C000001", "10.00", "-0.29")];
      const end = transfer("2026-05-01T00:00:00", "9.71");
      const file = settlementFile("5000000001", "2026-04-01T00:00:00", "2026-05-01T00:00:00", [...rows, end]);
      const sync = (name: string): { status: number | null; err: string } => {
        const cwd = join(disk.folder, name);
        mkdirSync(join(cwd, "inbox"), { recursive: true });
        writeFileSync(join(cwd, "inbox", "settlement.csv"), file);
        const accounts = { shop: { region: "na", sources: ["folder"], inbox: "inbox" } };
        writeFileSync(join(cwd, "apay.config.json"), JSON.stringify({ dataDir: "books", accounts }));
        const { status, stderr } = spawnSync(process.execPath, [APAY, "sync"], { cwd, env: disk.env });
        return { status, err: String(stderr) };
      };
      plan.set(0);
      expect(sync("undisturbed")).toMatchObject({ status: 0 });
      const calls = Number(plan.state.seen);
      // The last calls empty the log into the file: what is left of that is done by the process that opens the books next.
      for (const share of [0.01, 0.3, 0.5, 0.6, 0.7]) {
        plan.set(Math.max(1, Math.floor(calls * share)), "from-then-on");
        const { status, err } = sync(`full-${share}`);
        expect({ status, err }, String(share)).toMatchObject({ status: 2 });
        expect(err, String(share)).toMatch(/disk.* full|no space left/);
        expect(err, String(share)).toMatch(/free some space/);
        expect(err, String(share)).not.toMatch(/^ +at /m);
      }
    } finally {
      plan.close();
      disk.remove();
    }
  });
});
