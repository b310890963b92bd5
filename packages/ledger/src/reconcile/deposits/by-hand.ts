import { formatInstant } from "@amazon-pay-kit/money";
import { groupBy } from "@amazon-pay-kit/backports";
import type { Step } from "../step/step.ts";
import type { Deposit, DepositMatch, Transfer } from "./deposit.ts";

/** A deposit in words that are the same in every store, and when its statement is imported again. */
export function depositSubject(
  deposit: Pick<Deposit, "bookedAt" | "amount" | "currency" | "reference" | "text">,
): string {
  const day = formatInstant(deposit.bookedAt).slice(0, 10);
  return `deposit:${day}:${deposit.amount}${deposit.currency}:${deposit.reference ?? ""}:${deposit.text ?? ""}`;
}

/** What people have linked, as far as both sides are in the books. */
export async function handMatches<T extends Transfer>(
  step: Pick<Step, "db" | "accountId">,
  transfers: readonly T[],
  deposits: readonly Deposit[],
): Promise<readonly DepositMatch<T>[]> {
  const rows = await step.db
    .selectFrom("hand_match")
    .select(["deposit", "settlement_id", "currency"])
    .where("account_id", "=", step.accountId)
    .where("undone_at", "is", null)
    .orderBy("hand_match_id")
    .execute();
  if (rows.length === 0) return [];
  const bySubject = groupBy(deposits, depositSubject);
  const byName = new Map(transfers.map((transfer) => [nameOf(transfer.settlementId, transfer.currency), transfer]));
  const matches: DepositMatch<T>[] = [];
  /** Transfers that arrived in parts: each with all deposits that are linked with it alone. */
  const inParts = new Map<string, Deposit[]>();
  for (const [subject, some] of groupBy(rows, (row) => row.deposit)) {
    const names = [...new Set(some.map((row) => nameOf(row.settlement_id, row.currency)))];
    const known = bySubject.get(subject) ?? [];
    const [only = ""] = names;
    // Two deposits of one day may be alike in every word: as many are meant as there are links.
    if (names.length === 1) inParts.set(only, [...(inParts.get(only) ?? []), ...known.slice(0, some.length)]);
    else {
      const own = names.flatMap((name) => byName.get(name) ?? []);
      if (known[0] !== undefined && own.length > 0)
        matches.push({ transfers: own, deposits: [known[0]], rule: "manual" });
    }
  }
  for (const [name, own] of inParts) {
    const transfer = byName.get(name);
    if (transfer !== undefined && own.length > 0)
      matches.push({ transfers: [transfer], deposits: own, rule: "manual" });
  }
  return matches;
}

function nameOf(settlementId: string, currency: string): string {
  return `${settlementId} ${currency}`;
}
