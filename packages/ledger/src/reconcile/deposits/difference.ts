import { currencyDigits, formatAmount, formatInstant } from "@amazon-pay-kit/money";
import { matchAmount } from "../checks/match-amount.ts";
import { matchCurrency } from "../checks/match-currency.ts";
import type { Finding } from "../finding.ts";
import type { Deposit, DepositMatch, Transfer } from "./deposit.ts";

const sum = (all: readonly { readonly amount: bigint }[]): bigint => all.reduce((total, one) => total + one.amount, 0n);

/** Digits of a rate after its point. */
const RATE_DIGITS = 5;

/** How much of one currency came for one of another: a text, cut off after five digits. */
function rateOf(transferred: bigint, from: string, arrived: bigint, to: string): string {
  const scaled = arrived * 10n ** BigInt(currencyDigits(from) + RATE_DIGITS);
  const digits = String(scaled / (transferred * 10n ** BigInt(currencyDigits(to)))).padStart(RATE_DIGITS + 1, "0");
  return `${digits.slice(0, -RATE_DIGITS)}.${digits.slice(-RATE_DIGITS)}`;
}

function transferredText(transfers: readonly Transfer[], currency: string): string {
  const total = formatAmount(sum(transfers), currency);
  if (transfers.length === 1) return total;
  const each = transfers.map((one) => `${formatAmount(one.amount, currency)} of ${one.settlementId}`);
  return `${total} (${each.join(" + ")})`;
}

function arrivedText(deposits: readonly Deposit[], currency: string): string {
  const days = [...new Set(deposits.map(({ bookedAt }) => formatInstant(bookedAt).slice(0, 10)))];
  return `${formatAmount(sum(deposits), currency)} on ${days.join(", ")}`;
}

/** What lies between transfers and the deposits that they were matched with; `null` where it is nothing. */
export function differenceOf({
  transfers,
  deposits,
  rule,
}: DepositMatch): Pick<Finding, "code" | "amount" | "message"> | null {
  const [transferred, arrived] = [sum(transfers), sum(deposits)];
  const [from = "", to = ""] = [transfers[0]?.currency, deposits[0]?.currency];
  const sent = transferredText(transfers, from);
  if (deposits.some((deposit) => deposit.currency !== from)) {
    const rate = deposits.every((deposit) => deposit.currency === to)
      ? `, 1 ${from} = ${rateOf(transferred, from, arrived, to)} ${to}`
      : "";
    const how = rule === "converted" ? "; matched by day and rate, since no reference says so" : "";
    const message = `transferred ${sent} ${from}, arrived ${arrivedText(deposits, to)} in ${to}${rate}${how}`;
    return { code: matchCurrency.code, amount: transferred, message };
  }
  const difference = arrived - transferred;
  if (difference === 0n) return null;
  const size = formatAmount(difference < 0n ? -difference : difference, from);
  const how = rule === "near-amount" ? "; matched by day and near amount, since no reference says so" : "";
  return {
    code: matchAmount.code,
    amount: difference,
    message: `transferred ${sent}, arrived ${arrivedText(deposits, from)}, ${size} ${difference < 0n ? "less" : "more"}${how}`,
  };
}
