import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import type { Ledger } from "../../ledger.ts";
import { message } from "../../rules/index.ts";
import { booksFixture, capture, load, settlementFile } from "../testing/books-fixture.ts";
import { captureFile } from "../../store/conformance/report-files.ts";
import { firstUnreported, windowsWithMoney } from "./evidence.ts";

const ID = "P01-1111111-2222222-C333333";
const POSTED = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;

let ledger: Ledger;
beforeEach(async () => {
  ledger = await booksFixture();
});
afterEach(() => ledger.close());

describe("a capture that a settlement has and no capture report", () => {
  beforeEach(() =>
    load(
      ledger,
      settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-31T00:00:00", [
        capture("2026-01-05T00:00:00", ID, "10.00", "-0.29"),
      ]),
    ),
  );
  const first = (from: number, to: number): Promise<number | null> =>
    firstUnreported(ledger.store.db, "shop", "capture", { from, to });

  it("tells on a stretch of time with its first moment, and not with its end", async () => {
    expect(await first(POSTED, POSTED + 1)).toBe(POSTED);
    expect(await first(POSTED - DAY, POSTED)).toBeNull();
    expect(await first(POSTED + 1, POSTED + DAY)).toBeNull();
  });

  it("tells on the authorizations too, until their report is there, and never on refunds", async () => {
    const of = (kind: "authorization" | "refund") =>
      firstUnreported(ledger.store.db, "shop", kind, { from: POSTED, to: POSTED + 1 });
    expect([await of("authorization"), await of("refund")]).toEqual([POSTED, null]);
    await load(ledger, captureFile());
    expect([await first(POSTED, POSTED + 1), await of("authorization")]).toEqual([null, POSTED]);
  });

  it("proves nothing while nobody knows of it, and does again once that is cleared up", async () => {
    const { file_id: fileId, line } = await ledger.store.db
      .selectFrom("settlement_row")
      .select(["file_id", "line"])
      .executeTakeFirstOrThrow();
    const found = (...lines: readonly number[]): Promise<void> =>
      replaceFindings(
        { db: ledger.store.db, accountId: "shop", now: POSTED },
        { codes: ["capture.unknown"] },
        lines.map((at) => ({
          code: "capture.unknown",
          subject: `row ${at}`,
          settlementId: null,
          transactionId: ID,
          fileId,
          line: at,
          amount: 1000n,
          currency: "USD",
          messages: message("refund.orphan", { amount: "10.00" }),
        })),
      );
    await found(line + 1);
    expect(await first(POSTED, POSTED + 1)).toBe(POSTED);
    await found(line);
    expect(await first(POSTED, POSTED + 1)).toBeNull();
    await found();
    expect(await first(POSTED, POSTED + 1)).toBe(POSTED);
  });
});

it("windows in a row have money in them or not, by their first moment and without their end; without reports nobody knows", async () => {
  const active = async (from: number, windows: number, length: number) => {
    const found = await windowsWithMoney(ledger.store.db, "shop", { from, to: from + windows * length, length });
    return found?.map((one) => [one.from - POSTED, one.to - POSTED]) ?? null;
  };
  expect(await active(POSTED, 3, DAY)).toBeNull();
  await load(ledger, captureFile());
  expect(await active(POSTED, 1, 1)).toEqual([[0, 1]]);
  expect(await active(POSTED - DAY, 1, DAY)).toEqual([]);
  expect(await active(POSTED + 1, 5, DAY)).toEqual([]);
  expect(await active(POSTED - 3 * DAY, 9, DAY)).toEqual([[0, DAY]]);
});
