import {
  type DepositedTransfer,
  type DepositLink,
  type ExplainedDeposit,
  type ExplainedRow,
  type ExplainedSettlement,
  type ExplainedTransaction,
  type Explanation,
  type Figure,
  type FigurePart,
  formatAmount,
  type NearTransfer,
} from "@amazon-pay-kit/ledger";
import { fileLines } from "../books/file-lines.ts";
import type { OpenBooks } from "../books/open.ts";
import type { Context } from "../program/context.ts";
import { amountOf, exceptionColumns } from "./exception-columns.ts";
import { bankDay, day, daysOnTheWay, place } from "./format.ts";
import { returnedMessage } from "./returned.ts";
import { VERDICT_COLOURS } from "./verdict-colours.ts";

/** Rules in words, as a sentence ends with them. */
const RULES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  manual: "linked by hand",
  "disbursement-reference": "its text has the disbursement reference",
  "settlement-id": "its text has the settlement id",
  "amount-and-date": "exact amount, within the bank days",
  "several-in-one": "these transfers add up to it",
  "one-in-parts": "the transfer arrived in parts",
  converted: "by day and rate; no reference says so",
  "late-amount": "exact amount, after the bank days",
  "near-amount": "by day and near amount; no reference says so",
};

function apart(minor: bigint, currency: string): string {
  if (minor === 0n) return "exactly as much";
  return `${formatAmount(minor < 0n ? -minor : minor, currency)} ${minor < 0n ? "less" : "more"}`;
}

function transferLine(context: Context, deposit: ExplainedDeposit, one: DepositedTransfer): string {
  if (one.transferredMinor < 0n)
    return `taken from the bank by settlement ${one.settlementId} on ${day(context, one.transferredAt)}`;
  const transferred = `${formatAmount(one.transferredMinor, one.currency)} ${one.currency}`;
  const share =
    deposit.transfers.length > 1 ? `${formatAmount(one.amountMinor, deposit.currency)} of it is the` : "is the";
  const how = RULES[one.rule] ?? one.rule;
  const days = daysOnTheWay(context, deposit, one);
  return (
    `${share} transfer of ${transferred} of settlement ${one.settlementId} on ${day(context, one.transferredAt)}, ` +
    `${days} ${days === 1 ? "day" : "days"} on the way (${how})`
  );
}

/** Who has linked a deposit by hand, who undid it, and why. */
function linkLines(context: Context, { settlementId, reason, note, who, at, undone }: DepositLink): string[] {
  const why = [reason, note].filter((part) => part !== null && part !== "").join(": ");
  const linked = `linked with ${settlementId} by ${who} on ${day(context, at)}${why === "" ? "" : ` (${why})`}`;
  if (undone === null) return [linked];
  return [
    linked,
    `  undone by ${undone.who} on ${day(context, undone.at)}${undone.note === null ? "" : ` (${undone.note})`}`,
  ];
}

function nearLine(context: Context, deposit: ExplainedDeposit, one: NearTransfer): string {
  const transferred = `${formatAmount(one.transferredMinor, one.currency)} ${one.currency}`;
  return (
    `  ${transferred} of settlement ${one.settlementId} on ${day(context, one.transferredAt)}: ` +
    `the deposit is ${apart(deposit.amountMinor - one.transferredMinor, one.currency)}`
  );
}

