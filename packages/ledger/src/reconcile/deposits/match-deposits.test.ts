import { DAY } from "@amazon-pay-kit/money";
import { describe, expect, it } from "vitest";
import type { Deposit, Transfer } from "./deposit.ts";
import { differenceOf } from "./difference.ts";
import { textOf } from "../../rules/text.ts";
import { matchDeposits } from "./match-deposits.ts";
import { depositShares } from "./shares.ts";

/** Monday, 4 May 2026. */
const MONDAY = Date.UTC(2026, 4, 4);
const BANK_DAYS = 5;

const sent = (id: string, day: number, amount: bigint, more: Partial<Transfer> = {}): Transfer => ({
  settlementId: id,
  currency: "USD",
  amount,
  at: MONDAY + day * DAY + DAY / 2,
  reference: null,
  ...more,
});

let line = 0;
const booked = (day: number, amount: bigint, more: Partial<Deposit> = {}): Deposit => ({
  bankLineId: (line += 1),
  bookedAt: MONDAY + day * DAY,
  currency: "USD",
  amount,
  reference: null,
  text: "AMAZON PAYMENTS",
  fromAmazonPay: true,
  ...more,
});

const unknown = { text: "Jones Ltd", fromAmazonPay: false };

/** What came of it, in one line a match: rule, transfers, deposits, difference; then what is left. */
function outcome(transfers: readonly Transfer[], deposits: readonly Deposit[]): readonly string[] {
  const found = matchDeposits(transfers, deposits, BANK_DAYS);
  const ids = (all: readonly Transfer[]): string => all.map((one) => one.settlementId).join("+");
  const amounts = (all: readonly Deposit[]): string => all.map((one) => String(one.amount)).join("+");
  return [
    ...found.matches.map((match) => {
      const difference = differenceOf(match);
      const words = [match.rule, ids(match.transfers), amounts(match.deposits)];
      return [...words, ...(difference === null ? [] : [`${difference.code} ${difference.amount}`])].join(" ");
    }),
    ...(found.transfers.length === 0 ? [] : [`missing ${ids(found.transfers)}`]),
    ...(found.deposits.length === 0 ? [] : [`unknown ${amounts(found.deposits)}`]),
  ];
}

