import { VERDICT_COLOURS } from "./verdict-colours.ts";
import { formatAmount, type ExplainedSettlement, type Figure, type FigurePart } from "@amazon-pay-kit/ledger";
import { exceptionColumns } from "../explain/exception-columns.ts";
import type { Context } from "../program/context.ts";
import { day, place } from "./format.ts";

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

/** Prints a settlement figure by figure, each with where it comes from. */
export function showSettlement(context: Context, explained: ExplainedSettlement): void {
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
  if (settlement.transferMinor !== 0n && explained.deposits.length === 0) context.line("no deposit known yet");
  if (explained.exceptions.length > 0) {
    context.line();
    context.table(explained.exceptions, exceptionColumns);
  }
}
