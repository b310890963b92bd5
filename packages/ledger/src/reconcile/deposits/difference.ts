import { currencyDigits, formatAmount, formatInstant } from "@amazon-pay-kit/money";
import { matchAmount } from "../../rules/match-amount.ts";
import { matchCurrency } from "../../rules/match-currency.ts";
import type { Finding } from "../finding.ts";
import type { Deposit, DepositMatch, Transfer } from "./deposit.ts";
import { message } from "../../rules/index.ts";

const sum = (all: readonly { readonly amount: bigint }[]): bigint => all.reduce((total, one) => total + one.amount, 0n);

/** Digits of a rate after its point. */
const RATE_DIGITS = 5;

/** How much of one currency came for one of another: a text, cut off after five digits. */
function rateOf(transferred: bigint, from: string, arrived: bigint, to: string): string {
  const scaled = arrived * 10n ** BigInt(currencyDigits(from) + RATE_DIGITS);
  const digits = String(scaled / (transferred * 10n ** BigInt(currencyDigits(to)))).padStart(RATE_DIGITS + 1, "0");
  return `${digits.slice(0, -RATE_DIGITS)}.${digits.slice(-RATE_DIGITS)}`;
}

/** A transfer as a text, or the sum of several with each of them. */
export function transferredText(transfers: readonly Transfer[], currency: string): string {
  const total = formatAmount(sum(transfers), currency);
  if (transfers.length === 1) return total;
  const each = transfers.map((one) => `${one.settlementId}: ${formatAmount(one.amount, currency)}`);
  return `${total} (${each.join(" + ")})`;
}

function daysOf(deposits: readonly Deposit[]): string {
  return [...new Set(deposits.map(({ bookedAt }) => formatInstant(bookedAt).slice(0, 10)))].join(", ");
}

/** What lies between transfers and the deposits that they were matched with; `null` where it is nothing. */
export function differenceOf({
  transfers,
  deposits,
  rule,
}: DepositMatch): Pick<Finding, "code" | "amount" | "messages"> | null {
  const [transferred, arrived] = [sum(transfers), sum(deposits)];
  const [from = "", to = ""] = [transfers[0]?.currency, deposits[0]?.currency];
  const sent = transferredText(transfers, from);
  const days = daysOf(deposits);
  if (deposits.some((deposit) => deposit.currency !== from)) {
    const values = { sent: `${sent} ${from}`, arrived: formatAmount(arrived, to), days, currency: to };
    const rated = deposits.every((deposit) => deposit.currency === to);
    const messages = [
      ...message("deposit.in-currency", values),
      ...(rated ? message("deposit.rate", { from, rate: rateOf(transferred, from, arrived, to), to }) : []),
      ...(rule === "converted" ? message("deposit.converted") : []),
    ];
    return { code: matchCurrency.code, amount: transferred, messages };
  }
  const difference = arrived - transferred;
  if (difference === 0n) return null;
  const size = formatAmount(difference < 0n ? -difference : difference, from);
  const messages = [
    ...message("deposit.arrived", { sent, arrived: formatAmount(arrived, from), days }),
    ...message(difference < 0n ? "deposit.less" : "deposit.more", { size }),
    ...(rule === "near-amount" ? message("deposit.near") : []),
  ];
  return { code: matchAmount.code, amount: difference, messages };
}
