import { formatAmount } from "@amazon-pay-kit/money";
import type { StatementBalance, StatementEvent } from "./events.ts";

function plain(balance: StatementBalance | null): string | null {
  return balance === null ? null : formatAmount(balance.minor, balance.currency);
}

/** A line of an archive's file says which file it is of. */
function of(file: string | null): { readonly file?: string } {
  return file === null ? {} : { file };
}

/**
 * An event as `apay bank parse` prints it: amounts as plain decimals with exactly the currency's digits. Null for what is only
 * counted (rows left out) or said to a person (notes).
 *
 * @example
 * for await (const event of readStatement(bytes)) {
 *   const line = toContractLine(event);
 *   if (line !== null) console.log(JSON.stringify(line)); // {"type":"line","line":7,"bookedAt":"2026-10-05","amount":"-12.34", …
 * }
 */
export function toContractLine(event: StatementEvent): Readonly<Record<string, unknown>> | null {
  switch (event.type) {
    case "statement": {
      const { type, file, format, account, currency, opening, closing } = event;
      return { type, format, account, currency, opening: plain(opening), closing: plain(closing), ...of(file) };
    }
    case "line": {
      const { type, line, file, bookedAt, amount, currency, references, counterparty, text } = event;
      const decimal = formatAmount(amount, currency);
      return { type, line, bookedAt, amount: decimal, currency, references, counterparty, text, ...of(file) };
    }
    case "error": {
      const { type, line, file, code, message } = event;
      return { type, line, code, message, ...of(file) };
    }
    case "summary": {
      const { type, lines, errors, skipped } = event;
      return { type, lines, errors, skipped };
    }
    case "note":
    case "skipped":
      return null;
  }
}