describe("transfers and deposits", () => {
  it.each<[string, readonly Transfer[], readonly Deposit[], readonly string[]]>([
    ["nothing and nothing", [], [], []],
    ["the exact amount in time", [sent("A", 0, 100n)], [booked(2, 100n)], ["amount-and-date A 100"]],
    ["on the same day", [sent("A", 0, 100n)], [booked(0, 100n)], ["amount-and-date A 100"]],
    ["the day before", [sent("A", 0, 100n)], [booked(-1, 100n)], ["missing A", "unknown 100"]],
    ["on the last of five business days", [sent("A", 0, 100n)], [booked(7, 100n)], ["amount-and-date A 100"]],
    ["a day after that", [sent("A", 0, 100n)], [booked(8, 100n)], ["late-amount A 100"]],
    [
      "a day after that, from somebody else",
      [sent("A", 0, 100n)],
      [booked(8, 100n, unknown)],
      ["missing A", "unknown 100"],
    ],
    ["months after that", [sent("A", 0, 100n)], [booked(60, 100n)], ["missing A", "unknown 100"]],
    [
      "late, where two could be meant",
      [sent("A", 0, 100n), sent("B", 1, 100n)],
      [booked(12, 100n)],
      ["missing A+B", "unknown 100"],
    ],
    [
      "parts of which one is in another currency",
      [sent("A", 0, 100n)],
      [booked(1, 60n), booked(1, 40n, { currency: "EUR" })],
      ["missing A", "unknown 60+40"],
    ],
    ["an unknown sender's exact amount", [sent("A", 0, 100n)], [booked(1, 100n, unknown)], ["amount-and-date A 100"]],
    [
      "Amazon's before an unknown sender's",
      [sent("A", 0, 100n)],
      [booked(1, 100n, unknown), booked(3, 100n)],
      ["amount-and-date A 100", "unknown 100"],
    ],
    [
      "two equal amounts on one day, one of which arrived",
      [sent("A", 0, 100n), sent("B", 0, 100n)],
      [booked(1, 100n)],
      ["amount-and-date A 100", "missing B"],
    ],
    [
      "equal amounts day after day",
      [sent("A", 0, 100n), sent("B", 1, 100n), sent("C", 2, 100n)],
      [booked(3, 100n), booked(3, 100n), booked(4, 100n)],
      ["amount-and-date A 100", "amount-and-date B 100", "amount-and-date C 100"],
    ],
    [
      "the reference, whatever amount and day",
      [sent("A", 0, 100_00n, { reference: "REF4711" })],
      [booked(20, 96_50n, { text: "AMZN REF4711" })],
      ["disbursement-reference A 9650 match.amount -350"],
    ],
    [
      "a reference that the bank has broken up",
      [sent("A", 0, 100n, { reference: "REF47112233" })],
      [booked(1, 100n, { text: "AMZN REF471 12233" })],
      ["disbursement-reference A 100"],
    ],
    [
      "the settlement's id in the text",
      [sent("5984862222", 0, 100_00n)],
      [booked(1, 90_00n, { text: "AMAZON PAYMENTS 5984862222" })],
      ["settlement-id 5984862222 9000 match.amount -1000"],
    ],
    [
      "two references in one line",
      [sent("A", 0, 100n, { reference: "REF4711" }), sent("B", 1, 50n, { reference: "REF4712" })],
      [booked(3, 150n, { text: "REF4711 REF4712" })],
      ["disbursement-reference A+B 150"],
    ],
    [
      "two settlements in one line",
      [sent("A", 0, 100n), sent("B", 1, 50n), sent("C", 2, 70n)],
      [booked(3, 150n), booked(4, 70n)],
      ["amount-and-date C 70", "several-in-one A+B 150"],
    ],
    [
      "… of an unknown sender",
      [sent("A", 0, 100n), sent("B", 1, 50n)],
      [booked(3, 150n, unknown)],
      ["missing A+B", "unknown 150"],
    ],
    ["… too late for one", [sent("A", -7, 100n), sent("B", 1, 50n)], [booked(3, 150n)], ["several-in-one A+B 150"]],
    ["one settlement in two lines", [sent("A", 0, 100n)], [booked(2, 60n), booked(3, 40n)], ["one-in-parts A 60+40"]],
    [
      "… and a cent too little",
      [sent("A", 0, 100n)],
      [booked(2, 60n), booked(3, 39n)],
      ["near-amount A 60+39 match.amount -1"],
    ],
    ["… too late", [sent("A", 0, 100n)], [booked(14, 60n), booked(15, 40n)], ["one-in-parts A 60+40"]],
    [
      "two in one line, less a charge",
      [sent("A", 0, 1102_96n), sent("B", 7, 1164_99n)],
      [booked(9, 2264_45n)],
      ["near-amount A+B 226445 match.amount -350"],
    ],
    ["late, less a charge", [sent("A", 0, 118_09n)], [booked(15, 114_59n)], ["near-amount A 11459 match.amount -350"]],
    [
      "one that never arrived, beside one that came late",
      [sent("A", 0, 1000_00n), sent("B", 1, 1010_00n)],
      [booked(9, 1010_00n)],
      ["late-amount B 101000", "missing A"],
    ],
    [
      "one that is short, beside one that came late",
      [sent("A", 0, 1000_00n), sent("B", 1, 999_00n)],
      [booked(3, 996_50n), booked(12, 999_00n)],
      ["late-amount B 99900", "near-amount A 99650 match.amount -350"],
    ],
    [
      "three in one line, late and less a charge, beside one too large that the second is near to",
      [sent("A", 0, 611_56n), sent("B", 7, 330_27n), sent("C", 14, 611_98n), sent("D", 28, 326_92n)],
      [booked(18, 1551_81n), booked(30, 327_30n)],
      ["near-amount A+B+C 155181 match.amount -200", "near-amount D 32730 match.amount 38"],
    ],
    [
      "late and less a charge, where another was nearer in time until it found its own",
      [sent("A", 0, 118_09n), sent("B", 14, 114_30n)],
      [booked(15, 114_59n), booked(16, 112_30n)],
      ["near-amount A 11459 match.amount -350", "near-amount B 11230 match.amount -200"],
    ],
    [
      "two late ones less a charge that either could be, once one of them is in a sum",
      [sent("A", 0, 200_00n), sent("B", 1, 201_00n), sent("C", 2, 300_00n)],
      [booked(5, 498_50n), booked(14, 198_50n)],
      ["near-amount A 19850 match.amount -150", "near-amount B+C 49850 match.amount -250"],
    ],
    [
      "two in one line in another currency, by the rate of others",
      [sent("A", 0, 100_00n), sent("B", 7, 200_00n), sent("C", 8, 50_00n)],
      [booked(2, 92_00n, { currency: "EUR" }), booked(10, 230_00n, { currency: "EUR" })],
      ["converted A 9200 match.currency 10000", "converted B+C 23000 match.currency 25000"],
    ],
    [
      "3.50 less, and nothing else it could be",
      [sent("A", 0, 48_214_57n)],
      [booked(2, 48_211_07n)],
      ["near-amount A 4821107 match.amount -350"],
    ],
    ["a cent more", [sent("A", 0, 100_00n)], [booked(2, 100_01n)], ["near-amount A 10001 match.amount 1"]],
    ["5.01 % less", [sent("A", 0, 1000_00n)], [booked(2, 949_90n)], ["missing A", "unknown 94990"]],
    ["3 % more", [sent("A", 0, 100_00n)], [booked(2, 103_00n)], ["near-amount A 10300 match.amount 300"]],
    ["3.01 % more", [sent("A", 0, 100_00n)], [booked(2, 103_01n)], ["missing A", "unknown 10301"]],
    ["more by 5.00", [sent("A", 0, 400_00n)], [booked(2, 405_00n)], ["near-amount A 40500 match.amount 500"]],
    ["more by 5.01, 1.25 %", [sent("A", 0, 400_00n)], [booked(2, 405_01n)], ["missing A", "unknown 40501"]],
    ["1 % more", [sent("A", 0, 9000_00n)], [booked(2, 9090_00n)], ["near-amount A 909000 match.amount 9000"]],
    [
      "near, and an unknown sender's",
      [sent("A", 0, 100_00n)],
      [booked(2, 99_00n, unknown)],
      ["missing A", "unknown 9900"],
    ],
    [
      "near to either of two",
      [sent("A", 0, 100_00n), sent("B", 1, 100_50n)],
      [booked(2, 99_00n)],
      ["missing A+B", "unknown 9900"],
    ],
    [
      "near, once the exact one is gone",
      [sent("A", 0, 100_00n), sent("B", 1, 100_50n)],
      [booked(2, 99_00n), booked(3, 100_50n)],
      ["amount-and-date B 10050", "near-amount A 9900 match.amount -100"],
    ],
    [
      "another currency, told by its reference",
      [sent("A", 0, 100_00n, { reference: "REF4711" })],
      [booked(2, 92_00n, { currency: "EUR", text: "REF4711" })],
      ["disbursement-reference A 9200 match.currency 10000"],
    ],
    [
      "another currency, told by day and rate",
      [sent("A", 0, 100_00n), sent("B", 10, 200_00n), sent("C", 11, 50_00n)],
      [
        booked(2, 92_00n, { currency: "EUR" }),
        booked(13, 46_10n, { currency: "EUR" }),
        booked(13, 184_10n, { currency: "EUR" }),
      ],
      [
        "converted A 9200 match.currency 10000",
        "converted B 18410 match.currency 20000",
        "converted C 4610 match.currency 5000",
      ],
    ],
    [
      "another currency, where the bank has an account in the transfer's",
      [sent("A", 0, 100_00n)],
      [booked(2, 92_00n, { currency: "EUR" }), booked(20, 1n, unknown)],
      ["missing A", "unknown 9200+1"],
    ],
  ])("%s", (_name, transfers, deposits, expected) => {
    expect(outcome(transfers, deposits).toSorted()).toEqual(expected.toSorted());
  });

  it("say what lies between", () => {
    const [transfer] = [sent("A", 0, 48_214_57n)];
    const less = matchDeposits([transfer], [booked(2, 48_211_07n)], BANK_DAYS).matches[0];
    expect(less && textOf(differenceOf(less)?.messages ?? [])).toBe(
      "transferred 48214.57, arrived 48211.07 on 2026-05-06, 3.50 less; matched by day and near amount, since no reference says so",
    );
    const yen = sent("J", 0, 15_000n, { currency: "JPY" });
    const converted = matchDeposits([yen], [booked(1, 97_50n)], BANK_DAYS).matches[0];
    expect(converted && textOf(differenceOf(converted)?.messages ?? [])).toBe(
      "transferred 15000 JPY, arrived 97.50 on 2026-05-05 in USD, 1 JPY = 0.00650 USD; matched by day and rate, since no reference says so",
    );
  });

  it("share a deposit out, to the last unit", () => {
    const [a, b] = [sent("A", 0, 60n), sent("B", 1, 40n)];
    const dealt = (transfers: readonly Transfer[], ...amounts: readonly bigint[]): readonly string[] =>
      depositShares({ transfers, deposits: amounts.map((one) => booked(1, one)), rule: "several-in-one" }).map(
        ({ transfer, deposit, amount }) => `${transfer.settlementId} ${amount} of ${deposit.amount}`,
      );
    expect(dealt([a, b], 100n)).toEqual(["A 60 of 100", "B 40 of 100"]);
    expect(dealt([a, b], 97n)).toEqual(["A 60 of 97", "B 37 of 97"]);
    expect(dealt([a, b], 103n)).toEqual(["A 60 of 103", "B 43 of 103"]);
    expect(dealt([a, b], 55n)).toEqual(["A 55 of 55", "B 0 of 55"]);
    expect(dealt([a, b], 70n, 30n)).toEqual(["A 60 of 70", "B 10 of 70", "B 30 of 30"]);
    expect(dealt([a], 30n, 31n)).toEqual(["A 30 of 30", "A 31 of 31"]);
  });
});

/** How often anything is read of this many transfers, a day apart, and of deposits of which none is theirs. */
function readsOf(days: number): number {
  let reads = 0;
  const counted = <T extends object>(one: T): T =>
    new Proxy(one, {
      get: (target, name): unknown => {
        reads += 1;
        return Reflect.get(target, name);
      },
    });
  const each = <T extends object>(make: (day: number) => T): T[] =>
    Array.from({ length: days }, (_none, day) => counted(make(day)));
  const transfers = each((day) => sent(`T${day}`, day, BigInt(1_000_000 + day)));
  const near = each((day) => booked(day + 1, BigInt(5_000_000 + day)));
  const unknownRows = each((day) => booked(day + 1, BigInt(3_000_000 + day), unknown));
  expect(matchDeposits(transfers, [...near, ...unknownRows], BANK_DAYS).matches).toEqual([]);
  return reads;
}

describe("many transfers and deposits", () => {
  it("are matched in time that grows with their number", () => {
    const few = readsOf(500);
    expect(few).toBeGreaterThan(500);
    // Four times as many: four times the work and a little for looking up days, where each with each would be sixteen times.
    expect(readsOf(2000) / few).toBeLessThan(6);
  });
});
