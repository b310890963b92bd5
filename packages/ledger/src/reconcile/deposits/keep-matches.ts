import { chunks } from "../../store/chunks.ts";
import { bankLateDeposit } from "../../rules/bank-late-deposit.ts";
import type { Finding } from "../finding.ts";
import type { Step } from "../step/step.ts";
import { subject } from "../subject.ts";
import type { BankVerdict } from "../verdicts.ts";
import type { DepositMatch } from "./deposit.ts";
import type { DepositMatches } from "./match-deposits.ts";
import { depositShares } from "./shares.ts";
import type { PlacedTransfer } from "./transfers.ts";

/** Keeps which transfer came with which deposit, in place of what was kept before. */
export async function keepMatches(
  step: Step,
  matches: readonly DepositMatch<PlacedTransfer>[],
  returns: readonly DepositMatch<PlacedTransfer>[],
): Promise<void> {
  await step.db
    .deleteFrom("row_match")
    .where("account_id", "=", step.accountId)
    .where("counterpart", "=", "bank")
    .execute();
  const shares = [
    ...matches.flatMap((match) => depositShares(match).map((share) => ({ ...share, rule: match.rule }))),
    ...returns.flatMap((match) =>
      depositShares(match).map((share) => ({ ...share, amount: -share.amount, rule: match.rule })),
    ),
  ];
  const pairs = shares.flatMap(({ transfer, deposit, amount, rule }) =>
    transfer.fileId === null
      ? []
      : [
          {
            account_id: step.accountId,
            file_id: transfer.fileId,
            line: transfer.line ?? 0,
            counterpart: "bank",
            counterpart_id: String(deposit.bankLineId),
            rule,
            match_group: transfer.settlementId,
            amount_minor: amount,
          },
        ],
  );
  for (const some of chunks(pairs))
    await step.db
      .insertInto("row_match")
      .values([...some])
      .execute();
}

/** Keeps with each settlement whether its transfer was compared with a statement. A transfer that came late has come. */
export async function keepVerdicts(
  step: Step,
  found: DepositMatches<PlacedTransfer>,
  returns: readonly DepositMatch<PlacedTransfer>[],
  findings: readonly Finding[],
): Promise<void> {
  const ignored = step.settings.bank === "ignored";
  const of = (transfer: PlacedTransfer): string => subject.settlement(transfer.settlementId, transfer.currency);
  const wrong = new Set(findings.filter(({ code }) => code !== bankLateDeposit.code).map((one) => one.subject));
  const bank = new Map<string, BankVerdict>(
    returns.flatMap(({ transfers }) => transfers.map((transfer) => [of(transfer), "matched"])),
  );
  for (const match of found.matches) {
    // A difference is said once for all transfers of a deposit.
    const verdict = match.transfers.some((transfer) => wrong.has(of(transfer))) ? "differs" : "matched";
    for (const transfer of match.transfers) bank.set(of(transfer), verdict);
  }
  for (const transfer of found.transfers) if (wrong.has(of(transfer))) bank.set(of(transfer), "differs");
  const rows = await step.db
    .selectFrom("settlement")
    .select(["settlement_id", "currency", "bank"])
    .where("account_id", "=", step.accountId)
    .execute();
  for (const row of rows) {
    const verdict = ignored
      ? "ignored"
      : (bank.get(subject.settlement(row.settlement_id, row.currency)) ?? "unchecked");
    if (verdict === row.bank) continue;
    await step.db
      .updateTable("settlement")
      .set({ bank: verdict })
      .where("account_id", "=", step.accountId)
      .where("settlement_id", "=", row.settlement_id)
      .where("currency", "=", row.currency)
      .execute();
  }
}
