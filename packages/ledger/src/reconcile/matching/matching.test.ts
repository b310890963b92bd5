import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import type { Ledger } from "../../ledger.ts";
import type { NewRecord } from "../../ingest/records/record.ts";
import { listExceptions } from "../../views/index.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, load, settlementFile, type WrittenRow } from "../testing/books-fixture.ts";

const AT = "2026-01-10T10:00:00";
const charge = (amount: string, of: Partial<NewRecord>): NewRecord => ({
  kind: "charge",
  amount,
  currency: "USD",
  occurredAt: `${AT}Z`,
  ...of,
});
const capture = (amount: string, of: Partial<WrittenRow>): WrittenRow => ({
  at: AT,
  type: "Capture",
  amount,
  net: amount,
  ...of,
});

describe.each(["SQLite", "PostgreSQL"])("matching in the books on %s", (database) => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
  });
  afterEach(() => ledger.close());

  const settle = (...rows: readonly WrittenRow[]): Promise<void> =>
    load(ledger, settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-31T00:00:00", rows));
  const own = async (...records: readonly NewRecord[]): Promise<void> => {
    await ledger.records.add(records, { accountId: "shop" });
  };
  const pairs = async (): Promise<string[]> => {
    const rows = await ledger.store.db
      .selectFrom("row_match")
      .select(["rule", "counterpart_id", "match_group", "amount_minor"])
      .where("counterpart", "=", "record")
      .orderBy("line")
      .execute();
    const groupOf = (row: (typeof rows)[number]) => row.match_group ?? `alone ${row.counterpart_id}`;
    const groups = [...new Set(rows.map(groupOf))];
    return rows.map((row) => `${row.rule} ${row.amount_minor} in group ${groups.indexOf(groupOf(row)) + 1}`);
  };
  const raised = async (): Promise<string[]> => {
    const { items } = await listExceptions(ledger, {});
    return items
      .filter(({ status }) => status !== "resolved")
      .map(({ code }) => code)
      .filter((code) => /^(match|capture|refund|transaction)\./.test(code))
      .sort();
  };

  it("judges a refund by the time of all records, and again when one gets another date", async () => {
    await settle({ at: AT, type: "Refund", id: "P01-1111111-1000001-R100001", amount: "-5.00", net: "-5.00" });
    const refund = (occurredAt: string, status: string): NewRecord =>
      charge("7.00", { kind: "refund", transactionId: "P01-1111111-1000002-R100002", occurredAt, status });
    const unknown = async (options: { full?: boolean } = {}): Promise<string[]> => {
      await reconcile(ledger, options);
      return (await raised()).filter((code) => code === "refund.unknown");
    };
    await own(charge("9.00", { orderId: "later", occurredAt: "2026-01-25T10:00:00Z" }));
    expect(await unknown()).toEqual([]);
    await own(refund("2026-01-10T12:00:00Z", "RefundInitiated"));
    expect(await unknown()).toEqual(["refund.unknown"]);
    await own(refund("2026-01-20T12:00:00Z", "Refunded"));
    expect(await unknown()).toEqual([]);
    expect(await unknown({ full: true })).toEqual([]);
    await own(charge("8.00", { orderId: "earlier", occurredAt: "2026-01-05T10:00:00Z" }));
    expect(await unknown()).toEqual(["refund.unknown"]);
  });

  it("raises the amount of a pair that differs, and keeps the pair", async () => {
    await settle(capture("10.00", { id: "P01-1111111-1000001-C100001" }));
    await own(charge("9.99", { transactionId: "P01-1111111-1000001-C100001" }));
    await reconcile(ledger);
    expect(await pairs()).toEqual(["transaction-id 999 in group 1"]);
    expect(await raised()).toEqual(["match.amount"]);
  });

  it("raises the currency of a pair that differs, and never compares the amounts", async () => {
    await settle(capture("10.00", { id: "P01-1111111-1000001-C100001" }));
    await own(charge("11.00", { transactionId: "P01-1111111-1000001-C100001", currency: "EUR" }));
    await reconcile(ledger);
    expect(await raised()).toEqual(["match.currency"]);
  });

  describe.each(["canceled", "declined", "pending", "authorized"])("a record that is %s", (status) => {
    const settled = { order: "P01-1111111-1000001", sellerOrder: "1002" };

    it("contradicts its settled charge", async () => {
      await settle(capture("10.00", { ...settled, id: "P01-1111111-1000001-C100001" }));
      await own(charge("10.00", { orderId: "1002", status }));
      const { exceptions } = await reconcile(ledger);
      expect(exceptions).toMatchObject([{ code: "match.status", orderId: "1002", amount: "10.00", line: 7 }]);
      expect(exceptions[0]?.message).toContain(`1002 as ${status}`);
      await own(charge("10.00", { orderId: "1002", status: "captured" }));
      expect((await reconcile(ledger)).exceptions).toEqual([]);
    });

    it("contradicts a charge that was there before it, and no longer once the money went back", async () => {
      const id = "P01-1111111-1000001-C100001";
      await settle(capture("10.00", { ...settled, id }));
      await reconcile(ledger);
      await own(charge("10.00", { transactionId: id, orderId: "1002", status }));
      await reconcile(ledger);
      expect(await raised()).toEqual(["match.status"]);
      const back: WrittenRow = {
        ...settled,
        at: "2026-02-02T10:00:00",
        type: "Refund",
        amount: "-10.00",
        net: "-10.00",
      };
      await load(
        ledger,
        settlementFile("5000000002", "2026-01-31T00:00:00", "2026-02-14T00:00:00", [
          { ...back, id: "P01-1111111-1000001-R100001" },
        ]),
      );
      await reconcile(ledger);
      expect(await raised()).toEqual([]);
    });

    it("contradicts a settled refund", async () => {
      await settle(capture("10.00", { ...settled, id: "P01-1111111-1000001-C100001" }), {
        ...settled,
        at: AT,
        type: "Refund",
        id: "P01-1111111-1000001-R100001",
        amount: "-4.00",
        net: "-4.00",
      });
      await own(charge("10.00", { orderId: "1002" }), {
        ...charge("4.00", { orderId: "1002", status }),
        kind: "refund",
      });
      const { exceptions } = await reconcile(ledger);
      expect(exceptions).toMatchObject([{ code: "match.status", orderId: "1002", amount: "-4.00" }]);
    });

    it("is an attempt that failed where another one of the order succeeded", async () => {
      await settle(capture("10.00", { ...settled, id: "P01-1111111-1000001-C100001" }));
      const [first, second] = [
        charge("10.00", { orderId: "1002", status, occurredAt: "2026-01-10T09:00:00Z" }),
        charge("10.00", { orderId: "1002", status: "captured", occurredAt: "2026-01-10T10:00:00Z" }),
      ];
      await own(first);
      await reconcile(ledger);
      await own(second);
      expect((await reconcile(ledger)).exceptions).toEqual([]);
      expect((await reconcile(ledger, { full: true })).exceptions).toEqual([]);
    });
  });

  it("keeps a capture that is settled twice out of matching", async () => {
    const twice = capture("10.00", { id: "P01-1111111-1000001-C100001" });
    await settle({ ...twice, at: "2026-01-11T10:00:00" }, twice);
    await own(charge("10.00", { transactionId: "P01-1111111-1000001-C100001" }));
    await reconcile(ledger);
    expect(await pairs()).toEqual(["transaction-id 1000 in group 1"]);
    expect(await raised()).toEqual(["transaction.duplicate"]);
    const { items } = await listExceptions(ledger, { code: "transaction.duplicate" });
    const paired = await ledger.store.db.selectFrom("row_match").select("line").executeTakeFirstOrThrow();
    // The later row stands first in the file, and is the one that is too many.
    expect([items[0]?.line, paired.line]).toEqual([7, 8]);
  });

  it("pairs partial captures with one order, in one group", async () => {
    await settle(
      capture("6.00", { id: "P01-1111111-1000001-C100001", reference: "AUTHORIZE_1", sellerOrder: "SHOP-1" }),
      capture("4.00", { id: "P01-1111111-1000001-C100002", reference: "AUTHORIZE_2", sellerOrder: "SHOP-1" }),
    );
    await own(charge("10.00", { orderId: "SHOP-1" }));
    await reconcile(ledger);
    expect(await pairs()).toEqual(["order-id-and-amount 600 in group 1", "order-id-and-amount 400 in group 1"]);
    expect(await raised()).toEqual([]);
  });

  it("pairs a split refund with its record, and a refund never with a charge", async () => {
    const refund = (amount: string, id: string): WrittenRow =>
      capture(amount, { type: "Refund", id, order: "P01-1111111-1000001", sellerOrder: "SHOP-1" });
    await own(charge("10.00", { orderId: "SHOP-1" }), { ...charge("7.00", { orderId: "SHOP-1" }), kind: "refund" });
    await settle(refund("-3.00", "P01-1111111-1000001-R100001"), refund("-4.00", "P01-1111111-1000001-R100002"));
    await reconcile(ledger);
    expect(await pairs()).toEqual(["order-id-and-amount 300 in group 1", "order-id-and-amount 400 in group 1"]);
  });

  it("pairs by a contained number, and lets go of it when a second candidate arrives", async () => {
    await settle(capture("10.00", { id: "P01-1111111-1000001-C100001", sellerOrder: "SHOP-100045" }));
    await own(charge("10.00", { orderId: "100045" }));
    await reconcile(ledger);
    expect(await pairs()).toEqual(["contains 1000 in group 1"]);
    await own(charge("10.00", { orderId: "100045-B" }), charge("10.00", { referenceId: "100045" }));
    await reconcile(ledger);
    expect(await pairs()).toEqual([]);
  });

  it("takes a pair by part of an id back when a later file has a second candidate, as one run over all would", async () => {
    const at = (day: number): string => `2026-01-${String(day).padStart(2, "0")}T10:00:00`;
    const row = (day: number, id: string) =>
      capture("10.00", { at: at(day), id: `P01-1111111-100000${id}-C10000${id}`, sellerOrder: `${id}-100045` });
    await settle(row(4, "1"));
    await own(charge("10.00", { orderId: "SHOP-100045", occurredAt: `${at(10)}Z` }));
    await reconcile(ledger);
    expect(await pairs()).toEqual([]);
    await own(charge("10.00", { orderId: "100045", occurredAt: `${at(9)}Z` }));
    await reconcile(ledger);
    expect(await pairs()).toEqual(["contains 1000 in group 1"]);
    // Six days after the record, and eleven after the row that has it.
    const later = settlementFile("5000000002", "2026-01-31T00:00:00", "2026-02-28T00:00:00", [row(15, "2")]);
    await load(ledger, later);
    await reconcile(ledger);
    const stepwise = await pairs();
    await reconcile(ledger, { full: true });
    expect(await pairs()).toEqual(stepwise);
    expect(stepwise).toEqual([]);
  });

  it("a record that arrives later takes its row back from a weaker pair", async () => {
    await settle(capture("10.00", { id: "P01-1111111-1000001-C100001", sellerOrder: "SHOP-1" }));
    await own(charge("9.00", { orderId: "SHOP-1" }));
    await reconcile(ledger);
    expect(await pairs()).toEqual(["order-id 900 in group 1"]);
    expect(await raised()).toEqual(["match.amount"]);
    await own(charge("10.00", { orderId: "SHOP-1", transactionId: "P01-1111111-1000001-C100001" }));
    await reconcile(ledger);
    expect(await pairs()).toEqual(["transaction-id 1000 in group 1"]);
    // The record that lost its pair is now the one that nothing has settled.
    expect(await raised()).toEqual(["capture.unsettled"]);
  });
});
