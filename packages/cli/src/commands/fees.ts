import { type Calendar, DAY, HOUR } from "@amazon-pay-kit/money";
import {
  feesByType,
  feeTaxIn,
  type FeeTaxRate,
  formatAmount,
  listSettlements,
  taxIn,
  type TypeFees,
} from "@amazon-pay-kit/ledger";
import { feeTaxSettings } from "../books/settings.ts";
import { withBooks, type OpenBooks } from "../books/open.ts";
import { EXIT, type ExitStatus } from "../errors.ts";
import { currencyOf } from "../options/currency.ts";
import { periodOf } from "../options/times.ts";
import { text, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";

/** Fees of one type of row in one period. */
interface Line extends TypeFees {
  /** `2026-01`, `2026-Q1`, or null for all of the time asked for. */
  readonly period: string | null;
}

const MONTHS = { month: 1, quarter: 3 } as const;

/** The first day of a month, counted from January of the year 0. */
function firstOf(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}-01`;
}

/** The periods that lie between two moments, with their names: calendar months or quarters, cut off at both ends. */
function* periods(
  calendar: Calendar,
  { from, until }: { readonly from: number; readonly until: number },
  by: keyof typeof MONTHS,
): Generator<[string, number, number]> {
  const [year, ofYear] = calendar.dayOf(from).split("-").map(Number);
  let month = (year ?? 0) * 12 + (ofYear ?? 1) - 1;
  month -= month % MONTHS[by];
  for (; ; month += MONTHS[by]) {
    const [start, end] = [calendar.startOf(firstOf(month)), calendar.startOf(firstOf(month + MONTHS[by]))];
    if (start >= until) return;
    const name = firstOf(month).slice(0, by === "month" ? 7 : 4);
    yield [
      by === "month" ? name : `${name}-Q${Math.floor((month % 12) / 3) + 1}`,
      Math.max(start, from),
      Math.min(end, until),
    ];
  }
}

/** First start and last end of the settlements, with a day around them: rows may be dated a little outside. */
async function spanOf({ store }: OpenBooks, accountId: string | undefined): Promise<readonly [number, number] | null> {
  let span: [number, number] | null = null;
  let cursor: string | undefined;
  do {
    const page = await listSettlements({ store }, { accountId, cursor, limit: 500 });
    for (const { startAt, endAt } of page.items) {
      const [start, end] = [startAt ?? endAt ?? 0, endAt ?? startAt ?? 0];
      span = [Math.min(span?.[0] ?? start, start), Math.max(span?.[1] ?? end, end)];
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return span === null ? null : [span[0] - DAY, span[1] + DAY + HOUR];
}

async function linesOf(context: Context, open: OpenBooks, input: Input): Promise<readonly Line[]> {
  const by = text(input, "by");
  const asked = periodOf(context, input);
  const scope = { accountId: context.accountName, currency: currencyOf(input) };
  const all = async (period: string | null, between: { from?: number | undefined; until?: number | undefined }) =>
    (await feesByType(open, { ...scope, ...between })).map((one) => ({ ...one, period }));
  if (by === undefined) return all(null, asked);
  const span = await spanOf(open, context.accountName);
  if (span === null) return [];
  const lines: Line[] = [];
  for (const [period, start, end] of periods(
    context.calendar(),
    { from: Math.max(asked.from ?? span[0], span[0]), until: Math.min(asked.until ?? span[1], span[1]) },
    by as keyof typeof MONTHS,
  )) {
    context.signal.throwIfAborted();
    lines.push(...(await all(period, { from: start, until: end })));
  }
  return lines;
}

/** What lines of one account, currency and period add up to, as a line of its own. */
function together(lines: readonly Line[]): readonly Line[] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const key = `${line.period ?? ""} ${line.accountId} ${line.currency}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const sum = (key: "amountMinor" | "percentageMinor" | "fixedMinor" | "feeMinor" | "differenceMinor"): bigint =>
      group.reduce((total, line) => total + line[key], 0n);
    const count = (key: "rows" | "unexpected"): number => group.reduce((total, line) => total + line[key], 0);
    return [
      ...group,
      {
        ...first,
        type: "total",
        typeKey: "",
        rows: count("rows"),
        unexpected: count("unexpected"),
        amountMinor: sum("amountMinor"),
        percentageMinor: sum("percentageMinor"),
        fixedMinor: sum("fixedMinor"),
        feeMinor: sum("feeMinor"),
        differenceMinor: sum("differenceMinor"),
      },
    ];
  });
}

/** Fees in per cent of the gross amount, two digits; empty where there is no amount, and for a sum of captures less refunds. */
function rateOf({ feeMinor, amountMinor, typeKey }: Line): string {
  if (amountMinor === 0n || typeKey === "") return "";
  const hundredths = (-feeMinor * 100_000n) / amountMinor;
  const rounded = (hundredths + (hundredths < 0n ? -5n : 5n)) / 10n;
  const size = rounded < 0n ? -rounded : rounded;
  return `${rounded < 0n ? "-" : ""}${size / 100n}.${String(size % 100n).padStart(2, "0")} %`;
}

function document(line: Line): Record<string, unknown> {
  const money = (minor: bigint): string => formatAmount(minor, line.currency);
  return {
    accountId: line.accountId,
    period: line.period,
    currency: line.currency,
    type: line.type,
    rows: line.rows,
    amount: money(line.amountMinor),
    percentageFees: money(line.percentageMinor),
    fixedFees: money(line.fixedMinor),
    fees: money(line.feeMinor),
    unexpectedRows: line.unexpected,
    unexpectedFees: money(line.differenceMinor),
  };
}

