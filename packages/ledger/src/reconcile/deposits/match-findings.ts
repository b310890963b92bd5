import { DAY, formatInstant } from "@amazon-pay-kit/money";
import { bankLateDeposit } from "../../rules/bank-late-deposit.ts";
import { message } from "../../rules/index.ts";
import { matchCurrency } from "../../rules/match-currency.ts";
import type { Finding } from "../finding.ts";
import { conversionTolerance } from "../settings.ts";
import type { Step } from "../step/step.ts";
import { businessDaysAfter } from "./business-days.ts";
import { oddRates } from "./conversion-rates.ts";
import type { DepositMatch } from "./deposit.ts";
import { differenceOf, transferredText } from "./difference.ts";
import { about } from "./finding-about.ts";
import { totalOf } from "./only-groups.ts";
import type { PlacedTransfer } from "./transfers.ts";

/** When the first of the transfers of a match was due, of those that were not at the bank in their days. */
function overdue(step: Step, match: DepositMatch<PlacedTransfer>): number | null {
  const arrived = Math.max(...match.deposits.map(({ bookedAt }) => bookedAt));
  const due = match.transfers
    .map((transfer) => businessDaysAfter(transfer.at, step.settings.bankDays))
    .filter((day) => arrived >= day + DAY);
  return due.length === 0 ? null : Math.min(...due);
}

/**
 * What is wrong with a match, as one finding: the money that lies between transfers and deposits, or else that they came
 * late; where the bank converts every payout, only a rate that leaves the tolerance.
 */
export function differences(step: Step, matches: readonly DepositMatch<PlacedTransfer>[]): Finding[] {
  const tolerance = conversionTolerance(step.settings, step.accountId);
  const odd = tolerance === null ? null : oddRates(matches, tolerance);
  return matches.flatMap((match) => {
    const [first] = match.transfers;
    if (first === undefined) return [];
    const due = overdue(step, match);
    const late = due === null ? [] : message("deposit.late", { due: formatInstant(due).slice(0, 10) });
    const difference = differenceOf(match);
    if (difference !== null && (odd === null || difference.code !== matchCurrency.code))
      return about(first, { ...difference, messages: [...difference.messages, ...late] });
    const found = odd?.get(match);
    if (difference !== null && found !== undefined && tolerance !== null) {
      const added = message("deposit.rate-left", { away: percent(found.away), tolerance: percent(tolerance) });
      return about(first, { ...difference, messages: [...difference.messages, ...added, ...late] });
    }
    return due === null ? [] : about(first, daysLate(match, first, due));
  });
}

function daysLate(
  { transfers, deposits }: DepositMatch<PlacedTransfer>,
  first: PlacedTransfer,
  due: number,
): Pick<Finding, "code" | "amount" | "messages"> {
  const sent = totalOf(transfers);
  const arrived = Math.max(...deposits.map(({ bookedAt }) => bookedAt));
  return {
    code: bankLateDeposit.code,
    amount: sent,
    messages: message("bank.late-deposit", {
      amount: transferredText(transfers, first.currency),
      at: formatInstant(first.at),
      arrived: formatInstant(arrived).slice(0, 10),
      due: formatInstant(due).slice(0, 10),
    }),
  };
}

/** Hundredths of a percent as percent. */
function percent(hundredths: bigint): string {
  const size = hundredths < 0n ? -hundredths : hundredths;
  const part = String(size % 100n).padStart(2, "0");
  return `${hundredths < 0n ? "-" : ""}${size / 100n}.${part}`;
}
