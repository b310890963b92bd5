import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { expect, it } from "vitest";
import { loadFile, type LoadOutcome } from "../../ingest/reports/load/load-file.ts";
import { letCount, versionsOf } from "../rows/versions.ts";
import type { Store } from "../store.ts";
import { type CaptureRow, recordFile, settlementFile } from "./report-files.ts";
import { openTestAccount, type StoreUnderTest } from "./setup.ts";

const clock = manualClock(Date.UTC(2026, 0, 10));
const SETTLEMENT = "5984862222";

async function load(store: Store, bytes: Uint8Array): Promise<LoadOutcome> {
  clock.advance(1000);
  return loadFile(store, clock, await recordFile(store, "A1", bytes), async function* () {
    yield bytes;
  });
}

const CAPTURES: readonly CaptureRow[] = [
  { cents: 100, transactionId: "C1" },
  { cents: 200, second: 1, transactionId: "C2" },
];
const transfer = (cents: number): CaptureRow => ({ cents, second: 2, transactionId: null, type: "Transfer" });
const FIRST: readonly CaptureRow[] = [...CAPTURES, transfer(-300)];
const SECOND: readonly CaptureRow[] = [...CAPTURES, transfer(-290)];

/** The same rows in other bytes: other line ends, other order. */
function again(rows: readonly CaptureRow[]): Uint8Array {
  const text = Buffer.from(settlementFile([...rows].reverse())).toString();
  return Buffer.from(text.replaceAll(/\r?\n/g, "\r\n"));
}

/** A settlement that is delivered again with other contents: one version of it counts. */
export function versions(open: StoreUnderTest): void {
  const start = async (): Promise<Store> => {
    const store = await open();
    await openTestAccount(store, "A1");
    return store;
  };
  const amounts = async (store: Store, table: "settlement_row" | "superseded_row" = "settlement_row") => {
    const rows = await store.db.selectFrom(table).select("amount_minor").orderBy("amount_minor").execute();
    return rows.map((row) => Number(row.amount_minor));
  };
  const counting = async (store: Store) =>
    (await versionsOf(store.db, "A1", SETTLEMENT)).map((version) => [version.fileId, version.counts]);

  const swap = async (store: Store): Promise<void> => {
    const [first, second] = await versionsOf(store.db, "A1", SETTLEMENT);
    if (first === undefined || second === undefined) throw new Error("there are no two versions");
    await store.transaction((db) => letCount(db, "A1", second, first));
  };

  it("takes the newest version of a settlement instead of adding it to the last", async () => {
    const store = await start();
    await load(store, settlementFile(FIRST));
    expect(await load(store, settlementFile(SECOND))).toMatchObject({ state: "loaded", rows: 3, repeats: 0 });
    expect(await amounts(store)).toEqual([-290, 100, 200]);
    expect(await amounts(store, "superseded_row")).toEqual([-300, 100, 200]);
    expect(await counting(store)).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  it("a version with a row less or more is a version too", async () => {
    const store = await start();
    await load(store, settlementFile(FIRST));
    await load(store, settlementFile(FIRST.slice(1)));
    expect(await amounts(store)).toEqual([-300, 200]);
    await load(store, settlementFile([...FIRST, { cents: 5, second: 9 }]));
    expect(await amounts(store)).toEqual([-300, 5, 100, 200]);
    expect(await counting(store)).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
  });

  it("the same rows in other bytes are the same version, of those that count and of those that do not", async () => {
    const store = await start();
    await load(store, settlementFile(FIRST));
    expect(await load(store, again(FIRST))).toMatchObject({ rows: 3, repeats: 3 });
    expect(await counting(store)).toEqual([]);
    await load(store, settlementFile(SECOND));
    expect(await load(store, again(FIRST))).toMatchObject({ rows: 3, repeats: 3 });
    expect(await amounts(store)).toEqual([-290, 100, 200]);
    expect(await counting(store)).toEqual([
      [1, false],
      [3, true],
    ]);
  });

  it("a version that the service made earlier and that comes later does not become the newest", async () => {
    const store = await start();
    await load(store, settlementFile(SECOND));
    const older = settlementFile(FIRST);
    const place = await recordFile(store, "A1", older);
    const { reportId } = await store.db
      .selectFrom("report_file")
      .select("report_id as reportId")
      .where("file_id", "=", place.fileId)
      .executeTakeFirstOrThrow();
    for (const table of ["report", "report_file"] as const)
      await store.db.updateTable(table).set({ source: "v2" }).where("report_id", "=", reportId).execute();
    await store.db.updateTable("report").set({ created_at: 1 }).where("report_id", "=", reportId).execute();
    await loadFile(store, clock, place, async function* () {
      yield older;
    });
    expect(await amounts(store)).toEqual([-290, 100, 200]);
    expect(await amounts(store, "superseded_row")).toEqual([-300, 100, 200]);
    expect(await counting(store)).toEqual([
      [2, false],
      [1, true],
    ]);
  });

  it("the rows of the other version take their place when that one is to count", async () => {
    const store = await start();
    await load(store, settlementFile(FIRST));
    await load(store, settlementFile(SECOND));
    await swap(store);
    expect(await amounts(store)).toEqual([-300, 100, 200]);
    expect(await amounts(store, "superseded_row")).toEqual([-290, 100, 200]);
    await load(store, settlementFile(FIRST.slice(1)));
    expect(await amounts(store)).toEqual([-300, 200]);
    expect(await amounts(store, "superseded_row")).toEqual([-300, -290, 100, 100, 200, 200]);
  });

  it("a row that a range of somebody's choice had before goes aside with the version that repeats it", async () => {
    const store = await start();
    await load(store, settlementFile(FIRST.slice(0, 1), { hours: 1 }));
    await load(store, settlementFile(FIRST));
    await load(store, settlementFile([{ cents: 111, transactionId: "C1" }, ...FIRST.slice(1)]));
    expect(await amounts(store)).toEqual([-300, 111, 200]);
    await swap(store);
    expect(await amounts(store)).toEqual([-300, 100, 200]);
  });
}
