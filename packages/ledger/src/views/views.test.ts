import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { openPostgresStore } from "../store/postgres/open.ts";
import { openSqliteStore } from "../store/sqlite/open.ts";
import type { Store } from "../store/store.ts";
import {
  ageing,
  feesByType,
  feesOverTime,
  getException,
  getSettlement,
  listAccountIds,
  listAccounts,
  listAlerts,
  listCoverage,
  listExceptions,
  listForecasts,
  listOpenItems,
  listReports,
  listRowErrors,
  listSettlementRows,
  listSettlements,
  listTransfers,
  pageAccounts,
  searchRows,
  type SettlementRowView,
  sumRows,
  sumSettlements,
} from "./index.ts";

const opened: Record<string, () => Promise<Store>> = {
  sqlite: () => openSqliteStore(":memory:"),
  postgres: async () => openPostgresStore(await freshDatabase()),
};

const DAY = 86_400_000;
const NOW = 100 * DAY;

/** Five settlements of three rows each for two accounts. */
async function fill(store: Store): Promise<void> {
  const { db } = store;
  for (const account of ["a", "b"]) {
    await db
      .insertInto("account")
      .values({
        account_id: account,
        seller_id: null,
        region: "na",
        environment: "live",
        currency: "USD",
        created_at: 1,
      })
      .execute();
    for (let number = 1; number <= 5; number += 1) {
      const file = await db
        .insertInto("file")
        .values({
          account_id: account,
          content_hash: `${account}${number}`,
          kind: "settlement",
          archive_path: `p/${number}`,
          byte_count: 10,
          row_count: 3,
          error_count: 0,
          seller_id: "S",
          window_start_at: number * 1000,
          window_end_at: number * 1000 + 999,
          archived_at: 1,
          loaded_at: 1,
          quarantine_code: null,
          quarantine_message: null,
        })
        .returning("file_id")
        .executeTakeFirstOrThrow();
      const settlement = `50000000${number}`;
      const rows = [
        ["Capture", `C${account}${number}`, 10_000n, -320n],
        ["Refund", `R${account}${number}`, -2000n, 58n],
        ["Transfer", null, -7738n, 0n],
      ] as const;
      for (const [index, [type, transaction, amount, fee]] of rows.entries()) {
        await db
          .insertInto("settlement_row")
          .values({
            account_id: account,
            file_id: file.file_id,
            line: 7 + index,
            ordinal: 0,
            settlement_id: settlement,
            posted_at: number * 1000 + index,
            type,
            type_key: type.toLowerCase(),
            transaction_id: transaction,
            reference_id: null,
            permission_id: null,
            order_id: `O${number}`,
            store_name: null,
            currency: "USD",
            description: null,
            amount_minor: amount,
            percentage_fee_minor: fee,
            fixed_fee_minor: 0n,
            total_fee_minor: fee,
            net_minor: amount + fee,
            extra: null,
          })
          .execute();
      }
      await db
        .insertInto("settlement")
        .values({
          account_id: account,
          settlement_id: settlement,
          currency: "USD",
          file_id: file.file_id,
          start_at: number * 1000,
          end_at: number * 1000 + 999,
          status: number === 3 ? "exceptions" : "balanced",
          bank: "unchecked",
          opening_minor: 0n,
          activity_minor: 8000n,
          fees_minor: -262n,
          reserve_minor: 0n,
          transfer_minor: -7738n,
          closing_minor: 0n,
          row_count: 3,
          zero_sum: 1,
          rolls_forward: 1,
          sign_convention: "amount-plus-fee",
          released_minor: 0n,
          debt_minor: 0n,
          payout_minor: -7738n,
          payout_at: number * 1000 + 2,
        })
        .execute();
      await db
        .insertInto("settlement_fee")
        .values({
          account_id: account,
          settlement_id: settlement,
          currency: "USD",
          actual_minor: -262n,
          expected_minor: -260n,
          leak_minor: 0n,
          checked_count: 2,
          mismatch_count: 1,
        })
        .execute();
      for (const [line, error] of [
        [7, 0],
        [7, 1],
        [9, 0],
      ] as const)
        await db
          .insertInto("row_error")
          .values({
            account_id: account,
            file_id: file.file_id,
            line,
            error,
            byte_offset: 100,
            code: "amount",
            message: `error ${error} of line ${line}`,
          })
          .execute();
      await db
        .insertInto("open_item")
        .values({
          account_id: account,
          counterpart: "record",
          counterpart_id: `${account}${number}`,
          kind: "charge",
          transaction_id: `T-${account}${number}`,
          amount_minor: 1000n,
          currency: "USD",
          occurred_at: NOW - number * 8 * DAY,
          subject: `charge ${account}${number}`,
        })
        .execute();
      await db
        .insertInto("exception")
        .values({
          account_id: account,
          exception_id: `x${number}`,
          code: "fee.mismatch",
          severity: "warning",
          settlement_id: settlement,
          transaction_id: `T-${account}${number}`,
          file_id: file.file_id,
          line: 7,
          amount_minor: 2n,
          currency: "USD",
          message: "fee differs",
          subject: `fee of ${settlement}`,
          found_at: 1,
          changed_at: 1,
          status: number === 1 ? "explained" : "open",
        })
        .execute();
    }
  }
}

