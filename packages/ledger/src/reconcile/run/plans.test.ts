/**
 * Regression: steps over a few files or imports that walked through every row of the account, so that time grew with the
 * square of the books. SQLite's planner has fixed statistics here, so its plans are those of books of any size.
 */
import { afterEach, expect, it, vi } from "vitest";
import { SqliteDatabase } from "../../store/sqlite/database.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../testing/books-fixture.ts";

afterEach(() => vi.restoreAllMocks());

const LARGE = /\b(settlement_row|transaction_row|record|row_match)\b/;
/** All of an account, or from some value on to its end; what was revised since the last run is new, and no walk. */
const WALK =
  /^(SCAN (r|d|c|t|m|settlement_row|transaction_row|record|row_match)\b|SEARCH .*\(account_id=\?( AND (?!revised_in)\w+[<>]\?)?\))/;

/** The same statement over this many files: the planner may choose another way for many than for one. */
const over = (sql: string, count: number): string =>
  sql.replaceAll(/ in \(\?(, \?)*\)/g, ` in (${Array.from({ length: count }, () => "?").join(", ")})`);

const row = (number: number, day: number) =>
  capture(`2026-01-0${day}T10:00:00`, `P01-1111111-100000${number}-C00000${number}`, "10.00", "-0.29");

const refundReport = [
  "AmazonRefundId,RefundReferenceId,AmazonCaptureId,AmazonOrderReferenceId,RefundAmount,CurrencyCode,RefundType,RefundStatus,LastUpdateTimestamp,CreationTimestamp",
  "P01-1111111-1000001-R000001,r1,P01-1111111-1000001-C000001,P01-1111111-1000001,1.00,USD,SellerInitiated,Completed,2026-01-02T10:00:00Z,2026-01-02T10:00:00Z",
].join("\n");

it("walks through no large table of an account, whatever the run has to do", async () => {
  const ledger = await booksFixture();
  const databases = new Map<string, SqliteDatabase>();
  const statement = SqliteDatabase.prototype.statement;
  vi.spyOn(SqliteDatabase.prototype, "statement").mockImplementation(function (this: SqliteDatabase, sql: string) {
    databases.set(sql, this);
    return statement.call(this, sql);
  });
  const records = async (...ids: readonly number[]) =>
    ledger.records.add(
      ids.map((id) => ({
        kind: "charge" as const,
        amount: "10.00",
        currency: "USD",
        occurredAt: "2026-01-02T10:00:00Z",
        transactionId: `P01-1111111-100000${id}-C00000${id}`,
        orderId: `order-${id}`,
      })),
      { accountId: "shop" },
    );
  const settle = (id: string, from: number, ...numbers: readonly number[]) =>
    load(
      ledger,
      settlementFile(id, `2026-01-0${from}T00:00:00`, `2026-01-0${from + 1}T00:00:00`, [
        ...numbers.map((number) => row(number, from)),
        transfer(`2026-01-0${from}T23:00:00`, (9.41 * numbers.length).toFixed(2)),
      ]),
    );
  await settle("5000000001", 1, 1, 2);
  await reconcile(ledger);
  await records(1, 3);
  // A transaction that is settled twice, one without a record, one whose record comes later, and a refund report.
  await settle("5000000002", 2, 1, 4);
  await ledger.loadFile({ accountId: "shop", file: new TextEncoder().encode(refundReport), fileName: "refunds.csv" });
  const { exceptions } = await reconcile(ledger);
  expect(exceptions.map(({ code }) => code)).toContain("transaction.duplicate");
  await records(2, 4);
  await reconcile(ledger);

  const asked = [...databases].filter(([sql]) => LARGE.test(sql) && /\b(select|update|delete)\b/i.test(sql));
  expect(asked.length).toBeGreaterThan(20);
  const walks = asked.flatMap(([sql, database]) =>
    [1, 20, 300].flatMap((count) =>
      statement
        .call(database, `explain query plan ${over(sql, count)}`)
        .all()
        .map((step) => String(step["detail"]))
        .filter((detail) => WALK.test(detail) && LARGE.test(detail.replace(/^SEARCH (r|d|c|t|m)\b/, "record")))
        // What takes the first of many needs no end.
        .filter(() => !/\blimit\b/i.test(sql))
        .map((detail) => `${detail} in ${sql.replaceAll(/\s+/g, " ")}`),
    ),
  );
  expect([...new Set(walks)]).toEqual([]);
  await ledger.close();
});