/** Prints a deposit, the transfers that it belongs to and what lies between; or those that it could be. */
function showDeposit(context: Context, deposit: ExplainedDeposit): void {
  const { transfers, near, source, currency } = deposit;
  const what =
    deposit.amountMinor < 0n
      ? `Debit of ${formatAmount(-deposit.amountMinor, currency)}`
      : `Deposit of ${formatAmount(deposit.amountMinor, currency)}`;
  context.line(
    `${context.paint("bold", `${what} ${currency}`)} ` +
      `on ${bankDay(deposit.bookedAt)} (number ${deposit.bankLineId})${deposit.text === null ? "" : `, ${deposit.text}`}`,
  );
  context.line(`from ${source.fileName ?? "the library"}, line ${source.line}, sha256 ${source.contentHash}`);
  for (const one of transfers) context.line(transferLine(context, deposit, one));
  for (const link of deposit.links) for (const line of linkLines(context, link)) context.line(line);
  if (transfers.length > 0) {
    const transferred = transfers.reduce((sum, one) => sum + one.transferredMinor, 0n);
    const whole = transfers.every((one) => one.currency === currency && one.rule !== "one-in-parts");
    if (whole && deposit.amountMinor !== transferred) {
      const difference = deposit.amountMinor - transferred;
      context.line(context.paint("yellow", `${apart(difference, currency)} arrived than was transferred`));
    }
    return;
  }
  context.line(context.paint("yellow", "belongs to no transfer"));
  for (const parts of deposit.sums) {
    const all = parts.map(
      (one) =>
        `${formatAmount(one.transferredMinor, one.currency)} of settlement ${one.settlementId} on ${day(context, one.transferredAt)}`,
    );
    context.line(`exactly as much as these transfers together: ${all.join(" + ")}`);
  }
  if (near.length === 0) return;
  context.line("transfers of those days that are on no statement:");
  for (const one of near) context.line(nearLine(context, deposit, one));
}

interface FigureLine {
  readonly figure: string;
  readonly amount: string;
  readonly of: string;
  readonly rows: string;
  readonly from: string;
}

function figureLines(figure: Figure, currency: string): FigureLine[] {
  const money = (minor: bigint): string => formatAmount(minor, currency);
  const head = { figure: figure.name, amount: money(figure.amountMinor), rows: "", from: "" };
  if (figure.name === "closing") return [{ ...head, of: "opening + activity + fees + transfer" }];
  const parts = figure.parts.map((part) => ({
    figure: "",
    amount: money(part.amountMinor),
    of: part.rows === 0 ? "left by the settlement before; no row says so" : `${part.typeKey}, ${part.of}`,
    rows: String(part.rows),
    from: part.rows === 0 ? "" : linesOf(part),
  }));
  const [only, ...others] = parts;
  return only !== undefined && others.length === 0
    ? [{ ...only, figure: figure.name }]
    : [{ ...head, of: parts.length === 0 ? "no rows" : "" }, ...parts];
}

function linesOf(part: FigurePart): string {
  const more = part.rows - part.lines.length;
  return `${part.contentHash.slice(0, 12)}:${part.lines.join(",")}${more > 0 ? ` and ${more} more` : ""}`;
}

/**
 * Prints a settlement figure by figure, each with where it comes from.
 *
 * @param shown bank lines that have a block of their own
 */
