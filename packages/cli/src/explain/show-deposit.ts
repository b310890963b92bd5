import { formatAmount, type DepositedTransfer, type ExplainedDeposit, type NearTransfer } from "@amazon-pay-kit/ledger";
import type { Context } from "../program/context.ts";
import { bankDay, day, daysOnTheWay } from "./format.ts";

/** Rules in words, as a sentence ends with them. */
const RULES: Readonly<Record<string, string>> = {
  __proto__: null as never,
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

function nearLine(context: Context, deposit: ExplainedDeposit, one: NearTransfer): string {
  const transferred = `${formatAmount(one.transferredMinor, one.currency)} ${one.currency}`;
  return (
    `  ${transferred} of settlement ${one.settlementId} on ${day(context, one.transferredAt)}: ` +
    `the deposit is ${apart(deposit.amountMinor - one.transferredMinor, one.currency)}`
  );
}

/** Prints a deposit, the transfers that it belongs to and what lies between; or those that it could be. */
export function showDeposit(context: Context, deposit: ExplainedDeposit): void {
  const { transfers, near, source, currency } = deposit;
  context.line(
    `${context.paint("bold", `Deposit of ${formatAmount(deposit.amountMinor, currency)} ${currency}`)} ` +
      `on ${bankDay(deposit.bookedAt)} (number ${deposit.bankLineId})${deposit.text === null ? "" : `, ${deposit.text}`}`,
  );
  context.line(`from ${source.fileName ?? "the library"}, line ${source.line}, sha256 ${source.contentHash}`);
  for (const one of transfers) context.line(transferLine(context, deposit, one));
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
