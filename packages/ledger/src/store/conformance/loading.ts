import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { describe, expect, it } from "vitest";
import { loadFile, type LoadFileOptions, type LoadOutcome } from "../../ingest/reports/load/load-file.ts";
import type { Store } from "../store.ts";
import { captureFile, recordFile, refundFile, settlementFile } from "./report-files.ts";
import { openTestAccount, type StoreUnderTest } from "./setup.ts";

const clock = manualClock(Date.UTC(2026, 0, 10));

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}

async function load(store: Store, bytes: Uint8Array, options: LoadFileOptions = {}): Promise<LoadOutcome> {
  return loadFile(store, clock, await recordFile(store, "A1", bytes), () => pieces(bytes), options);
}

async function openWithAccount(open: StoreUnderTest): Promise<Store> {
  const store = await open();
  await openTestAccount(store, "A1");
  return store;
}

const settlementRows = (store: Store) =>
  store.db
    .selectFrom("settlement_row")
    .select(["file_id", "line", "ordinal", "amount_minor"])
    .orderBy("file_id")
    .orderBy("line")
    .execute();

/** Files become rows: all of them, once. */
export function loading(open: StoreUnderTest): void {
  it("quarantines what is no report, with an alert, and stores no row of it", async () => {
    const store = await openWithAccount(open);
    const outcome = await load(store, Buffer.from("<html><body>Sign in</body></html>"));
    expect(outcome).toMatchObject({ state: "quarantined", reason: { code: "file.html" } });
    expect(await store.db.selectFrom("file").select(["loaded_at", "quarantine_code"]).executeTakeFirst()).toEqual({
      loaded_at: null,
      quarantine_code: "file.html",
    });
    expect(await store.db.selectFrom("report").select("state").execute()).toEqual([{ state: "quarantined" }]);
    expect(await store.db.selectFrom("alert").select("code").execute()).toEqual([{ code: "report.quarantined" }]);
  });

  it("quarantines a file with more bad rows than the limit, and none of its good rows stays", async () => {
    const store = await openWithAccount(open);
    const good = Buffer.from(settlementFile([{ cents: 100 }, { cents: 200 }])).toString();
    const bytes = Buffer.from(`${good}"not","a","row"\n"nor","this"\n`);
    expect(await load(store, bytes, { errorLimit: 1 })).toMatchObject({
      state: "quarantined",
      reason: { code: "file.too-many-errors" },
    });
    expect(await settlementRows(store)).toEqual([]);
  });

  it("quarantines the settlement of another seller", async () => {
    const store = await openWithAccount(open);
    await load(store, settlementFile([{ cents: 100 }]));
    const other = await load(store, settlementFile([{ cents: 100 }], { sellerId: "A2OTHER", settlementId: "7" }));
    expect(other).toMatchObject({ state: "quarantined", reason: { code: "file.other-seller" } });
    expect(await settlementRows(store)).toHaveLength(1);
  });

  it("quarantines a settlement whose amounts together are more than 64 bits hold", async () => {
    const store = await openWithAccount(open);
    const large = 990_000_000_000_000_000n;
    const rows = Array.from({ length: 12 }, (_, second) => ({ cents: 0, large, second }));
    expect(await load(store, settlementFile(rows))).toMatchObject({
      state: "quarantined",
      reason: { code: "file.amounts" },
    });
    expect(await settlementRows(store)).toEqual([]);
  });

  it("keeps every bad row with its line, and the good rows around it", async () => {
    const store = await openWithAccount(open);
    const lines = Buffer.from(settlementFile([{ cents: 100 }, { cents: 200 }]))
      .toString()
      .split("\n");
    lines.splice(7, 0, '"not","a","row"');
    expect(await load(store, Buffer.from(lines.join("\n")))).toMatchObject({ state: "loaded", rows: 2, errors: 1 });
    expect(await store.db.selectFrom("row_error").select(["line", "code"]).execute()).toEqual([
      { line: 8, code: "row.cell-count" },
    ]);
    expect((await settlementRows(store)).map((row) => row.line)).toEqual([7, 9]);
  });

  it("stores a settlement with every value, and the window and seller of its header", async () => {
    const store = await openWithAccount(open);
    await load(store, settlementFile([{ cents: 1000, second: 7, description: "tab\there, back\\slash, line\nbreak" }]));
    const row = await store.db.selectFrom("settlement_row").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      account_id: "A1",
      line: 7,
      ordinal: 0,
      settlement_id: "5984862222",
      posted_at: Date.UTC(2026, 0, 5, 0, 0, 7),
      type: "Capture",
      type_key: "capture",
      reference_id: null,
      currency: "USD",
      description: "tab\there, back\\slash, line\nbreak",
      amount_minor: 1000n,
      net_minor: 995n,
      extra: null,
    });
    const file = await store.db
      .selectFrom("file")
      .select(["kind", "row_count", "window_end_at", "loaded_at"])
      .executeTakeFirst();
    expect(file).toEqual({
      kind: "settlement",
      row_count: 1,
      window_end_at: Date.UTC(2026, 0, 6),
      loaded_at: clock.now(),
    });
    expect(await store.db.selectFrom("account").select("seller_id").execute()).toEqual([
      { seller_id: "A1XX111XXX111XXX" },
    ]);
    expect(await store.db.selectFrom("report").select("state").execute()).toEqual([{ state: "loaded" }]);
  });

  it("notes what is new once a file", async () => {
    const store = await openWithAccount(open);
    await load(
      store,
      settlementFile([
        { cents: 1, type: "Loyalty Bonus" },
        { cents: 2, type: "Loyalty Bonus" },
      ]),
    );
    expect(await store.db.selectFrom("schema_drift").select(["what", "value", "first_line"]).execute()).toEqual([
      { what: "transaction-type", value: "Loyalty Bonus", first_line: 7 },
    ]);
  });

  describe("twice", () => {
    it("loads a file once, however many ask for it at once", async () => {
      const store = await openWithAccount(open);
      const bytes = settlementFile([{ cents: 100 }, { cents: 200 }]);
      const place = await recordFile(store, "A1", bytes);
      const outcomes = await Promise.all(
        Array.from({ length: 4 }, () => loadFile(store, clock, place, () => pieces(bytes))),
      );
      expect(outcomes.map((outcome) => outcome.state).sort()).toEqual([
        "already-loaded",
        "already-loaded",
        "already-loaded",
        "loaded",
      ]);
      expect(await settlementRows(store)).toHaveLength(2);
    });

    it("keeps identical rows of one file apart by their ordinal", async () => {
      const store = await openWithAccount(open);
      await load(
        store,
        settlementFile([
          { cents: 100 },
          { cents: 100, second: 1 },
          { cents: 100 },
          { cents: 100 },
          { cents: 100, transactionId: null },
        ]),
      );
      expect((await settlementRows(store)).map((row) => row.ordinal)).toEqual([0, 0, 1, 2, 0]);
    });

    it("recognises rows that another report delivers again, row by row", async () => {
      const store = await openWithAccount(open);
      await load(store, settlementFile([{ cents: 100 }, { cents: 100 }, { cents: 300, transactionId: null }]));
      const again = await load(
        store,
        settlementFile([{ cents: 100 }, { cents: 100 }, { cents: 100 }, { cents: 300, transactionId: null }], {
          hours: 48,
        }),
      );
      expect(again).toMatchObject({ rows: 4, repeats: 3 });
      const rows = await settlementRows(store);
      expect(rows.map((row) => [row.line, row.ordinal, row.amount_minor])).toEqual([
        [7, 0, 100n],
        [8, 1, 100n],
        [9, 0, 300n],
        [9, 2, 100n],
      ]);
      const repeats = await store.db.selectFrom("row_repeat").select(["line", "first_line"]).orderBy("line").execute();
      expect(repeats).toEqual([
        { line: 7, first_line: 7 },
        { line: 8, first_line: 8 },
        { line: 10, first_line: 9 },
      ]);
    });

    it("does not confuse settlements or accounts", async () => {
      const store = await openWithAccount(open);
      await openTestAccount(store, "A2");
      const bytes = settlementFile([{ cents: 100 }]);
      await load(store, bytes);
      expect(await load(store, settlementFile([{ cents: 100 }], { settlementId: "6" }))).toMatchObject({ repeats: 0 });
      expect(await loadFile(store, clock, await recordFile(store, "A2", bytes), () => pieces(bytes))).toMatchObject({
        repeats: 0,
      });
      expect(await settlementRows(store)).toHaveLength(3);
    });

    it("loads overlapping files at once without storing a row twice", async () => {
      const store = await openWithAccount(open);
      const captures = Array.from({ length: 40 }, (_, index) => ({ cents: 100 + index, second: index }));
      await Promise.all(
        [captures.slice(0, 30), captures.slice(10), captures].map((rows, index) =>
          load(store, settlementFile(rows, { hours: 24 + index })),
        ),
      );
      expect(await settlementRows(store)).toHaveLength(40);
    });

    it("recognises the states of a refund in overlapping ranges", async () => {
      const store = await openWithAccount(open);
      const [pending, completed, declined] = [
        { id: "P01-1-1-R1", status: "Pending", second: 1 },
        { id: "P01-1-1-R1", status: "Completed", second: 5 },
        { id: "P01-1-1-R2", status: "Declined", second: 6 },
      ];
      await load(store, refundFile([pending, completed]));
      expect(await load(store, refundFile([completed, declined]))).toMatchObject({
        kind: "refund",
        rows: 2,
        repeats: 1,
      });
      const rows = await store.db
        .selectFrom("transaction_row")
        .select(["object_id", "parent_id", "status", "amount_minor", "type"])
        .orderBy("updated_at")
        .execute();
      expect(rows.map((row) => row.status)).toEqual(["Pending", "Completed", "Declined"]);
      expect(rows[0]).toMatchObject({
        parent_id: "P01-1111111-2222222-C333333",
        amount_minor: 100n,
        type: "SellerInitiated",
      });
    });

    it("tells rows of an unknown list apart by all that they hold", async () => {
      const store = await openWithAccount(open);
      expect(await load(store, Buffer.from("Colour,Size\nred,1\nblue,2\nred,1\n"))).toMatchObject({
        kind: "unknown",
        rows: 3,
      });
      expect(await load(store, Buffer.from("Colour,Size\nred,1\ngreen,3\n"))).toMatchObject({ repeats: 1 });
      const rows = await store.db
        .selectFrom("transaction_row")
        .select(["fields", "ordinal"])
        .orderBy("file_id")
        .orderBy("line")
        .execute();
      expect(rows).toEqual([
        { fields: '{"Colour":"red","Size":"1"}', ordinal: 0 },
        { fields: '{"Colour":"blue","Size":"2"}', ordinal: 0 },
        { fields: '{"Colour":"red","Size":"1"}', ordinal: 1 },
        { fields: '{"Colour":"green","Size":"3"}', ordinal: 0 },
      ]);
    });
  });

  describe("data of the buyer", () => {
    const personalOf = async (store: Store): Promise<unknown> =>
      (await store.db.selectFrom("transaction_row").select("personal").executeTakeFirstOrThrow()).personal;

    it("stays out when it is to be dropped", async () => {
      const store = await openWithAccount(open);
      await load(store, captureFile(), { personalData: "drop" });
      expect(await personalOf(store)).toBeNull();
      const everything = JSON.stringify(
        await store.db.selectFrom("transaction_row").selectAll().execute(),
        (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value),
      );
      expect(everything).not.toContain("anary");
    });

    it("is masked when it is to be masked, and kept otherwise, apart from everything else", async () => {
      const masked = await openWithAccount(open);
      await load(masked, captureFile(), { personalData: "mask" });
      expect(await personalOf(masked)).toBe('{"buyerName":"***","buyerEmailAddress":"***"}');
      const kept = await openWithAccount(open);
      await load(kept, captureFile());
      expect(await personalOf(kept)).toContain("Jane Canary");
      const row = await kept.db.selectFrom("transaction_row").select("fields").executeTakeFirstOrThrow();
      expect(row.fields).toBe('{"sellerCaptureNote":"blue sweater"}');
    });

    it("does not decide whether a row is a repeat", async () => {
      const store = await openWithAccount(open);
      await load(store, captureFile(), { personalData: "drop" });
      expect(await load(store, captureFile(), { personalData: "keep" })).toMatchObject({ repeats: 1 });
    });
  });

  it("gives the same rows however many there are and in whatever pieces they come", async () => {
    const store = await openWithAccount(open);
    const captures = Array.from({ length: 25_000 }, (_, index) => ({
      cents: (index * 7919) % 1000,
      second: index % 3000,
    }));
    expect(await load(store, settlementFile(captures))).toMatchObject({ rows: 25_000, repeats: 0 });
    const { rows, total_minor, ordinals } = await store.db
      .selectFrom("settlement_row")
      .select(({ fn }) => [
        fn.countAll<number>().as("rows"),
        fn.sum<bigint>("amount_minor").as("total_minor"),
        fn.sum<number>("ordinal").as("ordinals"),
      ])
      .executeTakeFirstOrThrow();
    const seen = new Map<string, number>();
    let expected = 0;
    for (const { cents, second } of captures) {
      const before = seen.get(`${cents} ${second}`) ?? 0;
      expected += before;
      seen.set(`${cents} ${second}`, before + 1);
    }
    expect([rows, total_minor, ordinals]).toEqual([
      25_000,
      BigInt(captures.reduce((sum, { cents }) => sum + cents, 0)),
      expected,
    ]);
    expect(await load(store, settlementFile(captures))).toMatchObject({ repeats: 25_000 });
  });
}
