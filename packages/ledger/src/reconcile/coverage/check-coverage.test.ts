import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ledger } from "../../ledger.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../testing/books-fixture.ts";

/** A settlement in which one capture of 100.00 came and was transferred. */
function settlement(id: string, from: string, to: string): Uint8Array {
  return settlementFile(id, from, to, [
    capture(from, `S01-0000001-${id.slice(0, 7)}-C000001`, "100.00", "-2.90"),
    transfer(to, "96.80"),
  ]);
}

/** Five days each, but for a hole of one day after the second. */
const FILES = [
  settlement("1000000001", "2026-05-01T00:00:00", "2026-05-06T00:00:00"),
  settlement("1000000002", "2026-05-06T00:00:00", "2026-05-11T00:00:00"),
  settlement("1000000004", "2026-05-12T00:00:00", "2026-05-17T00:00:00"),
  settlement("1000000005", "2026-05-17T00:00:00", "2026-05-22T00:00:00"),
];

describe("a hole that is short for a settlement", () => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture();
    await load(ledger, ...FILES);
  });
  afterEach(() => ledger.close());

  /** What is said about the hole; the time after the last settlement is another matter. */
  const codes = async (): Promise<string[]> => {
    const { exceptions } = await reconcile(ledger);
    return exceptions.filter(({ message }) => message.includes("2026-05-11T00:00:00Z")).map(({ code }) => code);
  };
  const paid = (settlementId: string, at: string): Promise<unknown> =>
    ledger.store.db
      .insertInto("disbursement")
      .values({
        account_id: "shop",
        settlement_id: settlementId,
        disbursement_reference_id: "",
        seller_id: null,
        amount_minor: 9680n,
        currency: "USD",
        transferred_at: Date.parse(`${at}Z`),
      })
      .execute();

  it("is a gap between settlements where nothing says that money moved in it", async () => {
    expect(await codes()).toEqual(["settlement.gap"]);
  });

  it("is a gap where all payouts are of settlements in the books", async () => {
    await paid("1000000002", "2026-05-11T00:00:00");
    expect(await codes()).toEqual(["settlement.gap"]);
  });

  it("is a missing report as well where a payout in it is of a settlement that is not there", async () => {
    await paid("1000000003", "2026-05-12T00:00:00");
    expect((await codes()).sort()).toEqual(["report.missing", "settlement.gap"]);
  });

  it("is a gap where the payout was at another time", async () => {
    await paid("1000000009", "2026-05-20T00:00:00");
    expect(await codes()).toEqual(["settlement.gap"]);
  });
});

describe("a settlement report that was made 35 hours after its end", () => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture();
    await load(ledger, ...FILES);
  });
  afterEach(() => ledger.close());

  const verdicts = async (source: string): Promise<string[]> => {
    const { db } = ledger.store;
    const reports = await db
      .selectFrom("report")
      .select(["report_id", "window_end_at"])
      .orderBy("window_end_at")
      .execute();
    for (const [index, { report_id: id, window_end_at: end }] of reports.entries())
      await db
        .updateTable("report")
        .set({ source, created_at: (end ?? 0) + (index === 3 ? 35 : 1) * 3_600_000 })
        .where("report_id", "=", id)
        .execute();
    const { exceptions } = await reconcile(ledger);
    return exceptions.map(({ code }) => code).filter((code) => code === "report.late");
  };

  it("is late where the service says when it made it", async () => {
    expect(await verdicts("v2")).toEqual(["report.late"]);
  });

  it("is not where a file in a folder has that date: somebody put it there then", async () => {
    expect(await verdicts("folder")).toEqual([]);
  });
});

describe("a report that is still being made", () => {
  const DAY = 86_400_000;
  it.each([
    ["an hour ago, about last winter, is not late", DAY / 24, []],
    ["three days ago is late", 3 * DAY, ["report.late"]],
  ])("asked for %s", async (_when, ago, expected) => {
    const ledger = await booksFixture();
    const now = Date.UTC(2026, 5, 1);
    const createdAt = now - ago;
    await ledger.store.db
      .insertInto("report")
      .values({
        account_id: "shop",
        source: "v2",
        report_id: "1",
        report_type: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
        window_start_at: Date.UTC(2026, 0, 1),
        window_end_at: Date.UTC(2026, 0, 31),
        created_at: createdAt,
        processing_status: "IN_PROGRESS",
        document_id: null,
        state: "in-progress",
        state_reason: null,
        first_seen_at: createdAt,
        last_seen_at: createdAt,
        attempts: 0,
        next_attempt_at: null,
        acknowledged_at: null,
      })
      .execute();
    const { exceptions } = await reconcile(ledger);
    expect(exceptions.map(({ code }) => code)).toEqual(expected);
    await ledger.close();
  });
});
