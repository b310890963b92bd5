import { formatAmount } from "@amazon-pay-kit/money";
import { UnusableStatementError } from "../errors.ts";
import type { StatementBalance, StatementEvent } from "../events.ts";
import type { StatementOptions } from "../options.ts";
import type { StatementSource } from "../source/unpack.ts";
import { collect } from "./collect.ts";

const plain = (balance: StatementBalance | null): string =>
  balance === null ? "-" : formatAmount(balance.minor, balance.currency);

function lineOf(event: StatementEvent): string {
  switch (event.type) {
    case "statement":
      return `${event.format} ${event.account ?? "-"} ${event.currency ?? "-"} ${plain(event.opening)} ${plain(event.closing)}`;
    case "line": {
      const { bookedAt, amount, currency, references, counterparty, text } = event;
      const named = counterparty === null ? "" : ` <${counterparty}>`;
      return `${event.line}: ${bookedAt} ${formatAmount(amount, currency)} ${currency} [${references.join(" | ")}]${named} ${text ?? "-"}`;
    }
    case "error":
      return `${event.line}: ${event.code} ${event.message}`;
    case "skipped":
      return `${event.line}: skipped ${event.reason}`;
    case "note":
      return `${event.line}: note ${event.code}`;
    case "summary":
      return `${event.lines} lines, ${event.errors} errors, ${event.skipped} skipped`;
  }
}

/** A reading as few lines that a person can check: statements, entries, errors, summary; or why the file is refused. */
export async function digest(source: StatementSource, options: StatementOptions = {}): Promise<readonly string[]> {
  try {
    return (await collect(source, options)).map(lineOf);
  } catch (error) {
    if (!(error instanceof UnusableStatementError)) throw error;
    return [`${error.code} ${error.option ?? ""}`.trim(), error.message];
  }
}
