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
  const bySubject = new Map(deposits.map((deposit) => [depositSubject(deposit), deposit]));
  const byName = new Map(transfers.map((transfer) => [`${transfer.settlementId} ${transfer.currency}`, transfer]));
  return [...groupBy(rows, (row) => row.deposit)].flatMap(([subject, some]): DepositMatch<T>[] => {
    const deposit = bySubject.get(subject);
    const own = some.flatMap((row) => byName.get(`${row.settlement_id} ${row.currency}`) ?? []);
    return deposit === undefined || own.length === 0 ? [] : [{ transfers: own, deposits: [deposit], rule: "manual" }];
  });
}
