import { formatAmount } from "@amazon-pay-kit/money";
import { settlementReissued } from "../../rules/settlement-reissued.ts";
import { versionsOf } from "../../store/rows/versions.ts";
import type { Step } from "../step/step.ts";
import { comparedWith } from "../versions/check-reissued.ts";
import { compareVersions } from "../versions/compare-versions.ts";
import { message } from "../../rules/index.ts";
import { type Cause, type Symptom, valueOf } from "./cause.ts";

const OF_SETTLEMENT = ["settlement.roll-forward", "settlement.opening", "settlement.zero-sum", "reserve.roll-forward"];

/** One re-issued settlement: what is wrong on rows that changed, with figures that changed, and with what follows. */
export async function reissuedSettlements(step: Step, symptoms: readonly Symptom[]): Promise<readonly Cause[]> {
  const causes: Cause[] = [];
  for (const head of symptoms) {
    if (head.code !== settlementReissued.code || head.settlementId === null) continue;
    const { settlementId } = head;
    const versions = await versionsOf(step.db, step.accountId, settlementId);
    const counts = versions.find((version) => version.counts);
    if (counts === undefined) continue;
    const { figures, rows } = await compareVersions(step.db, step.accountId, comparedWith(versions, counts), counts);
    const lines = new Set(rows.map(({ after }) => after?.line ?? -1));
    const transactions = new Set(rows.map(({ before }) => before?.transaction_id ?? ""));
    const paid = figures.filter(({ figure }) => figure === "transfer");
    const transfers = new Set(
      paid.map(({ before, currency }) => `${formatAmount(before < 0n ? -before : before, currency)} ${currency}`),
    );
    const others = symptoms.filter((one) => {
      if (one === head) return false;
      if (one.fileId === counts.fileId && one.line !== null && lines.has(one.line)) return true;
      if (one.transactionId !== null && transactions.has(one.transactionId)) return true;
      if (one.code === "bank.unknown-deposit" && one.amountMinor !== null && one.currency !== null)
        return transfers.has(`${formatAmount(one.amountMinor, one.currency)} ${one.currency}`);
      if (!OF_SETTLEMENT.includes(one.code) || figures.length === 0) return false;
      return one.settlementId === settlementId || valueOf(one, "before") === settlementId;
    });
    causes.push({ head, others, explain: (codes, total) => message("cause.reissued", { codes, total }) });
  }
  return causes;
}
