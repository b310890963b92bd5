import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkClosed, openLedger, reconcile, reopenMonth } from "@amazon-pay-kit/ledger";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { seededRandom } from "@amazon-pay-kit/sdk/random";
import { readSheet } from "read-excel-file/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canonicalText, hashOf } from "../../packages/ledger/src/reconcile/periods/document.ts";
import { capture, settlementFile, transfer } from "../../packages/ledger/src/reconcile/testing/books-fixture.ts";
import { freshDatabase } from "../postgres/database.ts";

const APAY = fileURLToPath(new URL("../../packages/cli/bin/apay.js", import.meta.url));
const ACCOUNTS = ["one", "two"] as const;
const KILLS = Number(process.env["CLOSE_KILLS"] ?? 6);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apay-close-kills-"));
  const accounts = Object.fromEntries(
    ACCOUNTS.map((name) => [name, { region: "na", sources: ["folder"], inbox: name }]),
  );
  writeFileSync(join(folder, "apay.config.json"), JSON.stringify({ dataDir: "books", accounts }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A month in which something moved every hour. */
function file(seller: number): Uint8Array {
  const rows = Array.from({ length: 700 }, (_, index) => {
    const at = new Date(Date.UTC(2026, 3, 1) + index * 3_600_000).toISOString().slice(0, 19);
    return capture(at, `P01-1111111-${1_000_000 + index}-C1000${seller}`, "10.00", "-0.29");
  });
  return settlementFile(`500000000${seller}`, "2026-04-01T00:00:00", "2026-05-01T00:00:00", [
    ...rows,
    transfer("2026-05-01T00:00:00", "6587.00"),
  ]);
}

const CLOSE = ["close", "2026-04", "--pack", "pack"] as const;
const CHECK = ["close", "--check"] as const;

/** Runs a command, and kills it after so long unless it has ended. @returns whether it was killed */
function running(args: readonly string[], environment: Record<string, string>, millis: number): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [APAY, ...args], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: "ignore",
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), millis);
    child.once("exit", (_code, signal) => {
      clearTimeout(timer);
      resolve(signal === "SIGKILL");
    });
  });
}

/** Files of a pack that are there under their names are whole. */
async function packIsWhole(): Promise<void> {
  const names = existsSync(join(folder, "pack")) ? readdirSync(join(folder, "pack")) : [];
  for (const name of names.filter((one) => !one.endsWith(".part"))) {
    const path = join(folder, "pack", name);
    if (name.endsWith(".html")) expect(readFileSync(path, "utf8")).toMatch(/<\/html>\n$/);
    else expect((await readSheet(path)).length).toBeGreaterThan(1);
  }
}

describe("apay close, killed again and again", () => {
  it.each(["SQLite", "PostgreSQL"])(
    "leaves no close or a whole one on %s",
    async (name) => {
      const databaseUrl = name === "SQLite" ? undefined : await freshDatabase();
      const environment = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
      const open = () =>
        openLedger({ dataDir: join(folder, "books"), ...(databaseUrl === undefined ? {} : { databaseUrl }) });
      const ledger = await open();
      for (const [index, accountId] of ACCOUNTS.entries()) {
        await ledger.accounts.add({ accountId, region: "na", environment: "live" });
        await ledger.loadFile({ accountId, file: file(index), fileName: "settlement.csv" });
      }
      const context = { store: ledger.store, clock: systemClock };
      await reconcile(context);
      await ledger.close();
      const random = seededRandom(`close ${name}`);
      let [killed, closed] = [0, 0];
      // How long a whole one takes on this machine: kills come at any part of that.
      const began = systemClock.now();
      expect(await running(CLOSE, environment, 120_000)).toBe(false);
      const whole = systemClock.now() - began;
      const before = await open();
      await reopenMonth({ store: before.store, clock: systemClock }, { month: "2026-04", note: "for the kills" });
      await before.close();
      for (let run = 1; run <= KILLS + 1; run += 1) {
        const last = run === KILLS + 1;
        const millis = last ? 120_000 : (0.3 + 0.7 * random.fraction()) * whole;
        if (await running(CLOSE, environment, millis)) killed += 1;
        await packIsWhole();
        const books = await open();
        const rows = await books.store.db.selectFrom("period").selectAll().where("reopened_at", "is", null).execute();
        expect([0, ACCOUNTS.length]).toContain(rows.length);
        for (const row of rows) {
          expect(hashOf(row.document)).toBe(row.hash);
          expect(canonicalText(JSON.parse(row.document))).toBe(row.document);
        }
        const now = { store: books.store, clock: systemClock };
        expect(await checkClosed(now)).toEqual({ months: rows.length, changed: [] });
        if (rows.length > 0) closed += 1;
        if (rows.length > 0 && !last) {
          // A check that is killed has changed nothing, and holds nothing that the next one needs.
          await books.close();
          await running(CHECK, environment, (0.3 + 0.7 * random.fraction()) * whole);
          const after = await open();
          const kept = await after.store.db.selectFrom("period").selectAll().where("reopened_at", "is", null).execute();
          expect(kept).toEqual(rows);
          await reopenMonth({ store: after.store, clock: systemClock }, { month: "2026-04", note: "once more" });
          await after.close();
          continue;
        }
        if (last) expect(rows).toHaveLength(ACCOUNTS.length);
        await books.close();
      }
      expect(killed).toBeGreaterThan(0);
      process.stderr.write(`${name}: ${killed} of ${KILLS} closes killed, ${closed} whole ones\n`);
    },
    300_000,
  );
});
