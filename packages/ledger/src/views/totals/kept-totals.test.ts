import { expect, it } from "vitest";
import { openSqliteStore } from "../../store/index.ts";
import { sumFees } from "../../store/rows/fee-sums.ts";
import {
  feesByType,
  KeptTotals,
  payoutSums,
  sumFeesOverTime,
  sumRows,
  sumSettlements,
  type ViewContext,
} from "../index.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 1);
const ACCOUNTS = 30;

/** Thirty accounts with two settlements each, of which one file has fees with the other sign. */
async function filled() {
  const store = await openSqliteStore(":memory:");
  for (let number = 0; number < ACCOUNTS; number += 1) {
    const account = `shop-${String(100 + number)}`;
    const currency = number % 3 === 0 ? "EUR" : "USD";
    const columns = (values: Readonly<Record<string, unknown>>) => values as never;
    await store.db
      .insertInto("account")
      .values(columns({ account_id: account, region: "na", environment: "live", created_at: START }))
      .execute();
    for (const place of [0, 1]) {
      const file = number * 2 + place + 1;
      const at = START + place * DAY + number * HOUR;
      const name = { account_id: account, settlement_id: `5${file}`, currency };
      await store.db
        .insertInto("settlement")
        .values(
          columns({
            ...name,
            file_id: file,
            end_at: at + 2 * HOUR,
            status: "balanced",
            bank: file % 2 === 0 ? "unchecked" : "differs",
            opening_minor: 0n,
            activity_minor: 1000n + BigInt(file),
            fees_minor: -30n,
            reserve_minor: 0n,
            transfer_minor: -900n,
            closing_minor: 0n,
            row_count: 2,
            zero_sum: 1,
            rolls_forward: 1,
            sign_convention: file === 3 ? "amount-minus-fee" : "amount-plus-fee",
            released_minor: 0n,
            debt_minor: 0n,
            payout_minor: -900n,
            payout_at: at + HOUR,
            payout_file_id: file,
            payout_line: 3,
          }),
        )
        .execute();
      await store.db
        .insertInto("settlement_file")
        .values(
          columns({
            account_id: account,
            file_id: file,
            settlement_id: `5${file}`,
            sign_convention: "amount-plus-fee",
          }),
        )
        .execute();
      if (file % 5 === 0)
        await store.db
          .insertInto("row_match")
          .values(
            columns({
              account_id: account,
              file_id: file,
              line: 3,
              counterpart: "bank",
              counterpart_id: String(file),
              rule: "reference",
              amount_minor: 890n,
            }),
          )
          .execute();
      await store.db
        .insertInto("settlement_row")
        .values(
          [2, 3].map((line) =>
            columns({
              ...name,
              file_id: file,
              line,
              ordinal: 0,
              posted_at: at + line * 17,
              type: line === 3 ? "Transfer" : file % 4 === 0 ? "Refund" : "Capture",
              type_key: line === 3 ? "transfer" : file % 4 === 0 ? "refund" : "capture",
              amount_minor: BigInt(line * 100 + file),
              percentage_fee_minor: -20n,
              fixed_fee_minor: -10n,
              total_fee_minor: -30n,
              net_minor: BigInt(line * 100 + file - 30),
            }),
          ),
        )
        .execute();
      await sumFees(store.db, account, [file]);
    }
  }
  return store;
}

it("keeps the sums of very many accounts that a look at every row gives, for every filter and period", async () => {
  const store = await filled();
  const exact: ViewContext = { store };
  const kept: ViewContext = { store, totals: new KeptTotals(() => START) };
  for (const filter of [
    {},
    { currency: "EUR" },
    { from: START + DAY },
    // Neither begins nor ends with a day in UTC.
    { from: START + 5 * HOUR, until: START + DAY + 9 * HOUR, currency: "USD" },
  ]) {
    const what = JSON.stringify(filter);
    expect(await sumRows(kept, filter), what).toEqual(await sumRows(exact, filter));
    expect(await sumRows(kept, { ...filter, typeKey: "refund" }), what).toEqual(
      await sumRows(exact, { ...filter, typeKey: "refund" }),
    );
    expect(await payoutSums(kept, filter), what).toEqual(await payoutSums(exact, filter));
    expect(await sumSettlements(kept, filter), what).toEqual(await sumSettlements(exact, filter));
    expect(await sumSettlements(kept, { ...filter, bank: "unchecked" }), what).toEqual(
      await sumSettlements(exact, { ...filter, bank: "unchecked" }),
    );
    const fees = await sumFeesOverTime(exact, filter);
    const sum = (list: typeof fees, pick: (one: (typeof fees)[number]) => bigint) =>
      list.reduce((all, one) => all + pick(one), 0n);
    const keptFees = await sumFeesOverTime(kept, filter);
    expect(
      sum(keptFees, (one) => one.activityMinor),
      what,
    ).toBe(sum(fees, (one) => one.activityMinor));
    const byType = new Map<string, readonly bigint[]>();
    for (const one of await feesByType(exact, filter)) {
      const key = `${one.currency} ${one.typeKey}`;
      const figures = [BigInt(one.rows), one.amountMinor, one.percentageMinor, one.fixedMinor, one.feeMinor];
      const known = byType.get(key);
      byType.set(
        key,
        figures.map((figure, at) => figure + (known?.[at] ?? 0n)),
      );
    }
    expect(
      (await feesByType(kept, filter)).map((one) => [
        `${one.currency} ${one.typeKey}`,
        [BigInt(one.rows), one.amountMinor, one.percentageMinor, one.fixedMinor, one.feeMinor],
      ]),
      what,
    ).toEqual([...byType].sort(([left], [right]) => (left < right ? -1 : 1)));
  }
  await store.close();
});

it("gives out what is older than a minute once more, makes it anew behind, and keeps no error", async () => {
  let now = START;
  const totals = new KeptTotals(() => now);
  let made = 0;
  const make = () => Promise.resolve((made += 1));
  await expect(totals.get("sum", () => Promise.reject(new TypeError("gone")))).rejects.toThrow("gone");
  expect([await totals.get("sum", make), await totals.get("sum", make)]).toEqual([1, 1]);
  now += 61_000;
  expect(await totals.get("sum", make)).toBe(1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await totals.get("sum", make)).toBe(2);
  now += 61_000;
  expect(await totals.get("sum", () => Promise.reject(new TypeError("locked")))).toBe(2);
  await new Promise((resolve) => setImmediate(resolve));
  // Somebody else tries again.
  expect(await totals.get("sum", make)).toBe(2);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await totals.get("sum", make)).toBe(3);
});