describe.each(Object.keys(opened))("views on %s", (dialect) => {
  let store: Store;
  beforeAll(async () => {
    store = await (opened[dialect] as () => Promise<Store>)();
    await fill(store);
  });
  afterAll(() => store.close());

  it("refuses foreign cursors, senseless limits and what is not there", async () => {
    await expect(listSettlements({ store }, { cursor: "rubbish" })).rejects.toThrowError(
      /start again from its first page/,
    );
    await expect(
      listSettlements({ store }, { cursor: Buffer.from("[1]").toString("base64url") }),
    ).rejects.toMatchObject({ code: "view.cursor" });
    for (const limit of [0, 501, 1.5])
      await expect(listReports({ store }, { limit })).rejects.toMatchObject({ code: "view.limit" });
    await expect(getSettlement({ store }, { settlementId: "nope" })).rejects.toMatchObject({ code: "view.not-found" });
    await expect(getException({ store }, { exceptionId: "nope" })).rejects.toMatchObject({ code: "view.not-found" });
    await expect(getSettlement({ store }, { settlementId: "500000003" })).rejects.toMatchObject({
      code: "view.several",
      message: "settlement 500000003 is there in a and in b: name the account",
    });
  });

  it("walks every list page by page without gap or repetition", async () => {
    const walk = async <T>(
      next: (cursor: string | undefined) => Promise<{ items: readonly T[]; next: string | null }>,
    ): Promise<T[]> => {
      const all: T[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await next(cursor);
        all.push(...page.items);
        if (page.next === null) return all;
        cursor = page.next;
      }
    };
    const settlements = await walk((cursor) => listSettlements({ store }, { cursor, limit: 3 }));
    expect(settlements.map((item) => item.accountId + item.settlementId.at(-1)).join(" ")).toBe(
      "b5 a5 b4 a4 b3 a3 b2 a2 b1 a1",
    );
    const exceptions = await walk((cursor) => listExceptions({ store }, { status: "to-do", cursor, limit: 3 }));
    expect(exceptions.map((item) => item.accountId + item.exceptionId).join(" ")).toBe(
      "ax2 ax3 ax4 ax5 bx2 bx3 bx4 bx5",
    );
    const rows = await walk((cursor) => searchRows({ store }, { cursor, limit: 4 }));
    expect(new Set(rows.map((row) => `${row.accountId}${row.fileId}/${row.line}`)).size).toBe(30);
    expect(rows.every((row, index) => index === 0 || row.postedAt <= (rows[index - 1]?.postedAt ?? 0))).toBe(true);
    const transfers = await walk((cursor) => listTransfers({ store }, { accountId: "a", cursor, limit: 2 }));
    expect(transfers.map((item) => item.amountMinor)).toEqual([7738n, 7738n, 7738n, 7738n, 7738n]);
  });

  it("finds rows by id and by amount, with or without sign", async () => {
    const ids = async (text: string): Promise<string[]> =>
      (await searchRows({ store }, { text })).items.map((row) => row.accountId + row.type);
    expect(await ids("Ca2")).toEqual(["aCapture"]);
    expect(await ids("O2")).toHaveLength(6);
    expect(await ids("500000004")).toHaveLength(6);
    expect(await ids("$20.00")).toHaveLength(10);
    expect(await ids("-77.38")).toHaveLength(10);
    expect(await ids("nothing")).toEqual([]);
  });

  it("keeps lists and their sums to a period, page by page", async () => {
    const period = { from: 2000, until: 4000 };
    const settlements = await listSettlements({ store }, period);
    expect(settlements.items.map((item) => item.accountId + item.settlementId.at(-1))).toEqual([
      "b3",
      "a3",
      "b2",
      "a2",
    ]);
    expect(await sumSettlements({ store }, period)).toMatchObject([{ currency: "USD", settlements: 4, rows: 12 }]);
    const transfers = await listTransfers({ store }, { accountId: "a", ...period });
    expect(transfers.items.map((item) => item.settlementId.at(-1))).toEqual(["3", "2"]);
    expect((await listTransfers({ store }, { currency: "JPY" })).items).toEqual([]);
    for (const filter of [
      { ...period },
      { ...period, typeKey: "refund", currency: "USD" },
      { ...period, text: "$20.00" },
      { accountId: "b", text: "O2" },
    ]) {
      const rows: SettlementRowView[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await searchRows({ store }, { ...filter, cursor, limit: 2 });
        rows.push(...page.items);
        if (page.next === null) break;
        cursor = page.next;
      }
      expect(rows.length, JSON.stringify(filter)).toBeGreaterThan(1);
      const sum = (pick: (row: (typeof rows)[number]) => bigint): bigint =>
        rows.reduce((total, row) => total + pick(row), 0n);
      expect(await sumRows({ store }, filter), JSON.stringify(filter)).toEqual([
        {
          currency: "USD",
          rows: rows.length,
          amountMinor: sum((row) => row.amountMinor),
          feeMinor: sum((row) => row.feeMinor),
          netMinor: sum((row) => row.netMinor),
        },
      ]);
    }
    expect(await sumRows({ store }, { text: "nothing" })).toEqual([]);
    expect(await sumRows({ store }, { typeKey: "chargeback" })).toEqual([]);
  });

  it("adds up the parts of a settlement", async () => {
    const detail = await getSettlement({ store }, { accountId: "a", settlementId: "500000003" });
    expect(detail.status).toBe("exceptions");
    expect(detail.parts.map((part) => [part.type, part.rows, part.netMinor])).toEqual([
      ["Capture", 1, 9680n],
      ["Refund", 1, -1942n],
      ["Transfer", 1, -7738n],
    ]);
    const refunds = await listSettlementRows(
      { store },
      { accountId: "a", settlementId: "500000003", typeKey: "refund" },
    );
    expect(refunds.items.map((row) => row.line)).toEqual([8]);
  });

  it("sorts what is not settled by age, each item once", async () => {
    const groups = await ageing({ store }, { accountId: "a", now: NOW });
    expect(groups.map((group) => [group.group, group.count, group.amountMinor])).toEqual([
      ["8-15", 1, 1000n],
      ["16-30", 2, 2000n],
      ["30+", 2, 2000n],
    ]);
  });

  it("finds what waits and what is wrong by the id of the transaction", async () => {
    const items = await listOpenItems({ store }, { transactionId: "T-a3", now: NOW });
    expect(items.items.map((item) => item.accountId + item.counterpartId)).toEqual(["aa3"]);
    const exceptions = await listExceptions({ store }, { transactionId: "T-b2" });
    expect(exceptions.items.map((item) => item.accountId + item.exceptionId)).toEqual(["bx2"]);
    expect((await listExceptions({ store }, { transactionId: "T-none" })).items).toEqual([]);
  });

  it("lists what could not be read of a file, page by page", async () => {
    const [row] = (await listSettlementRows({ store }, { accountId: "b", settlementId: "500000002" })).items;
    const request = { accountId: "b", fileId: row?.fileId ?? -1, limit: 2 };
    const first = await listRowErrors({ store }, request);
    expect(first.items.map(({ message }) => message)).toEqual(["error 0 of line 7", "error 1 of line 7"]);
    const second = await listRowErrors({ store }, { ...request, cursor: first.next ?? undefined });
    expect([second.items.map(({ line }) => line), second.next]).toEqual([[9], null]);
    expect((await listRowErrors({ store }, { ...request, accountId: "a" })).items).toEqual([]);
  });

  it("sums up accounts and fees", async () => {
    expect(await listAccounts({ store })).toMatchObject([
      { accountId: "a", settlements: 5, openExceptions: 4, reports: 0, lastFetchedAt: null },
      { accountId: "b", settlements: 5, openExceptions: 4 },
    ]);
    const fees = await feesOverTime({ store }, { accountId: "b" });
    expect(fees.map((point) => [point.feesMinor, point.differenceMinor])).toEqual(
      Array.from({ length: 5 }, () => [-262n, -2n]),
    );
  });
});

describe.each(Object.entries(opened))("books without an account on %s", (_name, open) => {
  it("are shown as empty by every list", async () => {
    const store = await open();
    const context = { store, clock: { ...systemClock, now: () => NOW } };
    const lists = [
      listAccounts,
      listAccountIds,
      pageAccounts,
      listExceptions,
      listOpenItems,
      listRowErrors,
      listSettlementRows,
      listSettlements,
      listTransfers,
      searchRows,
      listAlerts,
      listCoverage,
      listForecasts,
      listReports,
      feesOverTime,
      feesByType,
    ];
    for (const list of lists) {
      const found: unknown = await (list as (...args: unknown[]) => Promise<unknown>)(context, {
        fileId: 1,
        settlementId: "1",
      });
      expect((found as { items?: unknown }).items ?? found, list.name).toEqual([]);
    }
    await store.close();
  });
});
