import {
  readStatement,
  type StatementBalance,
  type StatementEvent,
  type StatementFormat,
  type StatementOptions,
  type StatementProblem,
  type StatementProblemCode,
  UnusableStatementError,
} from "@amazon-pay-kit/statements";
import { formatAmount } from "@amazon-pay-kit/money";
import { BankError, type BankProblem, type BankProblemCode } from "./errors.ts";
import { type KeptLine, plainAccount } from "./statement-line.ts";

/** What is kept of each problem that a reader finds. */
const CODES: Readonly<Record<StatementProblemCode, BankProblemCode>> = {
  "line.amount": "bank.amount",
  "line.currency": "bank.currency",
  "line.date": "bank.date",
  "line.direction": "bank.direction",
  "line.status": "bank.status",
  "line.damaged": "bank.unreadable",
  "statement.balance": "bank.balance",
  "statement.control-total": "bank.balance",
};

const MOST_PROBLEMS = 1000;

/** A problem, and the account of the statement that it is in. */
interface Found extends BankProblem {
  readonly bankAccount: string | null;
}

/** A difference of balances that was accepted. */
export interface AcceptedDifference {
  /** Physical line of the statement, from 1. */
  readonly line: number;
  readonly message: string;
  /** By how much the closing balance is above what the entries come to, `-2.80 EUR`; null where it is no amount. */
  readonly difference: string | null;
}

/** What a file holds, account by account. */
export interface FileLines {
  readonly lines: readonly KeptLine[];
  readonly problems: readonly Found[];
  readonly accepted: readonly (AcceptedDifference & { readonly bankAccount: string | null })[];
  /** Entries that the file itself says are not booked, balances, totals: how many of each. */
  readonly skippedBecause: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  /** What the file is: `camt.053`, `csv`; null for one without a statement. */
  readonly format: StatementFormat | null;
}

function plainAmount({ minor, currency }: StatementBalance): string {
  return `${formatAmount(minor, currency)} ${currency}`;
}

function isBalance(problem: StatementProblem): boolean {
  return CODES[problem.code] === "bank.balance";
}

/** An error of the reader as one of the books. */
function unusable(error: unknown): unknown {
  if (!(error instanceof UnusableStatementError)) return error;
  const code = error.code === "option.invalid" ? "bank.mapping" : "bank.unusable-file";
  const { option, options, columns: choices } = error;
  return new BankError(code, error.message, { option, options, choices, cause: error });
}

/**
 * Reads a file as `apay bank parse` shows it.
 *
 * @param acceptBalances whether differences of balances are taken for known
 * @throws BankError `bank.unusable-file`, `bank.mapping`
 */
export async function linesOfFile(
  source: AsyncIterable<Uint8Array>,
  options: StatementOptions,
  acceptBalances: boolean,
): Promise<FileLines> {
  const lines: KeptLine[] = [];
  const problems: Found[] = [];
  const accepted: (AcceptedDifference & { readonly bankAccount: string | null })[] = [];
  const notes: string[] = [];
  let skippedBecause: Readonly<Record<string, number>> = {};
  let bankAccount: string | null = null;
  let format: StatementFormat | null = null;

  const take = (event: StatementEvent): void => {
    if (event.type === "statement") {
      bankAccount = event.account === null ? null : plainAccount(event.account);
      ({ format } = event);
    } else if (event.type === "summary") ({ skippedBecause } = event);
    else if (event.type === "note") notes.push(event.message);
    else if (event.type === "error") {
      const { line, message, difference } = event;
      if (isBalance(event) && acceptBalances) {
        const amount = difference === undefined ? null : plainAmount(difference);
        accepted.push({ line, message, difference: amount, bankAccount });
      } else problems.push({ code: CODES[event.code], line, message, bankAccount });
    } else if (event.type === "line") {
      const { line, bookedAt, amount, currency, references, counterparty, text } = event;
      lines.push({
        line,
        bankAccount,
        bookedAt: Date.parse(`${bookedAt}T00:00:00Z`),
        amount,
        currency,
        reference: references.length === 0 ? null : references.join(" "),
        counterparty,
        text,
      });
    }
  };
  try {
    for await (const event of readStatement(source, options)) {
      take(event);
      if (problems.length >= MOST_PROBLEMS) break;
    }
  } catch (error) {
    throw unusable(error);
  }
  return { lines, problems, accepted, skippedBecause, notes, format };
}