function showSettlement(context: Context, explained: ExplainedSettlement, shown: ReadonlySet<number>): void {
  const { settlement, before, after, fees, forecast } = explained;
  const { currency } = settlement;
  const money = (minor: bigint): string => formatAmount(minor, currency);
  context.line(
    `${context.paint("bold", `Settlement ${settlement.settlementId}`)} of ${settlement.accountId}, ` +
      `${day(context, settlement.startAt)} to ${day(context, settlement.endAt)}, ${currency}, ` +
      context.paint(VERDICT_COLOURS[settlement.status] ?? "red", settlement.status) +
      `, bank: ${settlement.bank}`,
  );
  const { differenceMinor } = explained;
  if (differenceMinor !== null) {
    context.line(
      context.paint("bold", `difference ${money(differenceMinor)} ${currency}`) +
        (differenceMinor !== 0n && explained.causes.length === 0
          ? ": nothing in the settlement is exactly as large"
          : ""),
    );
  }
  if (explained.causes.length > 0) {
    context.line();
    context.table(explained.causes, [
      { title: currency, align: "right", value: (cause) => money(cause.amountMinor) },
      { title: "exactly as large as the difference", value: (cause) => cause.what, wraps: true },
      { title: "from", value: ({ source }) => (source === null ? "" : place(source.contentHash, source.line)) },
    ]);
  }
  context.line();
  context.table(
    explained.figures.flatMap((figure) => figureLines(figure, currency)),
    [
      { title: "figure", value: (line) => line.figure },
      { title: currency, align: "right", value: (line) => line.amount },
      { title: "made of", value: (line) => line.of, wraps: true },
      { title: "rows", align: "right", value: (line) => line.rows, spare: 1 },
      { title: "file:lines", value: (line) => line.from, wraps: true },
    ],
  );
  context.line();
  for (const file of explained.files) {
    const reports = file.reports.map((report) => `${report.source} ${report.reportId}`).join(", ");
    context.line(`file ${file.contentHash}  ${file.archivePath}${reports === "" ? "" : `  (${reports})`}`);
  }
  if (before !== null) context.line(`before: settlement ${before.settlementId} left ${money(before.closingMinor)}`);
  if (after !== null) context.line(`after: settlement ${after.settlementId} took on ${money(after.openingMinor)}`);
  if (explained.disbursementReferenceId !== null) context.line(`disbursement ${explained.disbursementReferenceId}`);
  if (forecast !== null && forecast.actualMinor !== null) {
    context.line(
      `forecast ${money(forecast.expectedMinor)}, came ${money(forecast.actualMinor)}, ` +
        `variance ${money(forecast.actualMinor - forecast.expectedMinor)}`,
    );
  }
  if (fees !== null && (fees.differenceMinor !== 0n || fees.leakMinor !== 0n)) {
    context.line(
      `fees beyond the schedule ${money(fees.differenceMinor)}, for authorizations never captured ${money(fees.leakMinor)}`,
    );
  }
  for (const one of explained.deposits.filter((deposit) => !shown.has(deposit.bankLineId))) {
    const { source, amountMinor } = one;
    context.line(
      `${amountMinor < 0n ? "debited" : "deposited"} ${formatAmount(amountMinor < 0n ? -amountMinor : amountMinor, one.currency)} ` +
        `${one.currency} on ${bankDay(one.bookedAt)} (number ${one.bankLineId}, ${source.fileName ?? "the library"}, line ${source.line})` +
        `${one.text === null ? "" : `, ${one.text}`}`,
    );
  }
  for (const one of explained.returned) context.line(context.paint("yellow", returnedMessage(context, one)));
  const isBack = explained.returned.some((one) => one.settlementId === settlement.settlementId);
  if (settlement.payoutMinor < 0n && explained.deposits.length === 0 && !isBack) context.line("no deposit known yet");
  if (settlement.transferMinor > 0n)
    context.line(`nothing was paid out: ${money(settlement.transferMinor)} were collected from you`);
  if (explained.exceptions.length > 0) {
    context.line();
    context.table(explained.exceptions, exceptionColumns);
  }
}

function matchText(row: ExplainedRow): string {
  return row.matches.map((match) => `${match.counterpart} by ${match.rule}`).join(", ");
}

