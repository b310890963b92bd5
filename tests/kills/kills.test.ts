import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedger } from "@amazon-pay-kit/ledger";
import { startSandbox, tradeDemo, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { seededRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { storedLines, truthLines } from "../../packages/ledger/src/ingest/reports/sync/testing/truth.ts";
import { freshDatabase } from "../postgres/database.ts";
import { gated } from "./gate.ts";
import { RetryingClient } from "./inbox.ts";
import { Watcher } from "./watcher.ts";

const DAY = 86_400_000;
/** `npm run kills` makes it a hundred. */
const KILLS = Number(process.env["KILLS"] ?? 5);
const DAYS = Number(process.env["KILL_DAYS"] ?? (KILLS < 20 ? 17 : 88));
const ORDERS = DAYS * 10;
const SEED = process.env["KILL_SEED"] ?? "kills";

/** The first region by API v2 and MWS at once, the second by MWS alone, the third by hand. */
const SOURCES = { na: ["v2", "mws"], eu: ["mws"], jp: ["folder"] } as const;

let folder: string;
let started: StartedSandbox;
let pay: AmazonPay;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "apay-kills-"));
  started = await startSandbox({ port: 0, httpsPort: 0, seed: SEED, processing: "straight" });
  const { ready } = started;
  const accounts: Record<string, object> = {};
  for (const merchant of ready.merchants) {
    const region = merchant.region as keyof typeof SOURCES;
    const [key] = merchant.keys;
    writeFileSync(join(folder, `${region}.mws`), merchant.mws.secretKey);
    const { sellerId, accessKeyId, authToken } = merchant.mws;
    accounts[region] = {
      region,
      publicKeyId: key?.publicKeyId,
      privateKeyFile: key?.privateKeyFile,
      endpoint: ready.https,
      caFile: ready.caFile,
      sources: SOURCES[region],
      inbox: "inbox",
      mws: { sellerId, accessKeyId, authToken, secretKeyFile: `${region}.mws`, endpoint: ready.https },
    };
  }
  writeFileSync(join(folder, "apay.config.json"), JSON.stringify({ dataDir: "books", accounts }));
  const japan = ready.merchants.find(({ region }) => region === "jp");
  pay = new AmazonPay({
    region: "jp",
    publicKeyId: japan?.keys[0]?.publicKeyId ?? "",
    privateKey: readFileSync(japan?.keys[0]?.privateKeyFile ?? "", "utf8"),
    baseUrl: ready.https,
    ca: readFileSync(ready.caFile, "utf8"),
  });
});

afterEach(async () => {
  pay.close();
  await started.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("apay sync --watch, killed again and again while three shops trade", () => {
  it.each(["SQLite", "PostgreSQL"])(
    "loses nothing and has nothing twice on %s",
    async (name) => {
      const databaseUrl = name === "SQLite" ? undefined : await freshDatabase();
      const environment: Record<string, string> = { SANDBOX_ORIGIN: started.ready.http };
      if (databaseUrl !== undefined) environment["DATABASE_URL"] = databaseUrl;
      const random = seededRandom(`${SEED} ${name}`);
      const { sandbox } = started;
      await sandbox.clock.advance(-DAYS * DAY);
      const from = sandbox.clock.now();
      const gate = gated(sandbox);
      const trade = tradeDemo(gate.sandbox, { days: DAYS, orders: ORDERS, seed: SEED });
      const person = new RetryingClient(pay, join(folder, "inbox"));
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const watcher = new Watcher(folder, environment);
        gate.letMoveTo(from + (DAYS * DAY * kill) / KILLS);
        await person.download();
        await new Promise((resolve) => {
          setTimeout(resolve, 400 + random.fraction() * 2200);
        });
        await watcher.kill();
      }
      gate.letMoveTo(Number.MAX_SAFE_INTEGER);
      await trade;
      await person.download();
      // A settlement that has just ended has no report yet: what is out now has to be in the books.
      const out = new Set([...sandbox.engine.state.reports.values()].map(({ reportId }) => reportId));
      const status = await settle(() => new Watcher(folder, environment));
      const ledger = await openLedger({
        dataDir: join(folder, "books"),
        ...(databaseUrl === undefined ? {} : { databaseUrl }),
      });
      const rows: Record<string, number> = {};
      try {
        for (const merchant of sandbox.merchants) {
          const stored = await storedLines(ledger.store, merchant.region);
          const arrived = new Set(stored.map(settlementOf));
          const truth = truthLines(sandbox, merchant.merchantId).filter((line) => {
            const { reportId } = sandbox.engine.state.settlements.get(settlementOf(line)) ?? {};
            return out.has(reportId ?? "") || arrived.has(settlementOf(line));
          });
          expect(stored, merchant.region).toEqual(truth);
          expect(stored.length, merchant.region).toBeGreaterThan(10);
          rows[merchant.region] = stored.length;
        }
        let files = 0;
        for await (const { findings } of ledger.verifyArchive()) {
          files += 1;
          // A download that was cut off by a kill lies aside; nothing of it is part of the books.
          expect(findings.filter(({ path }) => !path.startsWith(".incoming/"))).toEqual([]);
        }
        const states = await ledger.store.db
          .selectFrom("report")
          .select(({ fn }) => ["state", fn.countAll<number>().as("reports")])
          .groupBy("state")
          .execute();
        expect(
          states.map(({ state }) => state).filter((state) => !["loaded", "linked", "no-data"].includes(state)),
        ).toEqual([]);
        const reports = states.reduce((sum, state) => sum + Number(state.reports), 0);
        process.stderr.write(
          `${name}: ${KILLS} kills over ${DAYS} days, ${reports} reports, ${files} files, rows ${JSON.stringify(rows)}, 0 differences\n`,
        );
        expect(status).toBe(0);
      } finally {
        await ledger.close();
      }
    },
    600_000 + KILLS * 10_000,
  );
});

/** Nothing new, nothing put off, no source that could not be read or was in the hands of a runner that has just been killed. */
const AT_REST = /^0 reports fetched, 0 rows loaded(, \d+ payouts?)?; next look/;

/** The settlement that a line of the truth or of the books belongs to. */
function settlementOf(line: string): string {
  return line.slice(0, line.indexOf("|"));
}

/** How long a watch that waits for nothing may take to come to rest, in tenths of a second. */
const TIMEOUT = 1200;
/** The lease of a watch that was killed still stands for a second; one that starts within it would leave its sources out. */
const LEASE = 1200;

const pause = (millis: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, millis);
  });

/**
 * Starts watches, one after the other, until a look of one finds nothing new and leaves nothing out; it then ends in peace.
 * One that says that it waits for a quota is killed at once: the next one has a quota of its own.
 */
async function settle(start: () => Watcher): Promise<number | null> {
  for (let round = 0; round < 40; round += 1) {
    await pause(LEASE);
    const watcher = start();
    for (let waited = 0; waited < TIMEOUT && !watcher.isGone; waited += 1) {
      await pause(100);
      if (watcher.brought !== null && AT_REST.test(watcher.brought)) return watcher.stop();
      if (watcher.waits) break;
    }
    await watcher.kill();
  }
  throw new Error("none of 40 watches came to rest");
}
