import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkClosed, type Ledger, openLedger, reconcile, reopenMonth } from "@amazon-pay-kit/ledger";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { readSheet } from "read-excel-file/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { capture, settlementFile, transfer } from "../../packages/ledger/src/reconcile/testing/books-fixture.ts";
import { freshDatabase } from "../postgres/database.ts";

const AT_STEP = fileURLToPath(new URL("./at-step.mjs", import.meta.url));
const ACCOUNTS = ["one", "two"] as const;
const MONTH = "2026-04";
const PACK = [`amazon-pay-${MONTH}.html`, `amazon-pay-${MONTH}.xlsx`];

/**
 * Where a close is killed: before the lease of each account is taken, within the checklist of each, before the first close is
 * written and between the two, and before each file of the pack.
 */
const STEPS = [
  "withLease:1",
  "withLease:2",
  "listLeases:1",
  "listLeases:2",
  "keep:1",
  "keep:2",
  "writeAside:1",
  "writeAside:2",
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apay-close-steps-"));
  const accounts = Object.fromEntries(
    ACCOUNTS.map((name) => [name, { region: "na", sources: ["folder"], inbox: name }]),
  );
  writeFileSync(join(folder, "apay.config.json"), JSON.stringify({ dataDir: "books", accounts }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly output: string;
}

function apay(environment: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [AT_STEP, "close", MONTH, "--pack", "pack"], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
    child.once("close", (status, signal) => resolve({ status, signal, output }));
  });
}

async function loaded(open: () => Promise<Ledger>): Promise<void> {
  const ledger = await open();
  for (const [index, accountId] of ACCOUNTS.entries()) {
    await ledger.accounts.add({ accountId, region: "na", environment: "live" });
    const file = settlementFile(`500000000${index}`, "2026-04-01T00:00:00", "2026-05-01T00:00:00", [
      capture("2026-04-02T10:00:00", `P01-1111111-100000${index}-C10000${index}`, "10.00", "-0.29"),
      transfer("2026-05-01T00:00:00", "9.41"),
    ]);
    await ledger.loadFile({ accountId, file, fileName: "settlement.csv" });
  }
  await reconcile({ store: ledger.store, clock: systemClock });
  await ledger.close();
}

/** Names of the files of the pack that are there; each must be whole. */
async function packThere(): Promise<readonly string[]> {
  const place = join(folder, "pack");
  const names = existsSync(place) ? readdirSync(place).filter((name) => !name.endsWith(".part")) : [];
  for (const name of names) {
    if (name.endsWith(".html")) expect(readFileSync(join(place, name), "utf8")).toMatch(/<\/html>\n$/);
    else expect((await readSheet(join(place, name))).length).toBeGreaterThan(1);
  }
  return names.sort();
}

describe("apay close, killed at each of its steps", () => {
  it.each([
    ["SQLite", STEPS],
    ["PostgreSQL", ["keep:2", "writeAside:1"]],
  ] as const)(
    "leaves no close or a whole one on %s, and the next run makes the same",
    async (name, tried) => {
      const databaseUrl = name === "SQLite" ? undefined : await freshDatabase();
      const environment: Record<string, string> = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
      const open = () =>
        openLedger({ dataDir: join(folder, "books"), ...(databaseUrl === undefined ? {} : { databaseUrl }) });
      await loaded(open);
      const closedNow = async (): Promise<readonly string[]> => {
        const books = await open();
        const rows = await books.store.db
          .selectFrom("period")
          .select(["account_id", "hash"])
          .where("reopened_at", "is", null)
          .orderBy("account_id")
          .execute();
        expect(await checkClosed({ store: books.store, clock: systemClock })).toEqual({
          months: rows.length,
          changed: [],
        });
        await books.close();
        return rows.map(({ hash }) => hash);
      };
      const again = async (): Promise<void> => {
        const books = await open();
        await reopenMonth({ store: books.store, clock: systemClock }, { month: MONTH, note: "once more" });
        await books.close();
        rmSync(join(folder, "pack"), { recursive: true, force: true });
      };

      const list = join(folder, "steps.txt");
      expect((await apay({ ...environment, STEPS: list })).status).toBe(0);
      const steps = readFileSync(list, "utf8").trim().split("\n");
      expect(STEPS.filter((step) => !steps.includes(step))).toEqual([]);
      const hashes = await closedNow();
      expect(hashes).toHaveLength(ACCOUNTS.length);
      expect(await packThere()).toEqual(PACK);
      await again();

      for (const at of tried) {
        const killed = await apay({ ...environment, KILL_AT: at });
        expect(killed.signal, `${at}: ${killed.status} ${killed.output}`).toBe("SIGKILL");
        const left = await closedNow();
        expect([[], hashes], at).toContainEqual(left);
        // Files are written when the close stands, one after the other.
        const pack = await packThere();
        if (left.length === 0) expect(pack, at).toEqual([]);
        const { status, output } = await apay(environment);
        expect(status, `${at}: ${output}`).toBe(0);
        expect(await closedNow(), at).toEqual(hashes);
        expect(await packThere(), at).toEqual(PACK);
        await again();
      }
    },
    600_000,
  );
});