async function showTransaction(
  context: Context,
  books: OpenBooks,
  one: ExplainedTransaction,
  raw: boolean,
): Promise<void> {
  const [first] = one.rows;
  const [record] = one.records;
  const order = record?.orderId ?? first?.orderId ?? null;
  const name = first?.permissionId ?? first?.transactionId ?? record?.transactionId ?? null;
  const title = [order === null ? null : `Order ${order}`, name].filter((part) => part !== null).join(", ");
  context.line(`${context.paint("bold", title === "" ? "Transaction" : title)} of ${one.accountId}`);
  if (one.rows.length > 0) {
    context.table(one.rows, [
      { title: "posted", value: (row) => day(context, row.postedAt), spare: 2 },
      { title: "type", value: (row) => row.type },
      { title: "transaction", value: (row) => row.transactionId ?? "" },
      { title: "settlement", value: (row) => row.settlementId },
      { title: "amount", align: "right", value: (row) => formatAmount(row.amountMinor, row.currency) },
      { title: "fee", align: "right", value: (row) => formatAmount(row.feeMinor, row.currency), spare: 1 },
      { title: "net", align: "right", value: (row) => formatAmount(row.netMinor, row.currency) },
      { title: "cur", value: (row) => row.currency },
      { title: "file:line", value: (row) => place(row.contentHash, row.line) },
      { title: "matched with", value: matchText, wraps: true },
    ]);
    for (const sum of one.net)
      context.line(`together ${formatAmount(sum.amountMinor, sum.currency)} ${sum.currency} net`);
  } else context.line("in no settlement yet");
  if (one.records.length > 0) {
    context.line();
    context.table(one.records, [
      { title: "own record", value: (record) => record.kind },
      { title: "occurred", value: (record) => day(context, record.occurredAt) },
      { title: "order", value: (record) => record.orderId ?? "" },
      { title: "state", value: (record) => record.status ?? "" },
      { title: "settled", value: (record) => (record.settled ? "yes" : "not yet") },
      { title: "amount", align: "right", value: (record) => formatAmount(record.amountMinor, record.currency) },
      { title: "cur", value: (record) => record.currency },
      { title: "from", value: ({ source, origin }) => `${source.fileName ?? origin}, line ${source.line}` },
    ]);
  }
  if (one.reported.length > 0) {
    context.line();
    context.table(one.reported, [
      { title: "report", value: (row) => row.kind },
      { title: "object", value: (row) => row.objectId ?? "" },
      { title: "state", value: (row) => row.status ?? "" },
      { title: "updated", value: (row) => (row.updatedAt === null ? "" : day(context, row.updatedAt)), spare: 2 },
      {
        title: "amount",
        align: "right",
        spare: 1,
        value: (row) =>
          row.amountMinor === null || row.currency === null ? "" : formatAmount(row.amountMinor, row.currency),
      },
      { title: "file:line", value: ({ source }) => place(source.contentHash, source.line) },
    ]);
  }
  if (one.exceptions.length > 0) {
    context.line();
    context.table(one.exceptions, exceptionColumns);
  }
  if (!raw) return;
  context.line();
  for (const row of one.rows) {
    const lines = await fileLines(books.ledger.archive, row.archivePath, row.line);
    const own = lines.find(({ line }) => line === row.line);
    context.line(context.paint("dim", `${place(row.contentHash, row.line)}  ${own?.text ?? ""}`));
  }
}

/** Prints an explanation for a person. */
export async function showExplanation(
  context: Context,
  books: OpenBooks,
  explanation: Explanation,
  raw: boolean,
): Promise<void> {
  if (explanation.readAs !== null) {
    context.line(context.paint("dim", `${explanation.query} read as ${explanation.readAs}`));
    context.line();
  }
  const shown = new Set(explanation.deposits.map(({ bankLineId }) => bankLineId));
  const blocks: (() => Promise<void> | void)[] = [
    ...explanation.exceptions.map((one) => () => {
      context.line(`${context.paint("bold", one.code)}  ${one.status}  ${amountOf(one)}`);
      context.line(one.message);
      const own = [
        one.orderId === null ? null : `order ${one.orderId}`,
        one.referenceId === null ? null : `reference ${one.referenceId}`,
        one.file === null ? null : `${one.file}${one.line === null ? "" : `, line ${one.line}`}`,
        one.cause === one.exceptionId ? null : `brought by ${one.cause.slice(0, 12)}`,
      ].filter((part) => part !== null);
      if (own.length > 0) context.line(own.join("; "));
      context.line(context.paint("dim", `apay exceptions show ${one.exceptionId}`));
    }),
    ...explanation.deposits.map((one) => () => showDeposit(context, one)),
    ...explanation.settlements.map((one) => () => showSettlement(context, one, shown)),
    ...explanation.transactions.map((one) => () => showTransaction(context, books, one, raw)),
  ];
  for (const [index, block] of blocks.entries()) {
    if (index > 0) context.line();
    await block();
  }
  if (explanation.more) {
    context.line();
    context.line(context.paint("dim", "There is more: name the account, the currency or a more precise id."));
  }
}