/** The fees of one month with the tax in them. */
interface TaxLine {
  readonly accountId: string;
  readonly period: string;
  readonly currency: string;
  readonly rate: FeeTaxRate;
  readonly grossMinor: bigint;
  readonly taxMinor: bigint;
}

/** The tax in the fees, month by month, where the settings say that there is any. */
async function taxLines(context: Context, open: OpenBooks, input: Input): Promise<readonly TaxLine[]> {
  const feeTax = feeTaxSettings(context.config());
  if (feeTax.length === 0) return [];
  const months = await linesOf(context, open, { ...input, options: { ...input.options, by: "month" } });
  const sums = new Map<string, TaxLine>();
  for (const { accountId, currency, period, typeKey, feeMinor, amountMinor } of months) {
    const month = period ?? "";
    const rate = feeTaxIn(feeTax, { accountId, currency, month });
    if (rate === null) continue;
    const key = `${accountId} ${currency} ${month}`;
    // An authorization is a fee as a whole, as in journals.
    const taken = typeKey === "authorization" ? -feeMinor - amountMinor : -feeMinor;
    const grossMinor = (sums.get(key)?.grossMinor ?? 0n) + taken;
    sums.set(key, { accountId, period: month, currency, rate, grossMinor, taxMinor: taxIn(grossMinor, rate.rate) });
  }
  return [...sums.values()];
}

function taxDocument({ accountId, period, currency, rate, grossMinor, taxMinor }: TaxLine): object {
  const money = (minor: bigint): string => formatAmount(minor, currency);
  return {
    accountId,
    period,
    currency,
    ...rate,
    gross: money(grossMinor),
    net: money(grossMinor - taxMinor),
    tax: money(taxMinor),
  };
}

function showTax(context: Context, lines: readonly TaxLine[]): void {
  if (lines.length === 0) return;
  const amount = (title: string, pick: (line: TaxLine) => bigint) => ({
    title,
    align: "right" as const,
    value: (line: TaxLine) => formatAmount(pick(line), line.currency),
  });
  context.line();
  context.line(context.paint("bold", "VAT in the fees"));
  context.table(lines, [
    { title: "account", value: (line) => line.accountId, spare: 1 },
    { title: "month", value: (line) => line.period },
    { title: "cur", value: (line) => line.currency },
    { title: "rate", align: "right", value: (line) => `${line.rate.rate} %` },
    { title: "label", value: (line) => line.rate.label },
    amount("gross", (line) => line.grossMinor),
    amount("net", (line) => line.grossMinor - line.taxMinor),
    amount("tax", (line) => line.taxMinor),
  ]);
}

async function run(context: Context, input: Input): Promise<ExitStatus> {
  return withBooks(context, async (open) => {
    const lines = await linesOf(context, open, input);
    const tax = await taxLines(context, open, input);
    if (context.json)
      context.document({
        fees: lines.map(document),
        ...(tax.length === 0 ? {} : { feeTax: tax.map(taxDocument) }),
      });
    else if (lines.length === 0) context.line("No rows of that time: run apay sync first, or ask for another time.");
    else {
      const amount = (title: string, pick: (line: Line) => bigint, spare?: number) => ({
        title,
        align: "right" as const,
        value: (line: Line) => formatAmount(pick(line), line.currency),
        ...(spare === undefined ? {} : { spare }),
      });
      context.table(together(lines), [
        { title: "account", value: (line) => line.accountId, spare: 5 },
        ...(lines.some(({ period }) => period !== null)
          ? [{ title: "period", value: (line: Line) => line.period ?? "" }]
          : []),
        {
          title: "type",
          value: (line) => line.type,
          paint: (line, cell, paint) => (line.typeKey === "" ? paint("bold", cell) : cell),
        },
        { title: "cur", value: (line) => line.currency },
        { title: "rows", align: "right", value: (line) => String(line.rows), spare: 4 },
        amount("amount", (line) => line.amountMinor),
        amount("percentage", (line) => line.percentageMinor, 2),
        amount("fixed", (line) => line.fixedMinor, 3),
        amount("fees", (line) => line.feeMinor),
        { title: "rate", align: "right", value: rateOf, spare: 1 },
        {
          title: "unexpected",
          align: "right",
          value: (line) =>
            line.unexpected === 0
              ? ""
              : `${formatAmount(line.differenceMinor, line.currency)} in ${line.unexpected} ${line.unexpected === 1 ? "row" : "rows"}`,
          paint: (line, cell, paint) => (line.unexpected === 0 ? cell : paint("red", cell)),
        },
      ]);
      showTax(context, tax);
    }
    return EXIT.done;
  });
}

export const fees: CommandRow = {
  name: "fees",
  summary: "what Amazon Pay cost, by type, month or quarter, and what of it was unexpected",
  description:
    "Adds up the fees of all rows posted in a period, across settlements: percentage and fixed part by row type, their share of the gross amount, and fees that differ from the schedule (apay exceptions list --code fee.mismatch shows each). Fees that were charged are negative. Where feeTax of an account says that VAT is in them, net and tax follow month by month.",
  options: [
    { flags: "--from <day>", help: "posted on or after this day, or a time with its offset" },
    { flags: "--to <day>", help: "… and on or before this day, or before this time" },
    { flags: "--by <period>", help: "one line per period", choices: ["month", "quarter"] },
    { flags: "--currency <code>", help: "only this currency" },
  ],
  examples: [
    ["apay fees --from 2026-07-01 --to 2026-09-30", "the third quarter, by type"],
    ["apay fees --by month --json", "every month, as JSON"],
  ],
  run,
};
