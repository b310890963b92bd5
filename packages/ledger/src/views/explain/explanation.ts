import type { NearestAmount } from "./nearest.ts";
import type { ExceptionView } from "../exceptions.ts";
import type { FeePoint } from "../fees.ts";
import type { ForecastView } from "../forecasts.ts";
import type { SettlementRowView } from "../rows.ts";
import type { SettlementSummary } from "../settlements.ts";

/** A kept report file: where a figure comes from. */
export interface FileSource {
  readonly fileId: number;
  /** SHA-256 of the bytes as downloaded, lower-case hex. */
  readonly contentHash: string;
  /** Where the archive has the bytes. */
  readonly archivePath: string;
  /** `settlement`, `refund`, … */
  readonly kind: string;
  /** Reports that delivered these bytes. */
  readonly reports: readonly { readonly source: string; readonly reportId: string }[];
}

/** A line of a kept file, or of a file that was imported by hand. */
export interface LineSource {
  readonly contentHash: string;
  /** Physical line, from 1. */
  readonly line: number;
}

/** Rows of one file and one type that add up to a part of a figure. */
export interface FigurePart {
  /** TransactionType, normalised; `left-before` for what a settlement opens with and no row of it says. */
  readonly typeKey: string;
  /** Which amount of the rows: gross, net, or what lies between, the fee. */
  readonly of: "amount" | "fee" | "net";
  readonly amountMinor: bigint;
  readonly rows: number;
  readonly fileId: number;
  readonly contentHash: string;
  /** The first of its lines, in order; all of them when there are no more than were asked for. */
  readonly lines: readonly number[];
}

/** Names of the figures of a settlement, in the order in which they add up. */
export type FigureName = "opening" | "activity" | "fees" | "transfer" | "closing" | "reserve";

/** A figure of a settlement and the rows that it is made of. */
export interface Figure {
  readonly name: FigureName;
  readonly amountMinor: bigint;
  /** Empty for `closing`, which is the sum of opening, activity, fees and transfer. */
  readonly parts: readonly FigurePart[];
}

/** A line of a bank statement. */
export interface BankLinePlace extends LineSource {
  readonly bankLineId: number;
  /** Midnight (UTC) of the day on which it was booked. */
  readonly bookedAt: number;
  readonly fileName: string | null;
}

/** A transfer that the bank sent back to Amazon Pay. */
export interface ReturnedTransfer {
  /** The settlement that transferred it, and the one that has it again. */
  readonly settlementId: string;
  readonly returnedIn: string;
  readonly currency: string;
  /** Positive. */
  readonly amountMinor: bigint;
  readonly transferredAt: number;
  /** When Amazon Pay had it again: by its row, or the start of the settlement that carries it in. */
  readonly returnedAt: number;
  /** The row that transferred it; null where only the API tells of it. */
  readonly transfer: LineSource | null;
  /** The row that brought it back; null where only the opening balance says so. */
  readonly back: LineSource | null;
  /** Where the bank has it, and where the bank has that it went back; null where no statement does. */
  readonly deposit: BankLinePlace | null;
  readonly debit: BankLinePlace | null;
}

/** A link of a deposit with a transfer that a person made, and perhaps undid. */
export interface DepositLink {
  readonly settlementId: string;
  readonly reason: string | null;
  readonly note: string | null;
  readonly who: string;
  readonly at: number;
  readonly undone: { readonly who: string; readonly note: string | null; readonly at: number } | null;
}

/** The deposit that a transfer became. */
export interface ExplainedDeposit {
  readonly accountId: string;
  readonly bankLineId: number;
  /** Midnight (UTC) of the day on which it was booked. */
  readonly bookedAt: number;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly bankAccount: string | null;
  readonly text: string | null;
  readonly source: LineSource & { readonly fileName: string | null };
  /** The transfers that it belongs to, oldest first; empty when it belongs to none. */
  readonly transfers: readonly DepositedTransfer[];
  /** Of a deposit that belongs to no transfer: the transfers of those days that no deposit is known of, nearest first. */
  readonly near: readonly NearTransfer[];
  /** Of a deposit that belongs to no transfer: transfers that no deposit is known of and that add up to it exactly. */
  readonly sums: readonly (readonly NearTransfer[])[];
  /** What people have linked it with, oldest first, with those links that were undone. */
  readonly links: readonly DepositLink[];
}

