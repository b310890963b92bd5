import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { ArchiveError } from "../../archive/errors.ts";
import { loadFile } from "../../ingest/reports/load/load-file.ts";
import { type FileResult, FileLoader, type WaitingFile } from "../../ingest/reports/load/load-files.ts";
import type { Store } from "../store.ts";
import { type CaptureRow, captureFile, recordFile, refundFile, settlementFile } from "./report-files.ts";
import { openTestAccount, type StoreUnderTest } from "./setup.ts";

const clock = manualClock(Date.UTC(2026, 0, 10));

/** Bytes that the archive does not have any more. */
const GONE = Buffer.from("gone");

const captures = (from: number, count: number): CaptureRow[] =>
  Array.from({ length: count }, (_, index) => ({
    cents: 1000 + ((from + index) % 977),
    second: from + index,
    transactionId: `P01-1111111-${String((from + index) * 7919).padStart(7, "0")}-C000000`,
  }));

const refunds = (from: number) =>
  Array.from({ length: 40 }, (_, index) => ({ id: `R${from + index}`, status: "Completed", second: from + index }));

/** Files as they may wait together: overlapping, with identical rows, unusable, of somebody else, gone, and large. */
function together(size: number): readonly Uint8Array[] {
  const twice = captures(10, 5);
  return [
    settlementFile(captures(0, size)),
    settlementFile([...captures(size - 3, 20), ...twice, ...twice]),
    Buffer.from("<html><body>Sign in</body></html>"),
    settlementFile(captures(0, 9), { settlementId: "77" }),
    settlementFile([...twice, ...twice, ...twice]),
    refundFile(refunds(0)),
    settlementFile(captures(0, 3), { settlementId: "78", sellerId: "A2OTHER" }),
    refundFile(refunds(20)),
    captureFile(),
    GONE,
    settlementFile(captures(5, 9), { settlementId: "77" }),
  ];
}

const isGone = (bytes: Uint8Array): boolean => Buffer.compare(bytes, GONE) === 0;

async function* read(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (isGone(bytes)) throw new ArchiveError("archive.missing", "the bytes are gone");
  yield bytes;
}

/** Everything that loading writes, and by which indexes it is found. */
async function contents(store: Store): Promise<object> {
  const tables = ["settlement_row", "transaction_row", "row_repeat", "row_error"] as const;
  const found: Record<string, unknown> = {};
  for (const table of tables) {
    found[table] = await store.db.selectFrom(table).selectAll().orderBy("file_id").orderBy("line").execute();
  }
  found["schema_drift"] = await store.db.selectFrom("schema_drift").selectAll().orderBy("file_id").execute();
  // Their names are counted on from store to store.
  const files = await store.db.selectFrom("file").selectAll().orderBy("file_id").execute();
  found["file"] = files.map(({ content_hash: _hash, archive_path: _path, ...file }) => file);
  found["report"] = await store.db
    .selectFrom("report_file as f")
    .innerJoin("report as r", (join) =>
      join.onRef("r.account_id", "=", "f.account_id").onRef("r.report_id", "=", "f.report_id"),
    )
    .select(["f.file_id", "r.state"])
    .orderBy("f.file_id")
    .execute();
  found["alert"] = await store.db.selectFrom("alert").select("code").orderBy("alert_id").execute();
  if (store.dialect === "sqlite") {
    const indexes = await sql<object>`select name, sql from sqlite_master where type = 'index' order by name`.execute(
      store.db,
    );
    const statistics = await sql<object>`select * from sqlite_stat1 order by 1, 2`.execute(store.db);
    Object.assign(found, { indexes: indexes.rows, statistics: statistics.rows });
  }
  return found;
}

/** Files that wait together end as they would one by one, whatever is among them. */
export function fileGroups(open: StoreUnderTest): void {
  it.each([30, 6000])("loads %i rows and what came with them as file by file", async (size) => {
    const [alone, grouped] = [await open(), await open()];
    await openTestAccount(alone, "A1");
    await openTestAccount(grouped, "A1");
    const files = together(size);
    const outcomes: unknown[] = [];
    const waiting: WaitingFile[] = [];
    const byPath = new Map<string, Uint8Array>();
    for (const bytes of files) {
      const place = await recordFile(alone, "A1", bytes);
      outcomes.push(await loadFile(alone, clock, place, () => read(bytes)).catch((error: unknown) => error));
    }
    for (const bytes of files) {
      const place = await recordFile(grouped, "A1", bytes);
      const { archive_path: path } = await grouped.db
        .selectFrom("file")
        .select("archive_path")
        .where("file_id", "=", place.fileId)
        .executeTakeFirstOrThrow();
      byPath.set(path, bytes);
      waiting.push({ ...place, byteCount: bytes.length });
    }
    const results: FileResult[] = [];
    const loader = new FileLoader(
      grouped,
      clock,
      (path) => read(byPath.get(path) ?? GONE),
      async (_file, result) => void results.push(result),
    );
    for (const file of waiting) await loader.add(file);
    await loader.finish();
    expect(results).toEqual(outcomes);
    expect(await contents(grouped)).toEqual(await contents(alone));
  });

  it("keeps nothing of a group that is interrupted, and loads it afterwards", async () => {
    const store = await open();
    await openTestAccount(store, "A1");
    const [first, second] = [settlementFile(captures(0, 6000)), settlementFile(captures(0, 9), { settlementId: "77" })];
    const places = [await recordFile(store, "A1", first), await recordFile(store, "A1", second)];
    const before = await contents(store);
    const files = [first, second];
    const load = async (bytes: (index: number) => AsyncGenerator<Uint8Array>): Promise<void> => {
      let index = -1;
      const loader = new FileLoader(
        store,
        clock,
        () => bytes((index += 1)),
        async () => undefined,
      );
      for (const place of places) await loader.add({ ...place, byteCount: 1_000_000 });
      await loader.finish();
    };
    const breaking = load(async function* (index) {
      if (index === 1) throw new Error("the disk is full");
      yield* read(files[index] ?? GONE);
    });
    await expect(breaking).rejects.toThrow("the disk is full");
    if (store.loadGroup !== undefined) expect(await contents(store)).toEqual(before);
    let at = store.loadGroup === undefined ? 0 : -1;
    await load(() => read(files[(at += 1)] ?? GONE));
    const rows = await store.db
      .selectFrom("settlement_row")
      .select(({ fn }) => fn.countAll().as("rows"))
      .execute();
    expect(rows).toEqual([{ rows: 6009 }]);
  });
}
