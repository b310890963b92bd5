import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calendarOf } from "@amazon-pay-kit/ledger";
import { type ApiServer, createApiToken, serveApi } from "@amazon-pay-kit/worker";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, expect, it } from "vitest";
import { exceptionDocument, rowDocument, settlementDocument } from "../../packages/cli/src/explain/documents.ts";
import type { Ledger } from "../../packages/ledger/src/ledger.ts";
import { reconcile } from "../../packages/ledger/src/reconcile/reconcile.ts";
import {
  booksFixture,
  capture,
  load,
  settlementFile,
  transfer,
} from "../../packages/ledger/src/reconcile/testing/books-fixture.ts";
import { type ColumnSchema, STREAMS } from "./streams.ts";
import {
  checkConfig,
  discover,
  type SingerMessage,
  tap,
  type TapCatalog,
  type TapConfig,
  type TapState,
} from "./tap.ts";

let ledger: Ledger;
let server: ApiServer;
let config: TapConfig;
beforeEach(async () => {
  ledger = await booksFixture();
  const plain = (one: object): object => one;
  server = await serveApi({
    store: ledger.store,
    clock: ledger.clock,
    calendar: calendarOf("UTC"),
    documents: {
      settlement: settlementDocument,
      row: (row) => ({ ...rowDocument(row), currency: row.currency }),
      exception: exceptionDocument,
      explanation: plain,
      balance: plain,
      account: plain,
    },
    port: 0,
  });
  const wanted = { label: "warehouse", accounts: null, role: "view" as const, createdBy: "t", expiresAt: null };
  const { token } = await createApiToken({ store: ledger.store, clock: ledger.clock, random: systemRandom }, wanted);
  config = { url: server.url, token };
});
afterEach(async () => {
  await server.close();
  await ledger.close();
});

const settle = async (id: string, from: number, paid: string): Promise<void> => {
  const rows = [
    capture(`2026-01-${from}T10:00:00`, `P01-1111111-10000${from}-C1000${from}`, "100.00", "-2.90"),
    transfer(`2026-01-${from + 4}T10:00:00`, paid),
  ];
  await load(ledger, settlementFile(id, `2026-01-${from}T00:00:00`, `2026-01-${from + 5}T00:00:00`, rows));
  await reconcile(ledger);
};

/** The rules of the specification that a target relies on, and what came. */
async function run(state: TapState = {}, catalog?: TapCatalog) {
  const messages: SingerMessage[] = [];
  for await (const message of tap(config, state, catalog)) messages.push(message);
  const schemas = new Map<string, { properties: Record<string, ColumnSchema>; keys: readonly string[] }>();
  for (const message of messages) {
    expect(JSON.parse(JSON.stringify(message))).toEqual(message);
    if (message.type === "SCHEMA") {
      const { properties } = message.schema as { properties: Record<string, ColumnSchema> };
      schemas.set(message.stream, { properties, keys: message.key_properties });
    }
    if (message.type !== "RECORD") continue;
    const schema = schemas.get(message.stream);
    expect(schema, "a schema comes before its records").toBeDefined();
    const record = message.record as Record<string, unknown>;
    expect(Object.keys(record)).toEqual(Object.keys(schema?.properties ?? {}));
    for (const key of schema?.keys ?? []) expect(record[key]).not.toBeNull();
    for (const [name, value] of Object.entries(record)) {
      const type = value === null ? "null" : Number.isInteger(value) ? "integer" : typeof value;
      expect(schema?.properties[name]?.type, `${message.stream}.${name} is ${type}`).toContain(type);
    }
  }
  const records = (stream: string): Record<string, unknown>[] =>
    messages.flatMap((one) =>
      one.type === "RECORD" && one.stream === stream ? [one.record as Record<string, unknown>] : [],
    );
  const last = messages.at(-1);
  expect(last?.type, "the state comes last").toBe("STATE");
  return { messages, records, state: last?.type === "STATE" ? last.value : {} };
}

it("gives everything once, and then what has changed", async () => {
  await settle("5000000001", 10, "96.80");
  const first = await run();
  expect(first.records("settlements").map((one) => [one["settlementId"], one["transfer"]])).toEqual([
    ["5000000001", "-96.80"],
  ]);
  expect(first.records("rows").map((one) => [one["position"], one["net"]])).toEqual([
    [1, "96.80"],
    [2, "-96.80"],
  ]);
  expect(first.records("events").map((one) => one["code"])).toEqual([
    "report.loaded",
    "settlement.reconciled",
    "payout.expected",
  ]);
  const idle = await run(first.state);
  for (const { name } of STREAMS) expect(idle.records(name)).toEqual([]);
  expect(idle.state).toEqual(first.state);

  await settle("5000000002", 15, "90.00");
  const second = await run(first.state);
  expect(second.records("settlements").map((one) => one["settlementId"])).toEqual(["5000000002"]);
  expect(second.records("exceptions").length).toBeGreaterThan(0);
  // A state from before is a repetition, not a loss.
  expect((await run(first.state)).records("rows")).toEqual(second.records("rows"));
  // Books that have fewer events than the state says are other books: everything comes.
  const ahead = await run({ bookmarks: { shop: { sequence: 9999 } } });
  expect(ahead.records("settlements")).toHaveLength(2);
});

it("gives only the streams that were selected", async () => {
  await settle("5000000001", 10, "96.80");
  const catalog = JSON.parse(JSON.stringify(discover())) as TapCatalog;
  const chosen = {
    streams: catalog.streams.map((stream) => ({
      ...stream,
      metadata: [{ breadcrumb: [], metadata: { selected: stream.tap_stream_id === "rows" } }],
    })),
  };
  const { messages } = await run({}, chosen);
  expect([...new Set(messages.map((one) => ("stream" in one ? one.stream : one.type)))]).toEqual(["rows", "STATE"]);
});

it("says what is wrong with its settings, its token and its command line", async () => {
  for (const [given, word] of [
    [null, "url"],
    [{ url: "nowhere", token: "t" }, "url"],
    [{ url: server.url }, "token"],
    [{ url: server.url, token: "t", accounts: "shop" }, "accounts"],
  ] as const)
    expect(() => checkConfig(given)).toThrowError(new RegExp(`"${word}"`));
  const refusedTap = tap({ ...config, token: "apay_wrong" });
  await expect(
    refusedTap
      .next()
      .then(() => refusedTap.next())
      .then(async () => {
        for await (const _ of refusedTap);
      }),
  ).rejects.toMatchObject({ code: "api.unauthorized" });
  const folder = mkdtempSync(join(tmpdir(), "apay-tap-"));
  const start = (...args: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", join(import.meta.dirname, "main.ts"), ...args], {
      encoding: "utf8",
    });
  const discovered = start("--discover");
  expect([discovered.status, JSON.parse(discovered.stdout)]).toEqual([0, discover()]);
  const path = join(folder, "tap.json");
  writeFileSync(path, "{}");
  const refused = start("--config", path);
  expect([refused.status, refused.stdout]).toEqual([1, ""]);
  expect(refused.stderr).toContain('"url"');
  rmSync(folder, { recursive: true });
});