/** A transfer that a deposit belongs to. */
export interface DepositedTransfer {
  readonly settlementId: string;
  readonly currency: string;
  /** What was transferred, positive. */
  readonly transferredMinor: bigint;
  readonly transferredAt: number;
  /** How much of the deposit is of this transfer, in the deposit's currency. */
  readonly amountMinor: bigint;
  /** The rule that matched them. */
  readonly rule: string;
  /** Calendar days from transfer to booking. */
  readonly days: number;
}

/** A transfer that no deposit is known of. */
export interface NearTransfer {
  readonly settlementId: string;
  readonly currency: string;
  readonly transferredMinor: bigint;
  readonly transferredAt: number;
}

/** A way in which a difference can come about: a figure of the settlement that is exactly as large. */
export interface DifferenceCause {
  /** What it is, in one sentence. */
  readonly what: string;
  readonly amountMinor: bigint;
  readonly source: LineSource | null;
}

/** One settlement in one currency, led back to its rows. */
export interface ExplainedSettlement {
  readonly settlement: SettlementSummary;
  readonly figures: readonly Figure[];
  readonly files: readonly FileSource[];
  /** The settlements before and after it, with what the one left and the other took on. */
  readonly before: { readonly settlementId: string; readonly closingMinor: bigint } | null;
  readonly after: { readonly settlementId: string; readonly openingMinor: bigint } | null;
  readonly disbursementReferenceId: string | null;
  readonly deposits: readonly ExplainedDeposit[];
  /** Its transfer, if the bank sent it back, and transfers that came back in it. */
  readonly returned: readonly ReturnedTransfer[];
  readonly fees: FeePoint | null;
  /** What the transfer was thought to be before it came. */
  readonly forecast: ForecastView | null;
  readonly exceptions: readonly ExceptionView[];
  /** What came less what was expected, or, where nobody said, less what was transferred; null when that is nothing. */
  readonly differenceMinor: bigint | null;
  /** What may have made the difference, best evidence first; empty where there is none. */
  readonly causes: readonly DifferenceCause[];
}

/** Something that a row was matched with. */
export interface ExplainedMatch {
  /** `record`, `transaction-report` or `bank`. */
  readonly counterpart: string;
  readonly counterpartId: string;
  /** Rule of the list of rules that matched them. */
  readonly rule: string;
  readonly amountMinor: bigint;
}

/** A settlement row with its file and what it was matched with. */
export interface ExplainedRow extends SettlementRowView {
  readonly contentHash: string;
  readonly archivePath: string;
  readonly matches: readonly ExplainedMatch[];
}

/** The merchant's own record of a charge or refund. */
export interface ExplainedRecord {
  readonly recordId: number;
  readonly kind: string;
  readonly transactionId: string | null;
  readonly orderId: string | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly occurredAt: number;
  readonly status: string | null;
  /** Whether a row of a settlement was matched with it. */
  readonly settled: boolean;
  /** `file`, `library` or `api`, with the import and the line in it. */
  readonly origin: string;
  readonly source: LineSource & { readonly fileName: string | null };
}

/** A row of a transaction report. */
export interface ExplainedReportRow {
  readonly kind: string;
  readonly objectId: string | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly status: string | null;
  readonly updatedAt: number | null;
  readonly fileId: number;
  readonly source: LineSource;
}

/** An order or a single transaction: every row, record and report row that speaks of it. */
export interface ExplainedTransaction {
  readonly accountId: string;
  /** Oldest first. */
  readonly rows: readonly ExplainedRow[];
  readonly records: readonly ExplainedRecord[];
  readonly reported: readonly ExplainedReportRow[];
  readonly exceptions: readonly ExceptionView[];
  /** What the rows add up to, by currency: what the merchant has of it in the end. */
  readonly net: readonly { readonly currency: string; readonly amountMinor: bigint }[];
}

/** Everything that a text can mean, led back to rows, file hashes and lines. */
export interface Explanation {
  readonly query: string;
  readonly settlements: readonly ExplainedSettlement[];
  readonly deposits: readonly ExplainedDeposit[];
  readonly transactions: readonly ExplainedTransaction[];
  readonly exceptions: readonly ExceptionView[];
  /** How the text was read where it is an amount that is not written plainly: `48211.07` for `48.211,07`; else null. */
  readonly readAs: string | null;
  /** Where nothing has that amount: the amounts that are nearest to it. */
  readonly nearest: readonly NearestAmount[];
  /** There is more than is shown: name the account, or a more precise id. */
  readonly more: boolean;
}
