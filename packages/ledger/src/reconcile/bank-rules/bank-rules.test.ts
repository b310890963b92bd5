import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { importStatement } from "../../ingest/bank/import-statement.ts";
import { inPieces } from "../../ingest/imports/testing/empty-books.ts";
import type { Ledger } from "../../ledger.ts";
import { listBankRuleUses } from "../../views/bank-rule-uses.ts";
import { getException, listExceptions } from "../../views/exceptions.ts";
import { reopenException } from "../exceptions/change.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../testing/books-fixture.ts";
import { type BankRule, checkedBankRules } from "./bank-rule.ts";

const CHARGE: BankRule = {
  name: "charge of the bank",
  code: "match.amount",
  most: "5.00",
  currency: "USD",
  reason: "bank-fee",
  note: "agreed in 2025",
};
const LATE: BankRule = { name: "slow in December", code: "bank.late-deposit", days: 5, reason: "other" };
const TESTS: BankRule = { name: "penny tests", code: "bank.unknown-deposit", text: "PENNY TEST", reason: "other" };

function settlement(number: number, day: number, amount: string): Uint8Array {
  const from = `2026-05-${String(day).padStart(2, "0")}T00:00:00`;
  const to = `2026-05-${String(day + 1).padStart(2, "0")}T00:00:00`;
  return settlementFile(`100000000${number}`, from, to, [
    capture(from, `S01-0000001-000000${number}-C000001`, (Number(amount) + 0.3).toFixed(2), "0.00"),
    transfer(to, amount),
  ]);
}

describe.each(["SQLite", "PostgreSQL"])("rules for repeating cases on %s", (database) => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    await load(ledger, settlement(1, 4, "100.00"), settlement(2, 5, "200.00"), settlement(3, 6, "300.00"));
    const lines = [
      "2026-05-06,96.50,USD,AMAZON PAYMENTS 1",
      "2026-05-07,193.00,USD,AMAZON PAYMENTS 2",
      "2026-05-18,300.00,USD,AMAZON PAYMENTS 3",
      "2026-05-19,0.01,USD,AMAZON PAYMENTS PENNY TEST",
      "2026-05-20,77.77,USD,AMAZON PAYMENTS 9",
      "2026-05-29,1.00,USD,INTEREST",
    ];
    await importStatement(ledger, inPieces(`Date,Amount,Currency,Reference\n${lines.join("\n")}\n`, 64), {});
  });
  afterEach(() => ledger.close());

  const left = async (bankRules: readonly BankRule[]): Promise<readonly string[]> =>
    (await reconcile(ledger, { bankRules })).exceptions
      .filter(({ code }) => !code.startsWith("report."))
      .map(({ code, amount }) => `${code} ${amount ?? ""}`)
      .toSorted();
  const ALL = [
    "bank.late-deposit 300.00",
    "bank.unknown-deposit 0.01",
    "bank.unknown-deposit 77.77",
    "match.amount -3.50",
    "match.amount -7.00",
  ];

  it("explain what fits, with their reason and name, and leave the rest", async () => {
    expect(await left([])).toEqual(ALL);
    expect(await left([CHARGE, LATE, TESTS])).toEqual(["bank.unknown-deposit 77.77", "match.amount -7.00"]);
    const { items } = await listExceptions(ledger, { status: "explained", code: "match.amount" });
    const detail = await getException(ledger, { accountId: "shop", exceptionId: items[0]?.exceptionId ?? "" });
    expect(detail.events.at(-1) ?? detail.events[0]).toBeDefined();
    expect(detail.events.find(({ what }) => what === "explained")).toMatchObject({
      who: "rule charge of the bank",
      note: "bank-fee: agreed in 2025",
    });
    const settled = (await reconcile(ledger, { bankRules: [CHARGE, LATE, TESTS] })).settlements;
    expect(settled.map(({ settlementId, status }) => `${settlementId} ${status}`).toSorted()).toEqual([
      "1000000001 explained",
      "1000000002 exceptions",
      "1000000003 explained",
    ]);
  });

  it("count what they explained, also when they are gone", async () => {
    await left([CHARGE, LATE]);
    await left([]);
    expect(await listBankRuleUses(ledger.store)).toMatchObject([
      { accountId: "shop", name: CHARGE.name, currency: "USD", count: 1, amountMinor: -350n },
      { accountId: "shop", name: LATE.name, currency: "USD", count: 1, amountMinor: 30_000n },
    ]);
    // What was decided stays decided.
    expect(await left([])).toEqual(["bank.unknown-deposit 0.01", "bank.unknown-deposit 77.77", "match.amount -7.00"]);
  });

  it("do not explain again what a person has opened", async () => {
    await left([CHARGE]);
    const { items } = await listExceptions(ledger, { status: "explained" });
    await reopenException({ ...ledger, who: "Ada" }, items[0]?.exceptionId ?? "", "no, ask the bank");
    expect(await left([CHARGE])).toEqual(ALL);
    expect(await left([{ ...CHARGE, most: "6.00" }])).toEqual(ALL);
  });

  it("are those of an account, a currency, a direction and a size", async () => {
    expect(await left([{ ...CHARGE, accountId: "other" }])).toEqual(ALL);
    expect(await left([{ ...CHARGE, currency: "EUR" }])).toEqual(ALL);
    expect(await left([{ ...CHARGE, most: "3.49" }])).toEqual(ALL);
    expect(await left([{ ...CHARGE, text: "PAYMENTS 2$" }])).toEqual(ALL);
    expect(await left([{ ...LATE, days: 3 }])).toEqual(ALL);
    expect(await left([{ ...CHARGE, most: "3.50", text: "payments 1" }])).toEqual(
      ALL.filter((one) => one !== "match.amount -3.50"),
    );
  });
});

it.each([
  ["no bound", { most: undefined, currency: undefined }, /match\.amount needs most/],
  ["no currency", { currency: undefined }, /most needs a currency/],
  ["too many decimals", { most: "5.001" }, /most: /],
  ["an amount that is none", { most: "five" }, /most: /],
  ["nothing at all", { most: "0" }, /above zero/],
  ["an unknown reason", { reason: "whim" as never }, /reason: expected one of bank-fee/],
  ["an unknown code", { code: "fee.mismatch" as never }, /code: expected one of match\.amount/],
  ["a broken pattern", { text: "(" }, /text: expected a regular expression/],
  ["no name", { name: " " }, /needs a name/],
  ["days that are none", { days: 0.5 }, /days: expected a whole number/],
])("a rule with %s is refused by name", (_name, change, message) => {
  expect(() => checkedBankRules([{ ...CHARGE, ...change } as BankRule])).toThrow(message);
  expect(() => checkedBankRules([CHARGE, { ...CHARGE, accountId: "shop" }])).toThrow(/same name/);
  expect(() => checkedBankRules([{ ...LATE, days: undefined as never }])).toThrow(/needs days/);
  expect(() => checkedBankRules([{ ...TESTS, text: undefined as never }])).toThrow(/needs text/);
});
