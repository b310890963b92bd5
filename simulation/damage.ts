import {
  requestDiscrepancy,
  discrepancies,
  DISCREPANCY_KINDS,
  type Discrepancy,
  type SandboxMerchant,
} from "@amazon-pay-kit/sandbox";
import { DAY } from "@amazon-pay-kit/money";
import { type Random, pick } from "@amazon-pay-kit/sdk/random";
import type { Environment } from "./environment.ts";

/**
 * What can be made wrong in a report of a world: what shows within days, whatever the amounts. What needs a bank statement, or
 * weeks until it is missed, is judged by the known answers in tests/known-answers; so are wrong fees, which for one amount in
 * some hundreds are by chance those of another published rate.
 */
const DAMAGES = [
  "drop-row",
  "duplicate-row",
  "alter-amount",
  "wrong-amount",
  "wrong-net",
  "fee-sum",
  "outside-window",
  "currency-change",
  "unknown-type",
  "unknown-capture",
  "repeat-row",
  "wrong-opening",
  "gap",
  "overlap",
  "damaged-row",
  "unknown-column",
  "mirrored-fees",
] as const;

/**
 * Lets the next report of a merchant be wrong in one way, unless one was already: two could concern the same capture, and one
 * hide the other.
 */
export function damage(environment: Environment, merchant: SandboxMerchant, random: Random): void {
  const { merchantId } = merchant;
  if ([...discrepancies(environment.sandbox.engine).values()].some((known) => known.merchantId === merchantId)) return;
  requestDiscrepancy(environment.sandbox.engine, { kind: pick(random, DAMAGES), merchantId });
}

/** What was made wrong in a merchant's reports. */
export function injectedIn(environment: Environment, merchant: SandboxMerchant): readonly Discrepancy[] {
  return [...discrepancies(environment.sandbox.engine).values()].filter(
    ({ status, injectedIn: place }) => status === "injected" && place?.merchantId === merchant.merchantId,
  );
}

const FACTS = new Map(DISCREPANCY_KINDS.map((kind) => [kind.kind, kind]));

interface FoundException {
  readonly code: string;
  readonly settlementId: string | null;
  readonly transactionId: string | null;
  readonly message: string;
}

const captureUnsettled = "capture.unsettled";

/**
 * Whether a capture that was left out cannot be missed yet: it was made less than a day before the end of the last
 * settlement, so the next one may still have it, and the merchant has traded nothing since that would close one. That
 * the last settlement does not add up must be said all the same.
 */
function isTooFresh({ sandbox }: Environment, { injectedIn: place }: Discrepancy, lastEnd: number): boolean {
  return [...sandbox.engine.state.movements.under("merchant", place?.merchantId ?? "")].some(
    ({ transactionId, type, postedAt }) =>
      transactionId === place?.transactionId &&
      type === "Capture" &&
      postedAt > Math.floor(lastEnd / 1000) * 1000 - DAY,
  );
}

/** Whether an exception lies where something was made wrong: its transaction, its settlement, or the chain from it to the next. */
function isAbout(exception: FoundException, { injectedIn: place }: Discrepancy, chain: ReadonlySet<string>): boolean {
  if (exception.transactionId !== null && exception.transactionId === place?.transactionId) return true;
  return exception.settlementId === null || chain.has(exception.settlementId);
}

/**
 * Compares the exceptions of the books with what was made wrong: each that it must lead to is there, and there is none that
 * nothing accounts for. Returns what differs; nothing when all is well.
 */
export async function compareExceptions(environment: Environment): Promise<string[]> {
  const problems: string[] = [];
  for (const [index, merchant] of environment.merchants.entries()) {
    const found: FoundException[] = (
      await environment.context.store.db
        .selectFrom("exception")
        .select(["code", "settlement_id", "transaction_id", "message"])
        .where("account_id", "=", `m${index}`)
        .where("status", "in", ["open", "reopened"])
        .execute()
    ).map((row) => ({
      code: row.code,
      settlementId: row.settlement_id,
      transactionId: row.transaction_id,
      message: row.message,
    }));
    const settlements = [...environment.sandbox.engine.state.settlements.under("merchant", merchant.merchantId)]
      .sort((left, right) => left.startAt - right.startAt)
      .map(({ settlementId }) => settlementId);
    const lastEnd = Math.max(
      ...[...environment.sandbox.engine.state.settlements.under("merchant", merchant.merchantId)].map(
        ({ endAt }) => endAt,
      ),
    );
    const injected = injectedIn(environment, merchant).map((discrepancy) => {
      const at = settlements.indexOf(discrepancy.injectedIn?.settlementId ?? "");
      return { discrepancy, chain: new Set(settlements.slice(at, at + 2)), facts: FACTS.get(discrepancy.kind) };
    });
    for (const { discrepancy, chain, facts } of injected) {
      for (const code of facts?.leadsTo ?? []) {
        if (code === captureUnsettled && isTooFresh(environment, discrepancy, lastEnd)) continue;
        if (found.some((exception) => exception.code === code && isAbout(exception, discrepancy, chain))) continue;
        problems.push(`m${index}: ${discrepancy.kind} (${discrepancy.what}) did not lead to ${code}`);
      }
    }
    for (const exception of found) {
      const exempt = injected.some(
        ({ discrepancy, chain, facts }) =>
          [...(facts?.leadsTo ?? []), ...(facts?.mayFollow ?? [])].includes(exception.code) &&
          isAbout(exception, discrepancy, chain),
      );
      if (!exempt) problems.push(`m${index}: ${exception.code} without a cause: ${exception.message}`);
    }
  }
  return problems;
}
